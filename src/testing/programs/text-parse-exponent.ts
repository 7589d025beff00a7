// What is written with an exponent begins with a digit that is not always the exact value's.
const sizes = [5e-324, 3e-7, 2.9999999999999997e-7, 1e-323, 7e22, 6.999999999999999e22, 1e21, 1.7976931348623157e308]
export default () => {
  const size = sizes[currentFrame % 8]
  return [parseInt(size) / 10, parseInt(-size, 9) / 10 || 0.95]
}
