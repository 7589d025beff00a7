// Functions that cut numbers, on the numbers where it is easy to be wrong.
const xs = [0, -0, 0.5, -0.5, 0.49999999999999994, -0.49999999999999994, 1.5, -1.5, 2.5, -2.5, 4503599627370495.5, 4503599627370497, -4503599627370495.5, 9007199254740991, 1e300, 5e-324, -5e-324, NaN, Infinity, -Infinity, 0.9999999999999999, -0.9]
// Makes a number that can be played of any other.
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
export default () => {
  const x = xs[currentFrame % xs.length]
  const turn = Math.floor(currentFrame / xs.length) % 4
  if (turn === 0) return [seen(Math.floor(x)), seen(Math.ceil(x))]
  if (turn === 1) return [seen(Math.round(x)), seen(1 / Math.round(x))]
  if (turn === 2) return [seen(Math.trunc(x)), seen(1 / Math.trunc(x))]
  return [seen(Math.sign(x)), seen(Math.abs(x) + 1 / Math.sign(x))]
}
