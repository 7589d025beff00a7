// fill: bounds of every kind, conversion in typed arrays, values of any kind, per frame too.
const a = [0, 0, 0, 0, 0, 0]
const wanted = [0, -0.5, 2.7, -2, -20, 99, NaN, Infinity, -Infinity]
const starts = wanted.map((start) => [1, 2, 3, 4, 5].fill(9, start))
const ends = wanted.map((end) => [1, 2, 3, 4, 5].fill(9, 1, end))
const open = [1, 2, 3].fill(7, undefined, undefined)
const nulls = Array(4).fill(null)
const zeros = Array(3).fill(0)
const nothing = new Array(3).fill()
const flags = [true, false, true].fill(false, 1)
const shared = Array(3).fill({ n: 0 })
const u8 = new Uint8Array(4).fill(300.7)
const c8 = new Uint8ClampedArray(4).fill(300.7, -2)
const i16 = new Int16Array(4).fill(-40000, 1, -1)
const f32 = new Float32Array(3).fill(0.1)
const back = [1, 2].fill(5) 
export default () => {
  const i = currentFrame % 9
  shared[i % 3].n += 1
  a.fill(currentFrame, i % 7, (i * 5) % 7).fill(-1, -1)
  let left = starts[i][i % 5] + ends[i][(i + 2) % 5] * 10 + open[i % 3] * 100 + back[i & 1]
  left += (nulls[i & 3] === null ? 1000 : 0) + zeros[i % 3] + (nothing[i % 3] === undefined ? 2000 : 0)
  left += flags[i % 3] ? 0.5 : 0.25
  return [left + shared[0].n, a[i % 6] + u8[i & 3] + c8[i & 3] + i16[i & 3] + f32[i % 3] + u8.fill(i, 2)[3]]
}
