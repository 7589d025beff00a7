// Variables that point now here, now there; records are equal only to themselves.
const a = { n: 0 }
const b = { n: 0 }
let now = a
const slots = [a, b, a]
const rowA = [1, 2]
const rowB = [1, 2]
let row = rowA
export default () => {
  now.n += 1
  if (currentFrame % 3 === 0) now = now === a ? b : a
  slots[currentFrame % 3] = now
  row[currentFrame & 1] += 0.5
  if (currentFrame % 4 === 1) row = row === rowB ? rowA : rowB
  const same = (slots[0] === slots[1]) + (slots[1] === slots[2]) * 2 + (a !== b) * 4 + (rowA === row) * 8
  return [a.n * 1000 + b.n, same + rowA[0] + slots[2].n / 1024]
}
