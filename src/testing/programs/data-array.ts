// Literals, elements, length, changes.
const a = [1, -2, 3.5, 1e9]
const one = [7]
export default () => {
  const i = currentFrame % a.length
  a[i] = a[i] * 0.5 + i
  a[a.length - 1] = a[0]
  one[0] += a[i]
  one[0] %= 100
  return [a[i] + one[0], [10, 20, 30][currentFrame % 3] + one.length]
}
