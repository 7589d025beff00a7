// Glass ceiling
//
// Listen for the octaves that pile up behind each chord. Change `climb` first: 7 stacks fifths, -12 sinks.
// Tags: ambient, shimmer, pad, reverb

const chordSeconds = 9
const climb = 12 // semitones each time round
const shine = 0.55 // how much goes round, up to 0.9
const tail = 9 // seconds
const brightness = 900 // Hz

// MIDI notes, low to high: neighbours share as many as they can, so the room stays in tune with itself.
const chords = [
  [38, 57, 62, 64, 66],
  [35, 54, 62, 64, 69],
  [31, 57, 59, 62, 66],
  [40, 55, 59, 62, 66],
  [33, 52, 59, 62, 64],
]

const voices = chords[0].map((_, i) => ({
  tone: superSaw(3, i + 1),
  pitch: glide(),
  swell: asr(),
}))
const filters = [lowpass(), lowpass()]
const sway = sine()
const sub = sine()
const subPitch = glide()
const sparkle = fmPair()
const sparkleLevel = perc()
const pick = choose([0, 1, 2, 3, 4], 8)
const drops = dust(3)
const sparklePan = sampleHold()
const side = lfNoise0(4)
const room = shimmer()
const clock = phasor()

let chord = -1
let before = 2

export default () => {
  const place = clock(1 / chordSeconds)
  if (place < before) chord = (chord + 1) % chords.length
  before = place
  const notes = chords[chord]

  let left = 0
  let right = 0
  for (let i = 0; i < voices.length; i++) {
    const v = voices[i]
    // The notes enter one after the other and let go before the next chord.
    const gate = place > 0.05 * i && place < 0.72 + 0.03 * i ? 1 : 0
    const level = v.swell(gate, 2.4, 6)
    const [l, r] = v.tone(v.pitch(mtof(notes[i]), 0.02), 0.12, 0.6)
    left += level * l
    right += level * r
  }
  const swell = place < 0.5 ? smoothstep(place, 0, 0.4) : 1 - 0.7 * smoothstep(place, 0.6, 1)
  const hz = brightness * (0.5 + 1.1 * swell + 0.3 * sway(0.13))

  // Now and then a drop of glass: a note of the chord, two octaves up.
  const drop = drops(0.8)
  const ring = sparkleLevel(drop > 0 ? 0.4 + 0.6 * drop : 0, 0.003, 2.5)
  const note = notes[1 + (pick(drop) % 4)] + 24
  const glass = ring * sparkle(mtof(note), 3.01, 1.1 * ring)
  const at = sparklePan(side(50), drop)
  const [glassLeft, glassRight] = pan2(0.1 * glass, 0.8 * at)

  const low = 0.06 * sub(subPitch(mtof(notes[0]), 1.5))
  left = 0.075 * filters[0](left, hz) + glassLeft
  right = 0.075 * filters[1](right, hz) + glassRight
  const wet = room([0.8 * left, 0.8 * right], tail, shine, climb)
  return [0.7 * left + low + 0.85 * wet[0], 0.7 * right + low + 0.85 * wet[1]]
}
