// Elements of typed arrays in sums: an Int32Array gives numbers, not wrapped ones.
const i32 = new Int32Array([2147483647, -2147483648, 65536, 3])
const u32 = new Uint32Array([4294967295, 2147483648, 7, 1])
const u8 = new Uint8Array([250, 5, 128, 1])
export default () => {
  const i = currentFrame & 3
  const sum = i32[i] + i32[i] + u32[i] * u32[i]
  const shift = (u32[i] >> 1) + (u32[i] >>> 1) + (u8[i] << 24)
  u8[i] += i * 37 + 1
  u32[i] -= 3
  i32[i] *= 3
  return [sum - u8[i], shift + i32[i] / (u32[i] + 1) + -u32[i] + (u32[i] > i32[i] ? 0.5 : 0)]
}
