// copyWithin: forwards, backwards, overlapping, bounds of every kind; plain and typed, while it sounds.
const copies = [
  [1, 2, 3, 4, 5].copyWithin(0, 3),
  [1, 2, 3, 4, 5].copyWithin(1, 0, 4),
  [1, 2, 3, 4, 5].copyWithin(0, 1),
  [1, 2, 3, 4, 5].copyWithin(-2, -4, -3),
  [1, 2, 3, 4, 5].copyWithin(2.9, 0.5, NaN),
  [1, 2, 3, 4, 5].copyWithin(9, 0),
  [1, 2, 3, 4, 5].copyWithin(1, 3, 99),
]
const cells = [{ n: 1 }, { n: 2 }, { n: 3 }].copyWithin(0, 1)
cells[0].n = 20
const i16 = new Int16Array([1, 2, 3, 4]).copyWithin(1, 0)
const line = [0, 0, 0, 0]
const ring = new Float64Array(4)
export default () => {
  const i = currentFrame
  line.copyWithin(1, 0)
  line[0] = i
  ring.copyWithin(0, 1)[3] = i / 2
  return [copies[i % 7][i % 5] + cells[i % 3].n * 10 + i16[i & 3] * 100, line[i & 3] + ring[i & 3] * 1e4]
}
