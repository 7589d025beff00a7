// sort with functions that contradict themselves, such as a shuffle: the same pairs are compared in the same order.
let seed = 7
const random = () => { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
const deck = Array.from({ length: 40 }, (_, i) => i).sort(() => random() - 0.5)
const short = [1, 2, 3, 4].sort(() => random() < 0.5 ? -1 : 1)
const nan = [5, 3, NaN, 1, -0, 3, 8].sort((a, b) => a - b)
const truth = [3, 1, 2].sort((a, b) => a > b)
const less = [3, 1, 2].sort((a, b) => a < b ? -1 : 0)
const f32 = new Float32Array([5, 3, NaN, 1, -0, 3, 8]).sort((a, b) => b - a)
const typed = new Int16Array(100).map((_, i) => i).sort(() => random() - 0.5)
let calls = 0
const counted = [4, 3, 9, 1, 7, 7, 2].sort((a, b) => { calls += a * 10 + b; return a - b })
export default () => {
  const i = currentFrame
  const live = [1, 2, 3, 4, 5].sort(() => random() - 0.5)
  const n = nan[i % 7]
  return [deck[i % 40] + short[i & 3] * 100 + (n === n ? n : 0.5) + truth[i % 3] * 1000 + less[i % 3] + live[i % 5] / 8, typed[i % 100] + (f32[i % 7] || 0.5) * 100 + calls + counted[i % 7]]
}
