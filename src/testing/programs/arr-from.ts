// Array.from: of arrays, typed arrays, lengths and strings, with and without a function.
const typed = new Uint8Array([7, 8, 9])
const copy = Array.from(typed)
copy[0] = 0.5
const mapped = Array.from(typed, (x, i) => x * 10 + i)
const rows = Array.from({ length: 3 }, (_, i) => Array.from({ length: i + 1 }, (_, k) => i * 10 + k))
const lengths = [2.9, -1, NaN, 0.5, 3].map((length) => Array.from({ length }, (_, i) => i).length)
const holes = Array.from({ length: 2 })
const letters = Array.from('abc')
const codes = Array.from('abc', (c) => c.charCodeAt(0))
const list = [1, 2]
const again = Array.from(list)
again.push(3)
const voices = Array.from(list, (x) => { let n = x; return () => (n += x) })
const none = Array.from([])
const same = Array.from(list, undefined)
export default () => {
  const i = currentFrame
  const live = Array.from({ length: i % 4 }, (_, k) => k * i)
  const left = copy[i % 3] + mapped[i % 3] + rows[i % 3][i % (1 + (i % 3))] * 100 + lengths[i % 5]
  return [left + (holes[i & 1] === undefined ? 0.25 : 0) + list.length, codes[i % 3] + (letters[i % 3] === 'b' ? 1 : 2) + again[i % 3] + voices[i & 1]() / 1000 + none.length + (live[2] ?? -1) + same[i & 1]]
}
