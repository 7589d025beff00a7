// Saw pad: four voices of detuned saws through a filter
//
// The chord moves every few seconds and each voice slides to its next note.

const detune = 0.004 // how far apart the saws of a voice are; 0 is thin, 0.02 is a hive
const glide = 0.25 // seconds to slide from note to note
const chordSeconds = 4
const brightness = 900 // Hz, the middle of the filter's sweep
const sweep = 1.2 // octaves up and down
const sweepHz = 0.07 // sweeps a second
const resonance = 0.35 // 0 to 0.95
const gain = 0.5

// Semitones from middle C, low voice first: Am9, Fmaj9, Cadd9, G7sus4.
const chords = [
  [-15, -5, 0, 11],
  [-19, -3, 4, 7],
  [-12, -5, 2, 4],
  [-17, -7, 0, 2],
]

const hz = (semitones) => 261.626 * Math.pow(2, semitones / 12)

// A saw without the harsh edge: where it jumps back, a short polynomial rounds the corner (PolyBLEP).
function saw(start) {
  let phase = start
  return (f) => {
    const step = f / sampleRate
    phase += step
    if (phase >= 1) phase -= 1
    let y = 2 * phase - 1
    if (phase < step) {
      const x = phase / step - 1
      y += x * x
    } else if (phase > 1 - step) {
      const x = (phase - 1) / step + 1
      y -= x * x
    }
    return y
  }
}

// Follows its target, covering most of the way in the given time.
function slide(value) {
  let now = value
  return (target, seconds) => {
    now += (target - now) * Math.min(1, 3 / (seconds * sampleRate))
    return now
  }
}

// State variable filter, lowpass output. g is tan(pi * cutoff / sampleRate), shared by both channels.
function lowpass() {
  let low = 0
  let band = 0
  return (x, g, k) => {
    const high = (x - low - (g + k) * band) / (1 + g * (g + k))
    const newBand = band + g * high
    const newLow = low + g * newBand
    band = newBand + g * high
    low = newLow + g * newBand
    return newLow
  }
}

// A voice: one saw in the middle, one a little flat to the left, one a little sharp to the right.
function voice(i) {
  const pitch = slide(hz(chords[0][i]))
  const middle = saw(i * 0.21)
  const flat = saw(i * 0.37 + 0.1)
  const sharp = saw(i * 0.13 + 0.2)
  const out = { left: 0, right: 0 }
  return (semitones) => {
    const f = pitch(hz(semitones), glide)
    const m = middle(f)
    const a = flat(f * (1 - detune))
    const b = sharp(f * (1 + detune))
    out.left = m + a + 0.3 * b
    out.right = m + b + 0.3 * a
    return out
  }
}

const voices = Array.from({ length: 4 }, (_, i) => voice(i))
const filterLeft = lowpass()
const filterRight = lowpass()

export default (t) => {
  const chord = chords[Math.floor(t / chordSeconds) % chords.length]
  let left = 0
  let right = 0
  for (let i = 0; i < voices.length; i++) {
    const v = voices[i](chord[i])
    left += v.left
    right += v.right
  }
  const octaves = sweep * Math.sin(2 * Math.PI * sweepHz * t)
  const cutoff = Math.min(brightness * Math.pow(2, octaves), 0.45 * sampleRate)
  const g = Math.tan(Math.PI * cutoff / sampleRate)
  const k = 2 - 2 * resonance
  const level = gain / 4
  return [level * filterLeft(left, g, k), level * filterRight(right, g, k)]
}
