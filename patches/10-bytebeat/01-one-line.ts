// A tune in one expression
//
// Listen for bits as a clock: lead, bass and drum are three terms of one sum. Change `rate` or a number in `arp` first.
// Tags: bytebeat, chiptune, bits

const rate = 8000 // counts a second: try 6000, 11025
const soften = 5000 // Hz above which the edges are taken off
const width = 1536 // how far the right ear is behind, in counts: 0 is mono
const gain = 0.6

const arp = [8, 10, 12, 15, 16, 15, 12, 10, 9, 10, 12, 15, 18, 15, 12, 10]
const bass = [4, 4, 3, 5, 4, 4, 6, 5]

// n counts up. n >> 10 steps about eight times a second, n >> 13 once. A number multiplied by n and
// cut to 8 bits is a saw: 8 gives 250 Hz.
const line = (n) =>
  (((n * arp[(n >> 10) & 15]) & 255 & (~n >> 2)) >> 1) + // a note that falls apart as it fades
  (((n * bass[(n >> 13) & 7]) >> 3) & 63) + // a saw below: one bit further down is an octave lower
  ((20000 / (n & 4095)) & 60) // a number divided by time: the drum

const ear = (n) => (n < 0 ? 0 : (line(n) & 255) / 128 - 1)

const blocks = [dcBlock(), dcBlock()]
const filters = [lowpass(), lowpass()]

export default (t) => {
  const n = Math.floor(t * rate)
  const near = filters[0](blocks[0](ear(n)), soften)
  const far = filters[1](blocks[1](ear(n - width)), soften)
  return [gain * (0.8 * near + 0.2 * far), gain * (0.8 * far + 0.2 * near)]
}
