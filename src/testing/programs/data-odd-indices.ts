// Only whole numbers and their texts name elements: `true` and `null` name what no array has.
const a = [1, 2, 3]
const f = new Float32Array([5, 6, 7])
const digits = '01 2x'
const odd = [true, null, undefined, 1, 0.5, -0]
export default (t) => {
  const n = currentFrame % 6
  const one = a[odd[n]] ?? 10
  const two = [4, t][t > 0.01] ?? 20
  const three = (a[digits[n]] ?? 30) + (f[digits[n]] ?? 40)
  const four = 'abc'[odd[n]] === 'b' ? 50 : 60
  return [one + (two ?? 0) * 0.01 + (f[n > 3] ?? 0.5), three + four * 0.01 + ('abc'[true] === undefined ? 1000 : 0)]
}
