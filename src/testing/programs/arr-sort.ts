// sort with a function: in place, stable, short and long, undefined last, objects, per frame.
const xs = [3, 1, 10, 2, -5, 0.5]
const up = xs.slice().sort((a, b) => a - b)
const down = xs.slice().sort((a, b) => b - a)
const same = xs.sort((a, b) => a - b)
same[0] = -50
let seed = 1
const random = () => { seed = (seed * 16807) % 2147483647; return seed }
const many = Array.from({ length: 300 }, (_, i) => ({ key: random() % 20, i }))
many.sort((a, b) => a.key - b.key)
const long = Array.from({ length: 100 }, () => random() % 1000).sort((a, b) => a - b)
const gaps = [3, undefined, 1, undefined, 2].sort((a, b) => a - b)
const flags = [3, 1, 2].sort((a, b) => a > b)
const signs = [3, 1, 2, 1].sort((a, b) => (a > b ? 1 : a < b ? -1 : 0))
const strange = [2, 1, 3].sort(() => NaN)
const copy = [5, 4].toSorted((a, b) => a - b)
const words = ['pear', 'fig', 'apple', 'Fig'].sort()
const none = [].sort((a, b) => a - b)
const live = [5, 1, 4, 2, 3]
export default () => {
  const i = currentFrame
  live[i % 5] = (i * 7919) % 101
  live.sort((a, b) => a - b)
  const noise = [i % 7, i % 5, i % 3, i % 2].sort((a, b) => b - a)
  const big = long.toSorted((a, b) => (a % 7) - (b % 7))
  const left = up[i % 6] + down[i % 6] * 10 + xs[i % 6] + many[i % 300].key * 1000 + many[i % 300].i / 1000 + long[i % 100]
  const rest = (gaps[i % 5] ?? 99) + flags[i % 3] * 10 + signs[i % 4] + strange[i % 3] + copy[i & 1] + words[i & 3].length * 1000 + none.length
  return [left + live[i % 5] / 1e4, rest + noise[i & 3] + big[i % 100] / 1e4]
}
