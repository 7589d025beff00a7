// A factory of sines
//
// Listen for an organ that breathes. Change `roots` first, or add one more line to the chord.
// Tags: sine, closure, chord

const roots = [110, 87.31, 130.81, 98] // Hz
const seconds = 6 // for each chord
const breath = 0.13 // breaths a second
const gain = 0.22

// Each call makes another sine, with a phase of its own that only it can see.
function sine(start) {
  let phase = start
  return (hz) => {
    phase += hz / sampleRate
    if (phase >= 1) phase -= 1
    return Math.sin(2 * Math.PI * phase)
  }
}

const low = sine(0)
const fifth = sine(0)
const octave = sine(0)
const third = sine(0)
const glow = sine(0)

// The same factory makes what moves them: slow sines, which start at different places.
const breathOfFifth = sine(0)
const breathOfOctave = sine(0.3)
const breathOfThird = sine(0.6)
const breathOfGlow = sine(0.8)

let root = roots[0]

export default (t) => {
  const target = roots[Math.floor(t / seconds) % roots.length]
  root += ((target - root) * 8) / sampleRate

  // From silence to full and back.
  const swell = (x) => 0.5 + 0.5 * x
  const a = low(root)
  const b = swell(breathOfFifth(breath)) * fifth(root * 1.5)
  const c = swell(breathOfOctave(breath * 1.31)) * octave(root * 2.004)
  const d = swell(breathOfThird(breath * 0.77)) * third(root * 2.5)
  const e = swell(breathOfGlow(breath * 1.7)) * glow(root * 6) * 0.25
  return [gain * (a + b + 0.4 * c + d + e), gain * (a + 0.4 * b + c + 0.7 * d - e)]
}
