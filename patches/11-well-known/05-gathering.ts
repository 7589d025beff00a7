// Thirty voices find a chord
//
// Listen for a swarm that becomes one enormous chord, and lets go of it again. Change `chord` first, then `gather`.
// Tags: saw, swarm, cinema, chord, glissando

const gather = 7 // seconds of swarm before they begin to move
const travel = 5 // seconds until the last has arrived
const hold = 9 // seconds of the chord
const rest = 4 // seconds to fall apart
const chord = [26, 38, 45, 50, 57, 62, 66, 69, 74, 78, 86] // notes, low to high
const gain = 0.3

const cycle = gather + travel + hold + rest

// Each voice wanders about on its own between 150 and 400 Hz, and knows where it belongs.
function voice(index) {
  const wave = saw(index / 30)
  const wander = lfNoise2(index + 1)
  const restless = 0.2 + 0.5 * ((index * 0.618) % 1)
  const home = chord[index % chord.length] + 0.07 * ((index % 3) - 1)
  const early = ((index * 7) % 30) / 30 // when it sets out, from first to last
  const place = 2 * ((index * 0.382) % 1) - 1
  return (time) => {
    const free = 57 + 9 * wander(restless)
    const there = smoothstep(time, gather + early, gather + travel - 1.2 + early)
    const gone = smoothstep(time, cycle - rest + early, cycle)
    const arrived = there * (1 - gone)
    const note = free + (home - free) * arrived
    // High voices are softer, and the swarm is softer than the chord.
    const level = (0.35 + 0.65 * arrived) * (1 - 0.45 * smoothstep(note, 50, 90))
    return pan2(level * wave(mtof(note)), place * (0.4 + 0.6 * arrived))
  }
}

const voices = Array.from({ length: 30 }, (_, i) => voice(i))
const left = lowpass()
const right = lowpass()
const hall = hallReverb()

export default (t) => {
  const time = t % cycle
  let sum = [0, 0]
  for (let i = 0; i < voices.length; i++) sum = addStereo(sum, voices[i](time))

  // It opens while they gather.
  const open = smoothstep(time, 0, gather + travel) * (1 - smoothstep(time, cycle - rest, cycle))
  const hz = 500 * 2 ** (4.6 * open)
  const dark = [left(sum[0], hz), right(sum[1], hz)]
  const level = gain * (0.2 + 0.02 * open)
  return gainStereo(addStereo(dark, gainStereo(hall(dark, 4, 0.25), 0.5)), level)
}
