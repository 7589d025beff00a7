// indexOf, lastIndexOf, includes: where they begin, NaN, -0, other kinds, objects by identity.
const xs = [1, 2, NaN, 2, -0, 1]
const from = [undefined, 0, 1, 2.9, -1, -3, -99, 99, NaN, Infinity, -Infinity]
const ups = from.map((start) => xs.indexOf(2, start))
const downs = from.map((start) => xs.lastIndexOf(2, start))
const has = from.map((start) => (xs.includes(NaN, start) ? 1 : 0))
const plain = [xs.indexOf(NaN), xs.indexOf(0), xs.lastIndexOf(1), xs.lastIndexOf(7), xs.includes(0) ? 5 : 6, xs.includes(7) ? 5 : 6]
const a = { n: 1 }
const cells = [a, { n: 1 }, a]
const objects = [cells.indexOf(a), cells.lastIndexOf(a), cells.includes(a) ? 1 : 0, cells.indexOf({ n: 1 })]
const gaps = [1, undefined, null, true]
const odd = [gaps.indexOf(undefined), gaps.indexOf(null), gaps.includes(undefined) ? 1 : 0, gaps.indexOf(true), gaps.indexOf(1), gaps.includes(false) ? 1 : 0]
const words = ['a', 'bc', 'a']
const texts = [words.indexOf('bc'), words.lastIndexOf('a'), words.includes('d') ? 1 : 0, words.indexOf('a', 1)]
const f32 = new Float32Array([0.5, NaN, 0.1])
const typed = [f32.indexOf(0.5), f32.indexOf(0.1), f32.includes(NaN) ? 1 : 0, f32.includes(undefined) ? 1 : 0]
const scale = [0, 2, 4, 5, 7, 9, 11]
export default () => {
  const i = currentFrame % 11
  const left = ups[i] + downs[i] * 10 + has[i] * 100 + plain[i % 6] * 1000
  const inScale = scale.includes(currentFrame % 12) ? 0.5 : 0.25
  return [left + scale.indexOf(currentFrame % 13), objects[i & 3] + odd[i % 6] * 10 + texts[i & 3] * 100 + typed[i & 3] * 1000 + inScale]
}
