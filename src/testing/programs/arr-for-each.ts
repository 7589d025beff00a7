// forEach: order, index, array, early elements changed by later calls, elements appended are not visited.
const seen = []
const xs = [3, 1, 2]
xs.forEach((x, i, all) => {
  seen.push(x * 100 + i * 10 + all.length)
  if (i === 0) all[2] = 9
  if (all.length < 5) all.push(x)
})
let total = 0
new Int8Array([100, 27, -128]).forEach((x) => { total += x })
const nothing = [].forEach((x) => { total = 1e9 })
let live = 0
const cells = [{ n: 1 }, { n: 2 }]
export default () => {
  seen.forEach((x, i) => { live = (live * 3 + x * i) % 1000 })
  cells.forEach((cell, i) => { cell.n += i + 1 })
  return [live + total, seen[currentFrame % seen.length] + cells[currentFrame & 1].n + xs.length + (nothing === undefined ? 0.5 : 0)]
}
