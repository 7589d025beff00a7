// ** on the cases where it differs from the C library, and its grouping to the right.
const bases = [0, -0, 1, -1, 2, -8, 0.5, NaN, Infinity, -Infinity, 10]
const powers = [0, -0, 1, -1, 2, 3, 0.5, -0.5, 1 / 3, NaN, Infinity, -Infinity, -3]
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
  return [seen(a ** b), seen(2 ** 3 ** (currentFrame % 3) + (-a) ** 2)]
}
