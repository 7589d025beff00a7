// push, pop, shift, unshift at the top level, and on arrays that a frame makes for itself.
const xs = []
const lengths = [xs.push(1), xs.push(2, 3), xs.push(), xs.unshift(-1, 0), xs.unshift(9)]
const out = [xs.pop(), xs.shift(), xs.pop()]
const rest = xs.slice()
const empty = []
const nothing = [empty.pop(), empty.shift()]
const list = [1, 2]
list.push(...list, ...[7, 8])
list.unshift(...list.slice(0, 1), 5)
const cells = []
for (let i = 0; i < 50; i++) cells.push({ n: i, twice: () => i * 2 })
const queue = [1, 2, 3]
let sum = 0
while (queue.length > 0 && sum < 40) {
  const x = queue.shift()
  sum += x
  if (x < 8) queue.push(x * 2)
}
let n = 0
const next = () => ++n
const order = [0]
order.push(next(), next())
order.unshift(next(), next())
const words = []
words.push('ab', 'c')
export default () => {
  const i = currentFrame
  const own = []
  for (let k = 0; k < i % 20; k++) own.push(k * k)
  own.unshift(3)
  const last = own.pop()
  const first = own.shift() ?? 0.5
  const left = lengths[i % 5] + (out[i % 3] ?? 0) * 10 + rest[i % rest.length] * 100 + (nothing[i & 1] === undefined ? 1000 : 0)
  return [left + list[i % list.length] + sum + last, cells[i % 50].twice() + own.length + order[i % 5] * 100 + words[i & 1].length + first]
}
