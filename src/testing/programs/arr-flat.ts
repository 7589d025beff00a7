// flat and flatMap: one level, several, all; arrays, single values and nothing from the callback.
const rows = [[1, 2], [], [3]]
const flat = rows.flat()
const deep = [[[1, 2]], [[3], [4, 5]]]
const one = deep.flat()
const two = deep.flat(2)
const all = deep.flat(Infinity)
const zero = rows.flat(0)
const already = [1, 2, 3].flat()
const cells = [[{ n: 1 }], [{ n: 2 }, { n: 3 }]].flat()
const pairs = [1, 2, 3].flatMap((x, i) => [x, x * 10 + i])
const some = [1, 2, 3, 4].flatMap((x) => (x % 2 ? [x] : []))
const single = [1, 2].flatMap((x) => x + 1)
const inner = [1, 2].flatMap((x) => [[x], [-x]])
const chords = [0, 5, 7].flatMap((root) => [0, 4, 7].map((note) => root + note))
export default () => {
  const i = currentFrame
  const live = [i, i + 1].flatMap((x) => [x, -x])
  zero[0][0] = 6
  const left = flat[i % 3] + one[i % 3].length * 10 + two[i % 5] * 100 + all[i % 5] * 1000 + already[i % 3] + rows[0][0]
  return [left + flat.length + all.length, cells[i % 3].n + pairs[i % 6] + some[i & 1] * 100 + some.length + single[i & 1] + inner[i & 3][0] + chords[i % 9] / 100 + live[i & 3]]
}
