// One sine bends another
//
// Listen for three tones that open into brass and glass. Change `ratio` and `depth` first.
// Tags: modulation, fm, drone

const ratio = 2 // of the bending sine to the bent one: try 1, 3, 1.41
const depth = 0.5 // how far it bends, in turns of the phase
const waveHz = 0.09 // how often a tone opens and closes
const vibratoHz = 4.5
const gain = 0.16

const chords = [
  [45, 57, 64], // notes as on a piano: 60 is the middle C
  [41, 57, 65],
  [48, 55, 64],
  [43, 55, 62],
]
const chordSeconds = 7

// Slow modulation is heard as movement, fast modulation as another colour.
function voice(start) {
  const carrier = sine()
  const modulator = sine()
  const wave = sine(start) // the slowest: opens and closes the tone
  const vibrato = sine(start) // the slow one: moves the pitch
  const slide = glide()
  return (note) => {
    const hz = slide(mtof(note), 0.4) * (1 + 0.003 * vibrato(vibratoHz))
    const open = 0.5 + 0.5 * wave(waveHz)
    return (0.4 + 0.6 * open) * carrier(hz, depth * open * open * modulator(hz * ratio))
  }
}

const voices = [voice(0), voice(0.33), voice(0.66)]
const room = plateReverb()

export default (t) => {
  const chord = chords[Math.floor(t / chordSeconds) % chords.length]
  const low = voices[0](chord[0])
  const middle = voices[1](chord[1])
  const high = 0.7 * voices[2](chord[2])
  const dry = [low + middle + 0.3 * high, low + 0.3 * middle + high]
  return gainStereo(addStereo(dry, gainStereo(room(dry, 0.7), 0.5)), gain)
}
