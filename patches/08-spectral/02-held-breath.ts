// Held breath
//
// Listen for the moment after each chord, when its spectrum is held and does not fade. Change `catchSeconds` first.
// Tags: spectral, freeze, piano, ambient

const catchSeconds = 0.35 // after the stroke: early catches the hammer, late the strings
const holdSeconds = 5.2
const held = 0.4 // loudness of what is held
const struck = 0.5 // loudness of the piano
const window = 1024 // frames of a spectrum

const chords = [
  [45, 52, 60, 64, 71],
  [41, 52, 57, 64, 67],
  [48, 55, 59, 62, 64],
  [43, 50, 59, 62, 69],
  [38, 53, 57, 60, 64],
  [40, 50, 55, 59, 66],
]

// A string of the piano: a sine that modulates another, less and less.
const strings = chords[0].map((_, i) => ({
  tone: fmPair(),
  level: perc(),
  pitch: sampleHold(),
  pan: (i - 2) / 3,
}))

const freezer = spectralFreeze(window)
const heldLevel = asr()
const heldTone = lowpass()
const around = autoPan()
const clock = phasor(0.999)
const hall = hallReverb()
const sway = sine()
let count = -1
let before = 0

export default () => {
  const place = clock(1 / holdSeconds)
  const struckNow = place < before
  if (struckNow) count += 1
  before = place
  const chord = chords[Math.max(0, count) % chords.length]
  const seconds = place * holdSeconds

  let left = 0
  let right = 0
  for (let i = 0; i < strings.length; i++) {
    const s = strings[i]
    const strike = struckNow ? 1 : 0
    const hz = s.pitch(mtof(chord[i]), strike)
    const level = s.level(strike, 0.002, 4 - 0.4 * i)
    const y = level * s.tone(hz, 1, 2 * level)
    const [l, r] = pan2(y, s.pan)
    left += l
    right += r
  }
  // Held from the catch until shortly before the next chord, and faded in and out in between.
  const still = freezer(0.5 * (left + right), seconds > catchSeconds ? 1 : 0)
  const isHeld = seconds > catchSeconds + 0.1 && seconds < holdSeconds - 0.9 ? 1 : 0
  const level = heldLevel(isHeld, 1.2, 1.6)
  const air = around(level * heldTone(still, 1600 + 1100 * sway(0.07)), 0.11, 0.7)

  const wet = hall([0.2 * left + 0.3 * air[0], 0.2 * right + 0.3 * air[1]], 5, 0.4, 0.02)
  return [
    0.3 * struck * left + held * air[0] + 0.55 * wet[0],
    0.3 * struck * right + held * air[1] + 0.55 * wet[1],
  ]
}
