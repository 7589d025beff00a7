// Each kind of typed array keeps a number in its own way.
const xs = [0, -0, 1, -1, 0.5, 1.5, -1.5, 127.9, 128, 255, 256, -129, 32768, 65535.9, -32769, 2147483647, 2147483648, -2147483649, 4294967295, 4294967296, 1e20, -1e20, 16777217, 1e39, -1e-46, 0.1, NaN, Infinity, -Infinity]
const f32 = new Float32Array(1)
const f64 = new Float64Array(1)
const i32 = new Int32Array(1)
const i16 = new Int16Array(1)
const u8 = new Uint8Array(1)
const u32 = new Uint32Array(1)
// Makes a number that can be played of any other.
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
export default () => {
  const x = xs[currentFrame % xs.length]
  f32[0] = x
  f64[0] = x
  i32[0] = x
  i16[0] = x
  u8[0] = x
  u32[0] = x
  const turn = Math.floor(currentFrame / xs.length) % 3
  if (turn === 0) return [seen(f32[0]), seen(f64[0])]
  if (turn === 1) return [i32[0], i16[0]]
  return [u8[0], u32[0]]
}
