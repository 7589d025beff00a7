// Spread in array literals: arrays, typed arrays, strings, several, in order; per frame too.
const a = [1, 2, 3]
const copy = [...a]
copy[0] = 50
const joined = [0, ...a, 4, ...[5, 6], ...[]]
const typed = [...new Uint8Array([200, 256 + 1])]
typed.push(0.5)
const letters = [...'xyz', 'w']
const cells = [{ n: 1 }, { n: 2 }]
const both = [...cells, { n: 3 }]
both[0].n = 10
const gaps = [...[1, undefined], null]
let n = 0
const next = () => ++n
const order = [next(), ...[next(), next()], next()]
const list = [1, 2]
const snap = [...list, list.push(3), ...list]
let state = [0]
state = [...state, 1]
state = [...state, ...state]
const largest = Math.max(...[...a, 9])
export default () => {
  const i = currentFrame
  const live = [i, ...a, ...typed]
  const left = copy[i % 3] + joined[i % 7] * 10 + typed[i % 3] + letters[i & 3].charCodeAt(0) * 100 + cells[i & 1].n
  return [left + live[i % 7] + live.length, both[i % 3].n + (gaps[i % 3] ?? -1) + order[i & 3] * 10 + snap[i % 6] * 100 + snap.length + state[i & 3] + largest]
}
