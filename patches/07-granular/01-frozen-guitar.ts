// A guitar, remembered in grains
//
// Listen for the cloud that stays when the guitar stops. Change `grainSeconds` first, then `pitches`.
// Tags: granular, guitar, freeze, ambient

const grainSeconds = 0.22 // 0.02 is sand, 1 is fog
const density = 20 // grains a second in each cloud
const pitches = [0, 12, -12] // semitones: one cloud for each
const reach = 1.6 // seconds that the grains look back
const cloudLevel = 1.5
const bpm = 84

// Two bars of playing, two bars of remembering. MIDI notes in eighths; 0 is a rest.
const phrase = [45, 57, 64, 60, 67, 64, 71, 64, 41, 57, 60, 64, 69, 64, 72, 67]
const answer = [38, 57, 62, 65, 69, 65, 76, 69, 43, 55, 62, 65, 71, 65, 74, 0]
const bars = phrase.concat(Array(16).fill(0), answer, Array(16).fill(0))

const clock = stepClock(2)
const strings = [pluck(30, 1), pluck(30, 2), pluck(30, 3)]
const clouds = pitches.map((_, i) => granulator(2.6, 16, i + 1))
const drift = lfNoise2(5)
const breath = lfNoise2(6)
const body = lowpass()
const soften = [lowpass(), lowpass()]
const hall = hallReverb()
let place = 0

export default () => {
  const step = clock(bpm)
  if (step >= 0) place = step % bars.length
  const note = step < 0 ? 0 : bars[place]

  // Each string takes every third note, so that the last two go on ringing.
  let played = 0
  for (let i = 0; i < strings.length; i++) {
    const trig = note > 0 && place % 3 === i ? 0.7 + 0.3 * ((place + 1) % 2) : 0
    played += strings[i](trig, mtof(note > 0 ? note : 45), 5, 0.7, 0.28)
  }

  const guitar = body(played, 3200)

  // While the guitar rests, the clouds hold what they heard.
  const frozen = place % 32 >= 14 ? 1 : 0
  const size = grainSeconds * (1 + 0.5 * drift(0.3))
  let left = 0
  let right = 0
  for (let i = 0; i < clouds.length; i++) {
    const spread = reach * (0.6 + 0.4 * breath(0.2))
    const [l, r] = clouds[i](guitar, density, size, pitches[i], spread, frozen)
    left += l / (1 + i)
    right += r / (1 + i)
  }

  left = soften[0](left, 2600)
  right = soften[1](right, 2600)
  const wet = hall([0.4 * guitar + 0.7 * left, 0.4 * guitar + 0.7 * right], 4, 0.4, 0.02)
  return [
    1.1 * guitar + cloudLevel * (left + 0.6 * wet[0]),
    1 * guitar + cloudLevel * (right + 0.6 * wet[1]),
  ]
}
