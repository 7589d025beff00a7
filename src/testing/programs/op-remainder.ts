// % keeps the sign of the left side, works on fractions, and gives NaN for infinity and zero.
const xs = [0, -0, 1, -1, 5.5, -5.5, 0.1, -0.3, 3, -3, 1e300, 4294967296, -2147483648, 5e-324, NaN, Infinity, -Infinity, 1e17]
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
  const r = a % b
  return [seen(r), seen(1 / r)]
}
