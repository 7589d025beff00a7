// Typed arrays made of lists and of other arrays; their lengths.
const list = [1.7, -1.7, 300, 70000, 4294967297, 0.1]
const i32 = new Int32Array(list)
const u8 = new Uint8Array([1.7, -1.7, 300, 70000])
const i16 = new Int16Array(list)
const u32 = new Uint32Array([-1, 1.5])
const f32 = new Float32Array(list)
const f64 = new Float64Array(f32)
export default () => {
  const i = currentFrame % 6
  return [i32[i] + u8[i & 3] + u32[i & 1] + i16[i], f32[i] - list[i] + f64[i] + f64.length + u8.length]
}
