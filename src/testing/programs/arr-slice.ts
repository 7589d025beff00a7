// slice: bounds of every kind, a copy of its own, typed arrays stay what they are; per frame too.
const xs = [10, 20, 30, 40, 50]
const bounds = [0, 1, 2.7, -1, -2.5, -9, 9, NaN, Infinity, -Infinity]
const starts = bounds.map((b) => xs.slice(b))
const ends = bounds.map((b) => xs.slice(1, b))
const copy = xs.slice()
copy[0] = -1
const open = xs.slice(undefined, undefined)
const rows = [[1, 2], [3]].slice(0, 1)
rows[0][0] = 9
const f32 = new Float32Array([0.1, 0.2, 0.3]).slice(1)
f32[0] = 0.7
const [first, ...rest] = xs
export default () => {
  const i = currentFrame % 10
  const live = xs.slice(i % 5, -1)
  const sum = (list) => list.reduce((a, b) => a + b, list.length)
  return [sum(starts[i]) + sum(ends[i]) * 0.001 + sum(copy) + sum(open), sum(live) + rows[0][0] + f32[i & 1] + f32.length + first + rest[i & 3] + (live[4] === undefined ? 0.5 : 0)]
}
