// Array.from: of a length, of a list, of a typed array; the index is the second argument.
const squares = Array.from({ length: 10 }, (_, i) => i * i)
const copy = Array.from(squares)
const halves = Array.from(squares, (v, i) => v / 2 + i)
const n = 6
const nested = Array.from({ length: n }, (_, i) => ({ i, list: Array.from({ length: i + 1 }, (_, j) => i * j) }))
const typed = Array.from(new Uint8Array([1, 2, 300]))
const none = Array.from({ length: 0 }, () => 1)
copy[3] = -1
export default () => {
  const i = currentFrame % n
  const last = nested[i].list
  return [squares[3] + copy[3] + halves[i], last[last.length - 1] + typed[i % 3] + none.length + last.length * 100]
}
