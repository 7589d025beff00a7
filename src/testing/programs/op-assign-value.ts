// An assignment is an expression. Its value is what was assigned, not what the array kept.
const bytes = new Uint8Array(4)
const floats = new Float32Array(4)
let a = 0
let b = 0
export default () => {
  a = b = currentFrame * 1.7 + 0.1
  const kept = (bytes[1] = a * 100)
  const round = (floats[2] = a)
  const up = bytes[1]++
  const over = (bytes[3] += 250.5)
  return [kept + bytes[1] + up, round - floats[2] + over + bytes[3] + (b = 3) + b]
}
