// The sieve
//
// Listen for chords and rhythm that one bitwise AND cuts out of a counter. Change `sieve` first.
// Tags: bytebeat, fractal, generative

const rate = 10000 // counts a second
const sieve = 9 // bits between the tone and its rhythm: 7 is fast, 11 slow
const brightness = 3200 // Hz
const gain = 0.75

// Ratios of a just chord, each with a speaker side of its own.
const chord = [4, 5, 6, 9]
const shifts = [0, 0, 2, 2, -1, -1, 1, 1] // of the chord, in fourths, once in 2^16 counts

// n & (n >> k) keeps the bits that two moments have in common: a triangle of triangles.
const sifted = (n, pace) => (n & (n >> sieve) & (n >> (sieve - pace)) & 255) / 255

const voices = chord.map((ratio, i) => ({
  ratio,
  pace: 1 + i,
  place: [-0.2, 0.6, -0.6, 0.2][i],
  block: highpass(),
  dark: moogLadder(),
}))
const pulse = dcBlock()
const thud = lowpass()
const echoes = pingPong(2)
const room = freeverb()

export default (t) => {
  const n = Math.floor(t * rate)
  const shift = (4 / 3) ** shifts[(n >> 16) & 7]
  let sum = [0, 0]
  for (const { ratio, pace, place, block, dark } of voices) {
    const tone = block(sifted(Math.floor(n * ratio * 0.25 * shift), pace), 110)
    const open = 1 + ((n >> 11) & 3) * pace * 0.4
    sum = addStereo(sum, pan2(dark(tone, brightness * open, 0.2), place))
  }
  // The same counter, divided by itself: a drum.
  const drum = thud(pulse(((9e5 / ((n & 8191) + 60)) & 127) / 127, 20), 300)
  const far = echoes(sum, 3072 / rate, 0.5)
  const wide = addStereo(gainStereo(sum, 0.6), gainStereo(far, 0.25))
  const wet = room(wide, 0.7, 0.4)
  return gainStereo(addStereo(wide, gainStereo(wet, 0.6), [0.7 * drum, 0.7 * drum]), gain)
}
