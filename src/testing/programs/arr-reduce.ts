// reduce and reduceRight, with and without an initial value, with results of other kinds.
const xs = [8, 3, -2, 0.5]
const sum = xs.reduce((a, b) => a + b)
const less = xs.reduceRight((a, b) => a - b)
const only = [42].reduce((a, b) => a * b - 1)
const from = xs.reduce((a, x, i, all) => a * 2 + x * i + all.length, 1)
const right = xs.reduceRight((a, x, i, all) => a * 2 + x * i + all.length, 1)
const none = [].reduce((a, x) => a + 1, 5)
const odd = xs.reduce((a, x) => a + x, undefined)
const box = xs.reduce((best, x) => ({ most: Math.max(best.most, x), count: best.count + 1 }), { most: -Infinity, count: 0 })
const list = xs.reduce((all, x) => { all.push(x, -x); return all }, [])
const any = xs.reduce((a, x) => a || x > 5, false)
const f32 = new Float32Array([0.1, 0.2]).reduce((a, b) => a + b)
const u8 = new Uint8Array([200, 100]).reduceRight((a, b) => a * 1000 + b)
const firsts = [[1, 2], [3]].reduce((a, b) => (a.length > b.length ? a : b))
export default () => {
  const i = currentFrame
  const live = xs.reduce((a, x, k) => a + x * ((i >> k) & 1), i)
  const down = xs.reduceRight((a, x) => a / 2 + x)
  return [sum + less + only + from + right + none + live, down + box.most * box.count + list[i % list.length] + (any ? 1 : 0) + f32 + u8 + firsts.length + (Number.isNaN(odd) ? 0.25 : 0)]
}
