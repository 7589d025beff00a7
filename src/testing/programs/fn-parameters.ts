// Parameters are variables: they can be changed and captured.
const clampedSum = (a, b) => {
  a = a > 10 ? 10 : a
  b += a
  a = b * 2
  return a
}
const stepper = (from) => ({
  next: (by) => {
    from += by
    by = from
    return by
  },
  peek: () => from,
})
const s = stepper(100)
export default () => {
  const a = clampedSum(currentFrame % 20, 1)
  if (s.peek() > 500) s.next(-450)
  return [a, s.next(currentFrame % 3) + s.peek()]
}
