// A delay line: written and read each frame.
const size = 37
const line = new Float32Array(size)
const plain = Array.from({ length: 50 }, () => 0)
let at = 0
export default () => {
  const x = ((currentFrame * 7919) % 101) / 101
  const y = line[at]
  line[at] = x + y * 0.6
  at = (at + 1) % size
  const z = plain[currentFrame % 50]
  plain[currentFrame % 50] = x - z * 0.3
  return [y, z + plain[(currentFrame + 17) % 50]]
}
