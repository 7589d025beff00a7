// Bells in a large room
//
// Listen for the strike: bright at first, pure at the end. Change `ratio` first, then `density`.
// Tags: bells, fm, random, calm

const ratio = 1.4 // modulator to carrier: 1.4 and 3.53 are bells, 2 and 3 more like organs
const bend = 4 // brightness of the strike, in radians
const seconds = 4.5 // until a bell on the middle of the scale has faded
const bpm = 143
const density = 0.5 // how many of the beats have a bell, from 0 to 1
const gain = 0.33

// Semitones above E4: a scale without wrong notes.
const scale = [-12, 0, 2, 5, 7, 9, 12, 14, 17, 19, 24]

// When the frequencies of two sines do not fit together, the one that bends the other makes a bell.
// The bending fades faster than the loudness.
function bell() {
  const tone = fmPair()
  const loud = perc()
  const bright = perc()
  let hz = 330
  return (strike, semitones) => {
    if (strike > 0) hz = 329.63 * semiRatio(semitones)
    const length = seconds * Math.sqrt(330 / hz)
    return loud(strike, 0.003, length) * tone(hz, ratio, bend * bright(strike, 0.001, 0.4 * length))
  }
}

const bells = Array.from({ length: 8 }, (_, i) => ({
  ring: bell(),
  strike: 0,
  note: 0,
  side: i / 4 - 0.9,
}))
const clock = stepClock(1)
const hall = hallReverb()
let next = 0 // the bell that has rung the longest
let place = 5 // on the scale

function strike(note, force) {
  bells[next].note = note
  bells[next].strike = force
  next = (next + 1) % bells.length
}

export default () => {
  const beat = clock(bpm)
  if (beat >= 0) {
    // Wander up and down the scale, and turn round at its ends.
    place = fold(place + Math.floor(Math.random() * 5) - 2, 1, scale.length - 1)
    if (beat % 8 === 0) strike(scale[beat % 16 === 0 ? 0 : 1], 0.55)
    if (Math.random() < density) strike(scale[place], 0.4 + 0.4 * Math.random())
  }
  let sum = [0, 0]
  for (const one of bells) {
    sum = addStereo(sum, pan2(one.ring(one.strike, one.note), one.side))
    one.strike = 0
  }
  return gainStereo(addStereo(sum, gainStereo(hall(sum, 5, 0.3, 0.04), 0.6)), gain)
}
