// some and every: they stop as soon as they know; empty arrays; truth of any kind.
const xs = [1, 2, 3, 4]
let calls = 0
const some = [xs.some((x) => { calls++; return x === 2 }), [].some(() => true), xs.some((x) => x > 9), xs.some((x, i, all) => all[i] !== x)]
const every = [xs.every((x) => { calls += 10; return x < 3 }), [].every(() => false), xs.every((x) => x), xs.every((x, i) => x === i + 1)]
const f64 = new Float64Array([0, -0, 0])
const all = [f64.every((x) => x === 0), f64.some((x) => 1 / x < 0)]
const bit = (x) => (x ? 1 : 0)
export default () => {
  const i = currentFrame & 3
  const live = xs.some((x) => x === (currentFrame & 7)) ? 1 : 0
  const most = xs.every((x) => x > (currentFrame & 1)) ? 1 : 0
  return [bit(some[i]) + 2 * bit(every[i]) + 4 * bit(all[i & 1]) + calls * 10, live + 2 * most]
}
