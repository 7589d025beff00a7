// Arrays that begin empty and are filled by index, in any order: what was left out is undefined.
const memo = []
const fib = (n) => (n < 2 ? n : (memo[n] ?? (memo[n] = fib(n - 1) + fib(n - 2))))
const last = fib(30)
const down = []
for (let i = 4; i >= 0; i--) down[i] = i * i
const steps = []
for (let i = 0; i < 20; i += 5) steps[i] = i
const events = []
events[3] = { note: 60 }
events[6] = { note: 64 }
const words = []
words[1] = 'ab'
const mixed = [1, 'x']
mixed.reverse()
const grown = []
let at = 0
for (const x of [3, 1, 2]) grown[at++] = x
export default () => {
  const i = currentFrame
  const own = []
  own[i % 4] = i
  const left = last + (memo[i % 32] ?? -1) + down[i % 5] + (steps[i % 16] === undefined ? 0.5 : steps[i % 16])
  const right = (events[i % 8]?.note ?? 0) + events.length + (words[i & 1] === undefined ? 7 : 2) + memo.length + grown[i % 3] + own.length
  return [left + steps.length, right + (mixed[0] === 'x' ? 0.5 : 0.25) + (own[0] ?? 1000)]
}
