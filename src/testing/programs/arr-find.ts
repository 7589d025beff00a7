// find, findIndex, findLast, findLastIndex: from both ends, found or not, values of several kinds.
const xs = [4, 9, 2, 9, 0]
const cells = [{ n: 1 }, { n: 2 }, { n: 3 }]
const rows = [[1], [2, 3], [4, 5]]
const found = [xs.find((x) => x > 4), xs.find((x) => x > 50), xs.findLast((x) => x > 3), xs.findLast((x) => x < 0)]
const places = [xs.findIndex((x) => x === 9), xs.findLastIndex((x) => x === 9), xs.findIndex((x) => x > 50), xs.findLastIndex((x) => x > 50)]
const index = xs.findIndex((x, i, all) => i > 1 && all[i - 1] > x)
const cell = cells.find((c) => c.n > 1)
const last = cells.findLast((c) => c.n < 3)
const missing = cells.find((c) => c.n > 10)
const u8 = new Uint8Array([3, 7, 7])
const zero = [0, 1].find((x) => x === 0)
cell.n = 20
export default () => {
  const i = currentFrame & 3
  const live = xs.find((x) => x * 2 > (currentFrame & 31))
  const row = rows.find((r) => r.length > 1 && r[0] > (currentFrame & 3))
  last.n += 1
  const left = (found[i] ?? -1) + places[i] * 10 + index * 100 + cells[1].n + (zero === 0 ? 0.5 : 0)
  return [left, (live === undefined ? -3 : live) + (row?.[1] ?? 0.25) + (missing ? 1 : 2) + u8.findLastIndex((x) => x === 7) + (u8.find((x) => x > 7) ?? 40)]
}
