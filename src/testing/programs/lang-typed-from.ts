// Typed arrays from lists, lengths, strings and each other; elements are rounded and wrapped on the way.
const Bytes = Uint8Array
const ramp = Float32Array.from({ length: 16 }, (_, index) => index * 0.1)
const bytes = Bytes.from([1.7, 300, -1, 2 ** 33])
const digits = Int8Array.from('90125')
const clamped = Uint8ClampedArray.of(300, 1.5, 2.5, -3)
const halves = Float64Array.from(bytes, (x, index) => x / 2 + index)
const none = Int32Array.of()

export default () => {
  const t = currentFrame
  const live = Float32Array.from([t, t * 0.1, 3])
  const left = ramp[t & 15] + bytes[t & 3] + digits[t % 5] + clamped[t & 3]
  return [left + none.length, halves[t & 3] + (live[t & 3] ?? -1) + Uint16Array.of(t << 8, 7)[0]]
}
