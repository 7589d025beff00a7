// pow, cbrt and hypot; pow of whole numbers and of fractions, near the limits.
const bases = [0, -0, 1, -1, 2, -2, 0.5, 10, -10, 1.0594630943592953, 1e-300, 1e300, NaN, Infinity, -Infinity, 3.7]
const powers = [0, -0, 1, -1, 2, 3, -3, 0.5, 1.5, 1 / 3, 12, 1000, -1074, 1e10, 1e300, NaN, Infinity, -Infinity]
// Makes a number that can be played of any other.
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
export default () => {
  const a = bases[currentFrame % bases.length]
  const b = powers[Math.floor(currentFrame / bases.length) % powers.length]
  const turn = Math.floor(currentFrame / 288) % 2
  return turn ? [seen(Math.pow(a, b)), seen(Math.cbrt(a * 3))] : [seen(Math.hypot(a, b)), seen(Math.hypot(a, 1, b))]
}
