// splice at the top level: removes, inserts, replaces, bounds of every kind.
const run = (start, count) => {
  const xs = [1, 2, 3, 4, 5]
  const gone = xs.splice(start, count)
  return [xs.length, gone.length, xs[0] ?? -1, gone[0] ?? -1]
}
const removed = [run(1, 2), run(-2, 1), run(0, 99), run(9, 1), run(2.9, NaN), run(-99, -1), run(1, 0)]
const xs = [1, 2, 3, 4, 5]
const tail = xs.splice(3)
const more = [1, 2, 3]
const gone = more.splice(1, 1, 7, 8, ...[9, 10])
const inserted = [1, 2]
inserted.splice(1, 0, 5)
const rows = [[1], [2], [3]]
rows.splice(0, 1)
export default () => {
  const i = currentFrame
  const own = [1, 2, 3, 4].filter((x) => x !== (i & 3))
  const cut = own.splice(i % 3, 1, i)
  const left = removed[i % 7][i & 3] + xs.length * 10 + tail[i & 1] * 100
  return [left + gone[0] + own[i % 3], more[i % 6] + inserted[i % 3] * 100 + rows[i & 1][0] + (cut[0] ?? 0.5)]
}
