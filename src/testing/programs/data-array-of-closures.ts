// Arrays of closures of several kinds, with and without state.
const wave = (kind) => {
  let p = 0
  if (kind === 0) return (f) => ((p = (p + f) % 1), p < 0.5 ? 1 : -1)
  if (kind === 1)
    return (f) => {
      p += f
      if (p > 1) p -= 2
      return p
    }
  return () => 0.25
}
const waves = Array.from({ length: 5 }, (_, i) => wave(i % 3))
const banks = [waves, [waves[1], wave(1)]]
export default () => {
  let s = 0
  for (let i = 0; i < waves.length; i++) s += waves[i](0.01 * (i + 1))
  return [s, banks[1][currentFrame & 1](0.003)]
}
