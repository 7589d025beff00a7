// keys, values and entries: spread, walked along, taken apart; of plain and typed arrays.
const xs = [5, 7, 9]
const keys = [...xs.keys()]
const values = [...xs.values()]
const counted = [...Array(5).keys()]
const doubled = [...Array(4).keys()].map((k) => k * 2)
const from = Array.from(xs.entries(), ([i, x]) => i * 100 + x)
const cells = [{ n: 1 }, { n: 2 }]
let sum = 0
for (const [i, x] of xs.entries()) sum += i * x
for (const [i, cell] of cells.entries()) cell.n += i * 10
for (const i of xs.keys()) sum += i * 1000
for (const x of xs.values()) sum += x / 10
const u8 = new Uint8Array([3, 4])
export default () => {
  let live = 0
  for (const [i, x] of xs.entries()) live += x * ((currentFrame >> i) & 1)
  for (const [i, x] of u8.entries()) live += x * i
  const i = currentFrame % 3
  return [keys[i] + values[i] * 10 + counted[i + 2] * 100 + doubled[i + 1] * 1000 + from[i], sum + live + cells[i & 1].n]
}
