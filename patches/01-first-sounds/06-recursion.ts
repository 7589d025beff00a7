// A melody that calls itself
//
// Listen for a walk that never repeats. Change `bold` or `scale` first: the walk continues from where it is.
// Tags: recursion, scheduling, random, melody

const scale = scaleNotes('majorPentatonic')
const root = 62
const seconds = 0.22 // of the shortest note
const bold = 3 // how far it may jump, in steps of the scale
const gain = 0.3

// A tone that fades, and its octave, which fades sooner.
function tine() {
  const low = sine()
  const high = sine()
  const long = perc()
  const short = perc()
  return (strike, hz) => {
    const body = long(strike, 0.004, 2.2) * low(hz)
    return body + 0.4 * short(strike, 0.002, 0.5) * high(2.01 * hz)
  }
}

const tines = Array.from({ length: 6 }, () => ({ sound: tine(), hz: 440, strike: 0 }))
const echoes = pingPong(1)
let next = 0
let place = 0

// Plays a note, decides how long it is, and calls itself again when it is over.
function walk() {
  place += Math.round(bold * (2 * Math.random() - 1))
  place = fold(place, -5, 9)
  const tine = tines[next]
  tine.hz = mtof(degree(place, scale, root))
  tine.strike = 0.4 + 0.6 * Math.random()
  next = (next + 1) % tines.length
  after(seconds * [1, 1, 2, 2, 4][Math.floor(5 * Math.random())], walk)
}
after(0, walk)

export default () => {
  let x = 0
  for (const tine of tines) {
    x += tine.sound(tine.strike, tine.hz)
    tine.strike = 0
  }
  const far = echoes([x, 0], 3 * seconds, 0.5)
  return [gain * (x + 0.4 * far[0]), gain * (x + 0.4 * far[1])]
}
