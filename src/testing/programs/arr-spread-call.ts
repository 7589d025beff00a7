// Spread in calls: Math.max and Math.min of arrays, and the last argument of functions with fixed parameters.
const xs = [3, -7, 12, 0.5]
const extremes = [Math.max(...xs), Math.min(...xs), Math.max(4, ...xs, 20), Math.min(...[], 2), Math.max(...[]), Math.max(...[1, NaN])]
const typed = Math.max(...new Int8Array([-5, -3]))
const zero = 1 / Math.min(0, ...[-0])
const lerp = (a, b, t) => a + (b - a) * t
const pair = [10, 20]
const late = lerp(1, ...pair)
const three = lerp(...xs)
const short = ((a, b = 5) => a + b)(...[1])
const object = { add: (a, b) => a + b }
const member = object.add(...pair)
const pick = [(a, b) => a - b, (a, b) => a * b]
const tuple = [1, { n: 2 }]
const sized = ((n, box) => n + box.n)(...tuple)
const lead = lerp(...pair, 0.25) + lerp(...pair.slice(1), 3, 0.5)
const letters = ((a, b) => a.charCodeAt(0) + b.charCodeAt(0))(...'xy')
let calls = 0
const once = () => { calls++; return pair }
const none = (() => 1)(...once())
export default () => {
  const i = currentFrame
  const live = [i % 10, i % 7, i % 3]
  const left = extremes[i % 6] + typed * 100 + (zero < 0 ? 0.5 : 0)
  return [left, late + three * 10 + short + member + pick[i & 1](...pair) + Math.max(...live) * 1000 + Math.min(i % 4, ...live) + sized + lead + letters + none + calls]
}
