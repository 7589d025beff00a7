// Reading what is not there gives undefined: NaN in a sum, false in a condition.
const plain = [1, 2, 3]
const typed = new Float64Array(3)
const bytes = new Uint8Array(2)
const at = [0, 3, -1, 1.5, NaN, 1e10, -0, 4294967296, 2147483648, Infinity, 2.9999999999999996, 2]
// Makes a number that can be played of any other.
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
export default () => {
  const i = at[currentFrame % at.length]
  const truth = (plain[i] ? 1 : 2) + (typed[i] ? 10 : 20) + (bytes[i] || 300) + (plain[i] | 0) * 1000
  return [seen(plain[i] + typed[i]), seen(truth + (plain[i] > 0 ? 5000 : 7000))]
}
