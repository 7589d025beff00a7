// sort of typed arrays: by value without a function, -0 before 0, NaN last; with a function too.
const f64 = new Float64Array([3, NaN, -1, 10, 0, -0, 9, -Infinity, NaN, 2]).sort()
const u8 = new Uint8Array([10, 9, 200, 1]).sort()
const i16 = new Int16Array([10, 9, -200, 1]).sort((a, b) => b - a)
const copy = new Float32Array([3, 1, 2]).toSorted()
const big = new Float32Array(200).map((_, i) => (i * 7919) % 211).sort()
const live = new Int32Array(6)
export default () => {
  const i = currentFrame
  live[i % 6] = (i * 31) % 17
  live.sort()
  const x = f64[i % 10]
  return [(Number.isNaN(x) ? 1000 : x) + u8[i & 3] / 7, i16[i & 3] + copy[i % 3] + big[i % 200] / 1e3 + live[i % 6] * 1e6 + (1 / f64[2] < 0 ? 0.5 : 0.25) + (1 / f64[3] > 0 ? 0.125 : 0)]
}
