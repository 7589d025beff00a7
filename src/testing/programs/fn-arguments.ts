// Closures as arguments, with and without captures.
const twice = (f, x) => f(f(x))
const fold = (list, f, start) => {
  let acc = start
  for (let i = 0; i < list.length; i++) acc = f(acc, list[i], i)
  return acc
}
const list = [3, 1, 4, 1, 5, 9, 2, 6]
let calls = 0
export default () => {
  const k = currentFrame % 7
  const x = twice((v) => v * 2 + k, 1)
  const sum = fold(list, (a, b) => a + b, 0)
  const odd = fold(
    list,
    (a, b, i) => {
      calls++
      return i % 2 ? a + b * k : a
    },
    0,
  )
  return [x + sum, odd + (calls % 100)]
}
