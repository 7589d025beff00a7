// A call of an expression: by condition, from a record, from an array, at once.
const add = (a, b) => a + b
const sub = (a, b) => a - b
const ops = [add, sub, (a, b) => a * b, Math.max]
const table = { inner: { op: sub }, list: [sub, add] }
export default () => {
  const n = currentFrame % 8
  const a = (n > 3 ? add : sub)(n, 2)
  const b = ops[n & 3](n, 3)
  const c = table.inner.op(n, 1) + table.list[n & 1](n, 5)
  const d = ((x) => x * n)(4) + (() => n)()
  return [a * 100 + b, c * 100 + d]
}
