// A bytebeat line: a whole tune in one expression
//
// n counts at 8 kHz. Its bits are the clock: n >> 10 steps about eight times a second, n >> 13 once.
// A number that is multiplied by n and cut to 8 bits is a saw: 8 gives 250 Hz, each unit 31.25 Hz.

const rate = 8000 // try 6000, 11025
const soften = 0.45 // 1 is raw, 0.1 is under a blanket
const width = 1536 // how far the right ear is behind, in counts: 0 is mono
const gain = 0.7

const arp = [8, 10, 12, 15, 16, 15, 12, 10, 9, 10, 12, 15, 18, 15, 12, 10]
const bass = [4, 4, 3, 5, 4, 4, 6, 5]

const line = (n) =>
  (((n * arp[(n >> 10) & 15]) & 255 & (~n >> 2)) >> 1) + // a note that falls apart as it fades
  (((n * bass[(n >> 13) & 7]) >> 3) & 63) + // a saw below: one bit further down is an octave lower
  ((20000 / (n & 4095)) & 60) // a number divided by time: the drum

// Takes away what does not move, which a loudspeaker could not play.
function block() {
  let x1 = 0
  let y1 = 0
  return (x) => {
    y1 = x - x1 + 0.996 * y1
    x1 = x
    return y1
  }
}

function smooth() {
  let y = 0
  return (x, amount) => {
    y += (x - y) * amount
    return y
  }
}

const blockLeft = block()
const blockRight = block()
const smoothLeft = smooth()
const smoothRight = smooth()

const ear = (n) => (line(n) & 255) / 128 - 1

export default (t) => {
  const n = Math.floor(t * rate)
  const near = smoothLeft(ear(n), soften)
  const far = smoothRight(ear(n < width ? 0 : n - width), soften)
  return [gain * blockLeft(0.8 * near + 0.2 * far), gain * blockRight(0.8 * far + 0.2 * near)]
}
