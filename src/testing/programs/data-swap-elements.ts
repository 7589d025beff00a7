// Elements change places: records, closures and rows.
const counter = (k) => {
  let n = k
  return () => (n += k)
}
const fs = [counter(1), counter(10), counter(100)]
const recs = [{ v: 1 }, { v: 2 }]
export default () => {
  const i = currentFrame % 3
  const j = (currentFrame * 2 + 1) % 3
  const f = fs[i]
  fs[i] = fs[j]
  fs[j] = f
  const r = recs[0]
  recs[0] = recs[1]
  recs[1] = r
  recs[0].v += 0.5
  return [fs[0]() % 100000, recs[0].v - recs[1].v * 2]
}
