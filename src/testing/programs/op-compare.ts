// All comparisons, as the eight bits of one number. NaN is less than nothing, 0 is -0.
const xs = [0, -0, 1, -1, 0.5, -0.5, 1.5, -2.5, 7, -7, 31, 32, 2147483648, -(2147483648), 4294967299, 9007199254740992, 1e300, -1e-310, NaN, Infinity, -Infinity]
const bit = (yes, n) => (yes ? 1 << n : 0)
export default () => {
  const a = xs[currentFrame % xs.length]
  const b = xs[Math.floor(currentFrame / xs.length) % xs.length]
  const ordered = bit(a < b, 0) | bit(a <= b, 1) | bit(a > b, 2) | bit(a >= b, 3)
  const equal = bit(a === b, 0) | bit(a !== b, 1) | bit(a == b, 2) | bit(a != b, 3)
  return [ordered, equal]
}
