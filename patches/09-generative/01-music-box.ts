// The music box runs down
//
// Listen for the spring: the waltz slows, and stops short of its last note. 85 s, then silence. Change `spring` first.
// Tags: generative, music box, waltz, piece with an end

const spring = 78 // seconds until it has run down
const bpm = 124 // while it is fully wound
const wear = 0.012 // how far the tines are out of tune, in parts of a semitone per tine
const room = 2.2 // seconds
const gain = 0.7

// Sixteen bars of six eighths; MIDI notes, 0 is a rest.
const melody = [
  [83, 0, 86, 0, 91, 90],
  [88, 0, 0, 0, 83, 0],
  [84, 0, 88, 0, 91, 93],
  [90, 0, 0, 0, 86, 0],
  [91, 0, 90, 88, 86, 83],
  [88, 0, 0, 86, 83, 79],
  [81, 0, 84, 0, 88, 0],
  [86, 84, 83, 81, 78, 0],
  [79, 0, 83, 0, 88, 0],
  [86, 0, 0, 0, 78, 0],
  [79, 0, 84, 0, 88, 0],
  [86, 0, 83, 0, 79, 0],
  [81, 83, 84, 0, 88, 0],
  [90, 0, 88, 0, 86, 0],
  [91, 0, 0, 86, 83, 0],
  [79, 0, 0, 0, 0, 0],
]
// For each bar the bass, and what is struck on its second and third beat.
const left = [
  [55, 67, 71],
  [52, 67, 71],
  [48, 67, 72],
  [50, 66, 72],
  [55, 67, 71],
  [52, 67, 71],
  [57, 64, 72],
  [50, 66, 69],
  [52, 67, 71],
  [47, 66, 71],
  [48, 64, 72],
  [55, 67, 71],
  [57, 64, 72],
  [50, 66, 72],
  [55, 67, 71],
  [55, 62, 67],
]

// A comb of steel tines, one for each semitone from 47 to 93. All of them ring on until they have died away.
const lowest = 47
const tines = Array.from({ length: 47 }, (_, i) => ({
  hz: mtof(lowest + i + wear * ((i * 7) % 5)),
  ring: modal([1, 6.2, 17.3], [1, 0.22, 0.06], [2.4 - 0.03 * i, 0.2, 0.05]),
  pan: (i - 23) / 40,
  strike: 0,
}))

const ratchet = whiteNoise(3)
const ratchetTone = bandpass()
const ratchetLevel = decayEnv()
const case1 = resonator()
const hall = plateReverb()

let seconds = 0
let eighths = 0 // since the beginning, with fraction
let last = -1

export default () => {
  // The spring is even for a while, then gives in.
  const tension = 1 - Math.min(1, seconds / spring) ** 4
  seconds += 1 / sampleRate
  eighths += (tension * bpm) / 30 / sampleRate
  const now = Math.floor(eighths)
  const isNew = now !== last && seconds < spring
  last = now

  if (isNew) {
    const bar = Math.floor(now / 6) % melody.length
    const note = melody[bar][now % 6]
    const low = now % 2 === 0 ? left[bar][(now % 6) / 2] : 0
    // A slack spring plucks softly.
    const force = 0.5 + 0.5 * tension
    if (note > 0) tines[note - lowest].strike = 0.5 * force
    if (low > 0) tines[low - lowest].strike = (now % 6 === 0 ? 0.28 : 0.15) * force
  }

  let x = 0
  let y = 0
  for (let i = 0; i < tines.length; i++) {
    const t = tines[i]
    const [l, r] = pan2(t.ring(t.strike, t.hz), t.pan)
    t.strike = 0
    x += l
    y += r
  }

  // Clockwork, and the wooden case around it.
  const click = ratchetLevel(isNew ? 0.2 + 0.3 * tension : 0, 0.02)
  const work = 0.12 * click * ratchetTone(ratchet(), 3100, 2)
  // Each sample makes a resonator ring anew, so that it is louder where more of them make a second.
  const wood = (14400 / sampleRate) * case1(0.06 * (x + y) + work, 310, 0.12)

  const wet = hall([x + 0.3 * work, y], clamp(0.3 + 0.12 * room, 0, 0.8), 0.35)
  return [
    gain * (0.62 * x + work + wood + 0.28 * wet[0]),
    gain * (0.62 * y + work + wood + 0.28 * wet[1]),
  ]
}
