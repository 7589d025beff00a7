// FM bells in a large room
//
// One sine bends the phase of another. When their frequencies do not fit together the result is a
// bell (Chowning, 1973). The bending fades faster than the loudness: bright at first, pure at the end.

const ratio = 1.4 // modulator against carrier: 1.4 and 3.53 are bells, 2 and 3 are more like organs
const bend = 4 // brightness of the strike, in radians of phase
const decaySeconds = 3.2
const bpm = 143
const density = 0.5 // how many of the beats have a bell, 0 to 1
const space = 0.5 // loudness of the room
const gain = 0.7

// Semitones above E4: a scale without wrong notes.
const scale = [-12, 0, 2, 5, 7, 9, 12, 14, 17, 19, 24]

const hz = (semitones) => 329.63 * Math.pow(2, semitones / 12)

// Numbers from 0 to 1 without order, the same ones each time.
function dice(seed) {
  let x = seed
  return () => {
    x = (Math.imul(x, 1103515245) + 12345) & 0x7fffffff
    return (x >> 8) / 0x800000
  }
}

// A bell is two closures that share their variables: one strikes it, the other sounds it.
function bell() {
  let f = 330
  let carrier = 0 // phases, in turns
  let modulator = 0
  let struck = 0 // loudness it is going to
  let loud = 0
  let bright = 0
  return {
    strike: (pitch, force) => {
      f = pitch
      struck = force
      bright = force
    },
    sound: () => {
      // High bells die sooner than low ones.
      const seconds = decaySeconds * Math.sqrt(330 / f)
      struck -= struck * (3 / (seconds * sampleRate))
      bright -= bright * (9 / (seconds * sampleRate))
      loud += (struck - loud) * (400 / sampleRate) // 3 ms to rise, so no click
      carrier += f / sampleRate
      modulator += (f * ratio) / sampleRate
      carrier -= Math.floor(carrier)
      modulator -= Math.floor(modulator)
      const turn = 2 * Math.PI
      const ringing = Math.sin(turn * carrier + bend * bright * Math.sin(turn * modulator))
      return loud * ringing
    },
  }
}

// A delay that feeds back through a lowpass, so that each echo is darker than the one before.
function echo(seconds, feedback) {
  const line = new Float64Array(Math.round(seconds * sampleRate))
  let at = 0
  let dark = 0
  return (x) => {
    const y = line[at]
    dark += (y - dark) * 0.35
    line[at] = x + feedback * dark
    at = at + 1 < line.length ? at + 1 : 0
    return y
  }
}

const roll = dice(7)
const bells = Array.from({ length: 8 }, bell)
const roomLeft = [0.211, 0.337, 0.451, 0.613].map((s) => echo(s, 0.62))
const roomRight = [0.229, 0.353, 0.479, 0.587].map((s) => echo(s, 0.62))

let next = 0 // the bell that is struck next: the one that has rung the longest
let degree = 5
let last = -1 // the beat of the frame before

export default () => {
  const beat = Math.floor(currentBeat)
  if (beat !== last) {
    last = beat
    // Wander up and down the scale, and turn round at its ends.
    degree += Math.floor(roll() * 5) - 2
    if (degree < 1) degree = 2
    if (degree > 10) degree = 8
    if (beat % 8 === 0) {
      bells[next].strike(hz(scale[beat % 16 === 0 ? 0 : 1]), 0.5)
      next = (next + 1) % bells.length
    }
    if (beat % 8 === 0 || roll() < density) {
      bells[next].strike(hz(scale[degree]), 0.4 + 0.4 * roll())
      next = (next + 1) % bells.length
    }
  }

  let left = 0
  let right = 0
  for (let i = 0; i < bells.length; i++) {
    const y = bells[i].sound()
    const pan = 0.2 + (0.6 * i) / (bells.length - 1)
    left += y * (1 - pan)
    right += y * pan
  }

  let farLeft = 0
  let farRight = 0
  for (let i = 0; i < 4; i++) {
    farLeft += roomLeft[i](0.7 * left + 0.3 * right)
    farRight += roomRight[i](0.7 * right + 0.3 * left)
  }
  return [gain * (left + 0.3 * space * farLeft), gain * (right + 0.3 * space * farRight)]
}
