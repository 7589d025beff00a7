// sinh, cosh, tanh and their inverses.
const xs = [0, -0, 1e-310, 1e-9, 1e-5, 0.1, -0.1, 0.5, -0.9, 0.999999, 1, -1, 1.0000001, 2, -3, 20, -22, 40, 300, 709.5, -710.4, 711, 1e10, 1e300, NaN, Infinity, -Infinity]
// Makes a number that can be played of any other.
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
export default () => {
  const x = xs[currentFrame % xs.length]
  const turn = Math.floor(currentFrame / xs.length) % 3
  if (turn === 0) return [seen(Math.sinh(x)), seen(Math.cosh(x))]
  if (turn === 1) return [seen(Math.tanh(x)), seen(Math.asinh(x))]
  return [seen(Math.acosh(x)), seen(Math.atanh(x))]
}
