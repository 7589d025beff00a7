// Warm poly
//
// Listen for the chorus that makes one oscillator wide; play with keys or MIDI. Change `brightness` first.
// Tags: instrument, poly, pad, midi

const brightness = slider('brightness', 900, { min: 80, max: 8000, curve: 'log', unit: 'Hz' })
const resonance = slider('resonance', 0.25)
const sweep = slider('sweep', 1.6, { max: 4, unit: 'octaves' })
const attack = slider('attack', 0.25, { min: 0.003, max: 3, curve: 'log', unit: 's' })
const release = slider('release', 1.4, { min: 0.05, max: 8, curve: 'log', unit: 's' })
const sub = slider('sub', 0.35)
const pulseWidth = slider('pulseWidth', 0.35)
const isWide = toggle('chorus', true)

// Two bars at a time, until you play.
const song = [
  [45, 60, 64, 67],
  [41, 60, 64, 69],
  [48, 60, 62, 67],
  [43, 59, 62, 66],
]
const chordSeconds = 4

// One voice: a saw, a pulse whose width wanders, and a square an octave below.
function makeVoice(i) {
  const bright = saw(0.2 * i)
  const hollow = pulse(0.3 * i)
  const low = square(0.1 * i)
  const wander = sine(0.17 * i)
  const level = adsr()
  const shape = adsr()
  const filter = moogLadder()
  return (v) => {
    const hz = v.hz
    const width = 0.5 + 0.42 * pulseWidth() * wander(0.4 + 0.03 * i)
    const x = 0.5 * bright(hz) + 0.4 * hollow(hz, width) + 0.8 * sub() * low(hz / 2)
    const opens = shape(v.gate, attack(), 2.5, 0.35, release())
    // Harder and higher notes are brighter.
    const follows = (v.note - 60) / 24 + v.velocity - 0.5
    const cutoff = brightness() * 2 ** (sweep() * opens + follows)
    const y = filter(0.4 * x, cutoff, 0.9 * resonance(), 0.2) * (1 + 2 * resonance())
    return y * level(v.gate, attack(), 3, 0.75, release()) * (0.5 + 0.5 * v.velocity)
  }
}

const voices = poly(6, makeVoice)
const keys = keyboard()
const untouched = stopwatch()
const clock = impulse()
const ensemble = [chorus(), chorus()]
const hall = hallReverb()
let chord = -1
let isSinging = false

export default () => {
  // Your first key silences the song; it comes back when the keys have rested for a while.
  const alone = untouched(keys.gate()) > 12 && keys.gate() === 0
  const next = clock(1 / chordSeconds) > 0
  if (isSinging && (next || !alone)) for (const note of song[chord]) voices.off(note)
  if (next) chord = (chord + 1) % song.length
  if (next && alone) for (const note of song[chord]) voices.on(note, note < 50 ? 0.7 : 0.5)
  isSinging = alone && (next || isSinging)

  const x = 0.5 * voices.next()
  const slow = ensemble[0](x, 0.5, 0.35, 0.5)
  const quick = ensemble[1](x, 0.83, 0.2, 0.5)
  const wide = isWide() ? [0.6 * (slow[0] + quick[0]), 0.6 * (slow[1] + quick[1])] : [x, x]
  const wet = hall([0.4 * wide[0], 0.4 * wide[1]], 2.8, 0.4, 0.01)
  return [wide[0] + 0.5 * wet[0], wide[1] + 0.5 * wet[1]]
}
