// Three clocks
//
// Listen for three patterns of different length that never line up the same way. Change `bpm` or a pattern first.
// Tags: scheduling, polymetre, drums, melody

const bpm = 108
const lowNotes = [38, 38, 50, 41, 38, 36, 48] // seven
const highNotes = [62, 69, 65, 72, 74] // five
const gain = 0.32

const beat = 60 / bpm

// A trigger is a number above 0 for one frame: the clock sets it, the frame that plays it clears it.
let lowTrig = 0
let highTrig = 0
let kickTrig = 0
let hatTrig = 0
let lowNote = 38
let highNote = 62
let shift = 0 // semitones by which both are moved
let bright = 0 // how far the bass opens, from 0 to 1

// Each calls its function again and again, at its exact frame, and keeps its place through your edits. The slowest
// moves the others.
every(beat * 16, (time, count) => {
  shift = [0, 3, -2, 5][count % 4]
})
every(beat / 2, (time, count) => {
  lowTrig = count % 3 === 0 ? 1 : 0.6
  lowNote = lowNotes[count % lowNotes.length] + shift
  bright = 0.5 - 0.5 * Math.cos(count / 40)
})
every(beat * 0.75, (time, count) => {
  // It leaves out every fourth round.
  highTrig = Math.floor(count / 20) % 4 < 3 ? 0.4 + 0.6 * Math.random() : 0
  highNote = highNotes[count % highNotes.length] + shift
})
every(beat / 4, (time, count) => {
  hatTrig = count % 4 === 2 ? 0.8 : 0.25
  if (count % 4 === 0) kickTrig = 1
  // A second kick, early, at the end of every eighth bar.
  if (count % 128 === 126) kickTrig = 0.7
})

const bass = perc()
const wave = saw()
const filter = lowpass()
const bell = fmPair()
const ring = perc()
const kick = kickDrum()
const hat = hiHat()
const echoes = pingPong(2)

export default () => {
  const low = filter(
    wave(mtof(lowNote)),
    150 + (900 + 2400 * bright) * bass(lowTrig, 0.005, 0.35),
    2,
  )
  const loud = ring(highTrig, 0.002, 0.9)
  const high = loud * bell(mtof(highNote), 3, 2 * loud)
  const drums = kick(kickTrig) + 0.35 * hat(hatTrig)
  lowTrig = highTrig = kickTrig = hatTrig = 0

  const far = echoes([0.3 * high, 0], beat * 0.75, 0.55)
  const dry = drums + 0.6 * low + 0.36 * high
  return [gain * (dry + far[0]), gain * (dry + far[1])]
}
