// Two closures that see the same variable, twice.
function cell(start) {
  let value = start
  return { get: () => value, add: (x) => (value += x), reset: () => (value = start) }
}
const a = cell(1)
const b = cell(-1)
export default () => {
  a.add(0.5)
  b.add(a.get())
  if (b.get() > 1000) b.reset()
  return [a.get(), b.get()]
}
