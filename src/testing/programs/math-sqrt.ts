// sqrt is exact, whatever it is given.
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
  return [seen(Math.sqrt(a)), seen(1 / Math.sqrt(a * b + 0.1))]
}
