// ** on the cases where it differs from the C library, and its grouping to the right.
const bases = [0, -0, 1, -1, 2, -8, 0.5, NaN, Infinity, -Infinity, 10]
const powers = [0, -0, 1, -1, 2, 3, 0.5, -0.5, 1 / 3, NaN, Infinity, -Infinity, -3]
// Makes a number of what the output may not be.
const seen = (x) => (x !== x ? 0.123 : x === Infinity ? 1e300 : x === -Infinity ? -1e300 : x)
export default () => {
  const a = bases[currentFrame % bases.length]
  const b = powers[Math.floor(currentFrame / bases.length) % powers.length]
  return [seen(a ** b), seen(2 ** 3 ** (currentFrame % 3) + (-a) ** 2)]
}
