// Saw pad
//
// Listen for four voices that slide from chord to chord under a slow filter. Change `detune` first, then `sweepHz`.
// Tags: pad, saw, filter, chords

const detune = slider('detune', 0.18) // how far apart the seven saws of a voice are
const sweepHz = 0.07 // sweeps of the filter a second
const cutoff = 900 // Hz, the middle of the sweep
const octaves = 1.4 // up and down from there
const chordSeconds = 4
const slide = 0.3 // seconds from note to note
const gain = 0.14

// Low voice first: Am9, Fmaj9, Cadd9, G7sus4.
const chords = [
  [45, 55, 60, 71],
  [41, 57, 64, 67],
  [48, 55, 62, 64],
  [43, 53, 60, 62],
]

function voice(index) {
  const saws = superSaw(7)
  const pitch = glide()
  const swell = sine(index / 4)
  return (note) => {
    const level = 0.8 + 0.2 * swell(0.11)
    return gainStereo(saws(pitch(mtof(note), slide), detune(), 0.6), level)
  }
}

const voices = Array.from({ length: 4 }, (_, i) => voice(i))
const left = svf()
const right = svf()
const sweep = sine(0.6)
const room = plateReverb()

export default (t) => {
  const chord = chords[Math.floor(t / chordSeconds) % chords.length]
  let sum = [0, 0]
  for (let i = 0; i < 4; i++) sum = addStereo(sum, voices[i](chord[i]))

  const hz = cutoff * 2 ** (octaves * sweep(sweepHz))
  const dark = [left(sum[0], hz, 1.2).low, right(sum[1], hz * 1.05, 1.2).low]
  return gainStereo(addStereo(dark, gainStereo(room(dark, 0.8), 0.35)), gain)
}
