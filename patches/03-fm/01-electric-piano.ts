// Electric piano, as on a DX7
//
// Listen for the bark of hard notes and the glass of soft ones. Change `tine` first, then `bark`.
// Tags: piano, keys, fm, chords, ballad

const bpm = 68
const tine = 0.8 // the glassy ring at the start, from 0 to 1
const bark = 1.7 // how a hard note growls
const tremolo = 0.35 // from side to side
const gain = 0.62

// What each half bar plays, low notes first.
const chords = ['Ebmaj9', 'Cm9', 'Fm9', 'Bb13', 'Gm7', 'Cm11', 'Abmaj9', 'Bb9']
const lefts = [39, 36, 41, 34, 43, 36, 44, 34]
const voicings = chords.map((name) => chordNotes(name, 4).map((n) => (n > 74 ? n - 12 : n)))

// Eight steps in a half bar: which note of the chord sounds (0 is the bass, 9 all of the right hand), and how hard.
const fingers = [9, -1, 3, 2, 0, 4, 3, 1]
const touch = [0.75, 0, 0.45, 0.4, 0.5, 0.65, 0.4, 0.5]

// Two pairs of sines, as in the famous sound: one with a modulator at its own pitch, which barks, and
// one at fourteen times its pitch, which is the metal tine.
function note() {
  const body = fmPair()
  const metal = fmPair()
  const level = perc()
  const colour = perc()
  const ring = perc()
  let hz = 220
  let force = 0
  return (trig, midi) => {
    if (trig > 0) {
      hz = mtof(midi)
      force = trig
    }
    const seconds = 5 * (220 / hz) ** 0.5
    const loud = level(trig, 0.002, seconds)
    const growl = bark * force * colour(trig, 0.001, 0.7 * seconds)
    const glass = tine * ring(trig, 0.001, 0.6)
    return loud * body(hz, 1, growl) + 0.35 * glass * metal(hz * 1.001, 14, 0.5 * force)
  }
}

const notes = Array.from({ length: 12 }, () => ({ play: note(), midi: 60, trig: 0 }))
const clock = stepClock(4, 0.08)
const pan = sine()
const stir = chorus()
const room = plateReverb()
let next = 0

function press(midi, force) {
  notes[next].midi = midi
  notes[next].trig = force * (0.85 + 0.15 * Math.random())
  next = (next + 1) % notes.length
}

export default () => {
  const step = clock(bpm)
  if (step >= 0) {
    const half = Math.floor(step / 8) % chords.length
    const finger = fingers[step % 8]
    const right = voicings[half]
    const force = touch[step % 8]
    if (step % 8 === 0) press(lefts[half], 0.7)
    if (finger === 9) for (let i = 0; i < 4; i++) press(right[i], force)
    else if (finger === 0) press(lefts[half] + 12, force)
    else if (finger > 0) press(right[finger % right.length] + (step % 16 > 11 ? 12 : 0), force)
  }

  let x = 0
  for (const one of notes) {
    x += one.play(one.trig, one.midi)
    one.trig = 0
  }
  const warm = stir(0.5 * x, 0.7, 0.3, 0.35)
  const side = tremolo * pan(4.6)
  const dry = balance(warm, side)
  return gainStereo(addStereo(dry, gainStereo(room(dry, 0.55), 0.25)), gain)
}
