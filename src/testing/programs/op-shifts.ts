// Shift counts are taken modulo 32, also negative ones and fractions; >>> gives an unsigned number.
const xs = [0, -0, 1, -1, 0.9, -0.9, 5, 123456789, -123456789, 2147483647, 2147483648, 4294967295, 1e12, -1e12, NaN, Infinity]
const counts = [0, 1, 5, 31, 32, 33, -1, 0.9, -0.9, 1e10, NaN, 4294967297]
export default () => {
  const a = xs[currentFrame % xs.length]
  const n = counts[Math.floor(currentFrame / xs.length) % counts.length]
  return [(a << n) + (a >> n), a >>> n]
}
