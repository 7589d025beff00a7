// Float32Array.from, Uint8Array.of and the like: arrays, lengths, strings, with and without a function.
const table = Float32Array.from({ length: 16 }, (_, i) => Math.sqrt(i) / 3)
const bytes = Uint8Array.from([1.9, 300, -1])
const mapped = Int16Array.from(bytes, (x, i) => x * 1000 + i)
const digits = Uint8Array.from('4071', Number)
const zeros = Int32Array.from({ length: 3.9 })
const nans = Float64Array.from({ length: 2 })
const few = Float32Array.of(0.1, 2, 3)
const many = Uint8ClampedArray.of(...[300, -5], 1.5)
bytes[0] = 77
export default () => {
  const i = currentFrame
  const live = Float32Array.from([i, i / 3])
  return [table[i % 16] + bytes[i % 3] * 10 + mapped[i % 3] + digits[i & 3], zeros[i % 3] + zeros.length + (Number.isNaN(nans[i & 1]) ? 0.5 : 0) + few[i % 3] * 100 + many[i % 3] + live[i & 1]]
}
