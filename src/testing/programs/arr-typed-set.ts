// set: of typed arrays from plain and typed ones, with an offset, rounding, overlapping; while it sounds.
const u8 = new Uint8Array(6)
u8.set([1.9, 300, -1], 2)
const f32 = new Float32Array(4)
f32.set(u8.slice(2, 5))
f32.set([0.1], 3.7)
const i16 = new Int16Array([1, 2, 3, 4, 5])
i16.set(i16.subarray(0, 3), 1)
const down = new Int16Array([1, 2, 3, 4, 5])
down.set(down.subarray(2))
const full = new Float64Array(3)
full.set(new Float64Array([1, 2, 3]), 0)
full.set([])
const line = new Float32Array(4)
export default () => {
  const i = currentFrame
  line.set(line.subarray(1))
  line.set([i / 3], 3)
  u8.set([i, i * 3], i % 5)
  return [u8[i % 6] + f32[i & 3] * 1000, i16[i % 5] + down[i % 5] * 10 + full[i % 3] * 100 + line[i & 3]]
}
