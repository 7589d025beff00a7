// Rhythms by arithmetic: Euclid's, and a shift register.
const frames = 11
const euclid = (step, hits, steps) => (step * hits) % steps < hits
let register = 0xb5
let level = 0
export default () => {
  const step = Math.floor(currentFrame / frames)
  if (currentFrame % frames === 0) {
    if (euclid(step, 5, 13)) level = 1
    const bit = (register ^ (register >> 2) ^ (register >> 3) ^ (register >> 5)) & 1
    register = (register >> 1) | (bit << 7)
  }
  level *= 0.9
  return [level, register / 256]
}
