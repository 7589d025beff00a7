// min and max, of none to four arguments, with -0 and NaN.
const xs = [0, -0, 1, -1, 0.5, -0.5, 1.5, -2.5, 7, -7, 31, 32, 2147483648, -(2147483648), 4294967299, 9007199254740992, 1e300, -1e-310, NaN, Infinity, -Infinity]
// Makes a number that can be played of any other.
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
export default () => {
  const a = xs[currentFrame % xs.length]
  const b = xs[Math.floor(currentFrame / xs.length) % xs.length]
  const turn = Math.floor(currentFrame / 441) % 4
  if (turn === 0) return [seen(1 / Math.min(a, b)), seen(1 / Math.max(a, b))]
  if (turn === 1) return [seen(Math.min(a, b, 3)), seen(Math.max(a, 0.25, b, -1))]
  if (turn === 2) return [seen(Math.min(a)), seen(Math.max(b))]
  return [seen(Math.min()), seen(Math.max())]
}
