// subarray: a view on the same elements, bounds of every kind, views of views, written through both.
const base = new Float32Array([0, 1, 2, 3, 4, 5, 6, 7])
const tail = base.subarray(5)
const middle = base.subarray(2, -2)
const inner = middle.subarray(1, 3)
const bounds = [0, 2.9, -1, -99, 99, NaN]
const lengths = bounds.map((b) => base.subarray(b).length * 10 + base.subarray(1, b).length)
inner[0] = 30
base[7] = 70
const u8 = new Uint8Array(8)
const high = u8.subarray(4)
high.fill(9)
export default () => {
  const i = currentFrame
  tail[i % 3] += 0.25
  inner[1] = i
  high[i & 3] = u8[7 - (i & 3)] + 1
  const live = base.subarray(i % 4, 6)
  live[0] += 1
  return [base[i % 8] + tail.length * 100 + live.length, middle[i % 4] + lengths[i % 6] * 10 + u8[i % 8] * 1000 + (tail[3] === undefined ? 0.5 : 0)]
}
