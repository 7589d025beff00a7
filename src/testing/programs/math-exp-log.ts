// exp and log in all their forms.
const xs = [0, -0, 1e-310, 1e-17, 1e-9, 0.1, -0.1, 0.5, -0.5, 0.999999999, 1, -1, 1.0000001, 2, 2.718281828459045, 8, 10, 1000, 1024, 709.78, 709.79, -708, -740, -746, 1e15, 1e300, NaN, Infinity, -Infinity]
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
  if (turn === 0) return [seen(Math.exp(x)), seen(Math.expm1(x))]
  if (turn === 1) return [seen(Math.log(x)), seen(Math.log1p(x))]
  return [seen(Math.log2(x)), seen(Math.log10(x))]
}
