// Methods on arrays that may be absent, with ?. and ??.
const maybe = (on) => (on ? [3, 1, 2] : undefined)
const there = maybe(true)
const absent = maybe(false)
const cells = [{ list: [1, 2] }, { list: null }]
const typed = (on) => (on ? new Float32Array([0.5, 0.25]) : null)
export default () => {
  const i = currentFrame
  const list = maybe(i & 1)
  const left = (list?.map((x) => x * 2)[i % 3] ?? -1) + (list?.length ?? 10) + (there?.at(-1) ?? 0) + (absent?.indexOf(3) ?? 100)
  const right = (cells[i & 1].list?.reduce((a, b) => a + b) ?? 0.5) + (typed(i & 2)?.slice(1)[0] ?? 0.125)
  return [left, right + (list?.includes(2) ? 1 : 2) + (list?.concat(9).length ?? 7)]
}
