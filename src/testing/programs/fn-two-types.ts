// One function, called with a number, a boolean, a record, an array and a function.
const same = (x) => x
const pick = (yes, a, b) => (yes ? a : b)
const first = (list) => list[0]
const rec = { v: 3 }
const other = { v: 4 }
const nums = [1, 2]
const flags = [true, false]
const inc = (x) => x + 1
export default () => {
  const odd = currentFrame % 2 === 1
  const n = same(currentFrame % 10) + (same(odd) ? 100 : 0)
  const r = pick(odd, rec, other)
  r.v = same(r).v + 1
  const f = pick(!odd, inc, same)
  return [n + pick(odd, 0.25, 0.5) + r.v, f(first(nums)) + (first(flags) ? 10 : 20) + same(nums)[1]]
}
