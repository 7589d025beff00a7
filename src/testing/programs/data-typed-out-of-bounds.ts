// Writing past the end of a typed array does nothing; the index may be anything.
const a = new Int16Array(3)
const guard = new Int16Array(3)
const at = [0, 1, 2, 3, -1, 100, 1.5, NaN, 1e12, -2147483648]
export default () => {
  const i = at[currentFrame % at.length]
  const v = (a[i] = currentFrame)
  return [a[0] * 10000 + a[1] * 100 + a[2], v + guard[0] + guard[1] + guard[2]]
}
