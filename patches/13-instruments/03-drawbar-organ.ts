// Drawbar organ
//
// Listen for the horn that speeds up at the end of each line. Change `registration` first, play, and flip `fast`.
// Tags: instrument, organ, rotary, midi

const registration = '888600035' // how far each drawbar is pulled, 0 to 8, from 16' to 1'
const fast = toggle('fast') // the rotor
const percussion = slider('percussion', 0.5) // the first key of a chord
const drive = slider('drive', 0.3) // of the valve amplifier
const pedalLevel = slider('pedalLevel', 0.5)
const click = 0.25 // of the contacts

// Pipes in feet are harmonics of a tone an octave below the key.
const harmonicsOfBars = [1, 3, 2, 4, 6, 8, 10, 12, 16]
const levels = Array(16).fill(0)
for (let i = 0; i < 9; i++) levels[harmonicsOfBars[i] - 1] = db(-3 * (8 - Number(registration[i])))
for (let i = 0; i < 9; i++) if (registration[i] === '0') levels[harmonicsOfBars[i] - 1] = 0

function makeVoice() {
  const wheels = harmonics(levels)
  const contact = asr()
  const spark = decayEnv()
  const noise = whiteNoise(5)
  const tick = bandpass()
  return (v) => {
    const on = contact(v.gate, 0.004, 0.03)
    const scratch = click * spark(v.trig, 0.012) * tick(noise(), 2600, 0.7)
    return on * wheels(v.hz / 2) + scratch
  }
}

const manual = poly(10, makeVoice)
const keys = keyboard()
const untouched = stopwatch()
const firstKey = edge()
const ping = decayEnv()
const pinged = sampleHold()
const chime = sine()

// Eight bars for the empty stool, in 12/8: a bass note, and the chord above it.
const bpm = 76
const basses = [36, 36, 41, 41, 36, 33, 38, 43]
const chords = [
  [60, 64, 67],
  [60, 64, 70],
  [60, 65, 69],
  [60, 65, 68],
  [60, 64, 67],
  [61, 64, 67],
  [60, 66, 69],
  [59, 65, 69],
]
// Full strokes are held until the next one, the others are short.
const rhythm = pattern('9..6.69..6.6 9..6.69.6.66')
const clock = stepClock(3)
let sounding = -1 // the chord that is held, -1 is none
let isShort = false
let bar = 0

const pedals = [sine(), sine()]
const pedalHz = glide()
const pedalGate = asr()
const valve = tube()
const cabinet = rotary()
const room = plateReverb()

export default () => {
  const step = clock(bpm)
  const alone = untouched(keys.gate()) > 8 && keys.gate() === 0
  if (step >= 0) bar = Math.floor(step / 12) % 8
  const strength = step >= 0 && alone ? rhythm[step % rhythm.length] : 0
  if (sounding >= 0 && (!alone || strength > 0 || (isShort && step >= 0))) {
    for (const note of chords[sounding]) manual.off(note)
    sounding = -1
  }
  if (strength > 0) {
    sounding = bar
    isShort = strength < 1
    for (const note of chords[sounding]) manual.on(note, strength)
  }

  const played = manual.next() / 3
  const hit = alone ? strength : firstKey(keys.gate())
  const hz = pinged(alone ? mtof(chords[bar][2]) : keys.hz(), hit)
  const bell = 0.5 * percussion() * ping(hit, 0.35) * chime(3 * hz)

  const low = pedalHz(mtof(basses[bar]), 0.01)
  const foot = pedalGate(alone ? 1 : 0, 0.01, 0.3) * (pedals[0](low) + 0.5 * pedals[1](2 * low))

  const amp = valve(0.5 * (played + bell), 0.5 + 5 * drive(), 0.3)
  const spin = alone ? Number(bar % 4 === 3) : fast()
  const [left, right] = cabinet(0.5 * amp + 0.22 * pedalLevel() * foot, spin)
  const wet = room([0.4 * left, 0.4 * right], 0.55, 0.3)
  return [0.6 * left + 0.25 * wet[0], 0.6 * right + 0.25 * wet[1]]
}
