// Branches for arguments that are there do not run where they are not, and need not make sense there.
const value = (n) => (n ? n.v : 0)
const cons = (v, next) => ({ v, next })
const sum = (n) => (n === null ? 0 : n.v + sum(n.next))
const walk = (n) => {
  let total = 0
  while (n) {
    total += n.v
    n = n.next
  }
  return total
}
const visit = (o, f) => {
  if (o) {
    o.n = 3
    o.n += 2
    o.m.k++
    o.list[1] = 9
  }
  if (f) f(0)
  const inner = () => (o ? o.m.k : 2)
  const present = (o ? o.list[0] + o.go(2) : 1) + (f ? f(2) : 5) + inner()
  return present + (o?.n ?? 7) + (f?.(1) ?? 8) + (o?.go(1) ?? 9) + (o?.list[0] ?? 3)
}
const song = cons(1, cons(2, cons(3, null)))

export default () => {
  const t = currentFrame
  const left = value(null) + value({ v: t }) + sum(song) * t + sum(null)
  const given = { n: 1, list: [t, 2], go: (x) => x + t, m: { k: 1 } }
  return [left, walk(null) + walk({ v: t, next: null }) + visit() * t + visit(given, (x) => x * t) + given.list[1]]
}
