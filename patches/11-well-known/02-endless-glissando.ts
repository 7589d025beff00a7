// Risset's endless glissando
//
// Listen for a fall that never arrives. Change `seconds` first, then `chord`.
// Tags: risset, shepard, illusion, additive, drone

const seconds = 16 // to fall by one octave; a negative number rises
const chord = [1, 1.5, 1.26] // ratios of the tones that fall together
const lowest = 24 // Hz
const octaves = 9
const vibrato = 0.002
const gain = 0.12

// Each tone of the chord is a row of sines an octave apart, which fall together. One is so soft that
// nobody hears when it leaves at the bottom and another enters at the top (Risset, 1968).
function spiral(ratio, index) {
  const partials = Array.from({ length: octaves }, (_, i) => ({ tone: sine(i / octaves), step: i }))
  const shake = sine(index / 3)
  const sway = sine(index / 3)
  const start = index / chord.length
  return (turns) => {
    const bend = 1 + vibrato * shake(4.7 + index)
    const beating = 1 + 0.0012 * (index - 1)
    let left = 0
    let right = 0
    for (const { tone, step } of partials) {
      // From 0 at the bottom to 1 at the top; the loudness is a bell in between.
      const height = frac((step + start - turns) / octaves)
      const level = Math.sin(Math.PI * height) ** 3
      const hz = lowest * ratio * 2 ** (height * octaves) * bend * beating
      const y = level * tone(hz)
      const side = 0.5 + 0.45 * Math.sin(TAU * (height * 2 + index / 3))
      left += y * side
      right += y * (1 - side)
    }
    const swell = 0.75 + 0.25 * sway(0.05 + 0.013 * index)
    return [swell * left, swell * right]
  }
}

const spirals = chord.map((ratio, i) => spiral(ratio, i))
const hall = hallReverb()

let turns = 0

export default () => {
  turns = mod(turns + 1 / (seconds * sampleRate), octaves)
  let sum = [0, 0]
  for (let i = 0; i < spirals.length; i++) sum = addStereo(sum, spirals[i](turns))
  return gainStereo(addStereo(sum, gainStereo(hall(sum, 6, 0.3), 0.5)), gain)
}
