// Waves on a shore
//
// Listen for a slow swell of plain noise, wider than the speakers. Change `seconds` and `depth` first.
// Tags: noise, first, stereo

const seconds = 9 // from wave to wave
const depth = 0.9 // 0 is steady rain, 1 lets the sea go quiet between the waves
const gain = 0.5

// Called once for every frame of sound, 48000 times a second or so; t is the time in seconds.
// It returns what the left and the right speaker play, from -1 to 1.
export default (t) => {
  // Noise is a number that nobody can foretell.
  const left = 2 * Math.random() - 1
  const right = 2 * Math.random() - 1

  // A swell for each side, the right one a little behind: a sine, raised to a power so that it is
  // short when it is high.
  const swell = (turns) => (0.5 + 0.5 * Math.sin(2 * Math.PI * turns)) ** 3
  const near = 1 - depth + depth * swell(t / seconds)
  const far = 1 - depth + depth * swell(t / seconds - 0.1)

  return [gain * near * left, gain * far * right]
}
