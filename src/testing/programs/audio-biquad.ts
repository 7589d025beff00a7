// A lowpass from the cookbook, its coefficients made by the top level.
const w = (2 * Math.PI * 1000) / sampleRate
const alpha = Math.sin(w) / 2 / 0.9
const a0 = 1 + alpha
const k = { b0: (1 - Math.cos(w)) / 2 / a0, b1: (1 - Math.cos(w)) / a0, a1: (-2 * Math.cos(w)) / a0, a2: (1 - alpha) / a0 }
function biquad() {
  let x1 = 0
  let x2 = 0
  let y1 = 0
  let y2 = 0
  return (x) => {
    const y = k.b0 * x + k.b1 * x1 + k.b0 * x2 - k.a1 * y1 - k.a2 * y2
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    return y
  }
}
const first = biquad()
const second = biquad()
export default () => {
  const x = currentFrame % 109 < 54 ? 0.5 : -0.5
  return [first(x), second(first(x))]
}
