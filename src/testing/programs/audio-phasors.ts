// Phases that wrap, in three ways.
let a = 0
let b = 0
let c = 0
export default () => {
  a += 440 / sampleRate
  if (a >= 1) a -= 1
  b = (b + 441.5 / sampleRate) % 1
  c += 3000.7 / sampleRate
  c -= Math.floor(c)
  return [a - c * 0.5, b]
}
