// Solo lead
//
// Listen for legato: notes that touch glide and keep their breath. Change `glideSeconds` first, then `bite`.
// Tags: instrument, mono, lead, midi

const glideSeconds = 0.09
const cutoff = slider('cutoff', 700, { min: 100, max: 8000, curve: 'log', unit: 'Hz' })
const resonance = slider('resonance', 0.45)
const bite = slider('bite', 2.2, { max: 5, unit: 'octaves' }) // how far a new note opens the filter
const spread = slider('spread', 0.35) // between the two saws
const echoes = slider('echoes', 0.35)
const wheel = cc(1, 0) // the modulation wheel

// A phrase for nobody: MIDI notes in eighths; 0 rests, -1 holds.
const bpm = 84
const phrase = [
  57, -1, 60, 64, -1, 67, 69, -1, 67, -1, 64, 60, 62, -1, -1, 0, 57, -1, 60, 64, -1, 69, 72, -1, 71,
  69, 67, 64, 69, -1, -1, 0,
]
const pedal = [33, 29, 31, 33]

const keys = keyboard({ glide: glideSeconds, bendRange: 2 })
const untouched = stopwatch()
const clock = stepClock(2, 0.1)
const ghostGlide = glide()
let note = 57
let ghostGate = 0
let bar = 0

const upper = saw()
const lower = saw(0.4)
const low = square()
const level = adsr()
const pluckEnv = perc()
const filter = moogLadder()
const block = dcBlock()
const vibrato = sine()
const vibratoFades = lag()
const delays = pingPong(2)
const hall = plateReverb()
const drone = superSaw(5, 3)
const darkLeft = lowpass()
const darkRight = lowpass()
const bassPitch = glide()

export default () => {
  const step = clock(bpm)
  const alone = untouched(keys.gate()) > 8 && keys.gate() === 0
  let ghostTrig = 0
  if (step >= 0) {
    bar = Math.floor(step / 8) % pedal.length
    const next = phrase[step % phrase.length]
    // A note that follows a note is legato: only after a rest is it struck again.
    if (next > 0) ghostTrig = ghostGate > 0 ? 0.4 : 0.9
    if (next >= 0) ghostGate = next > 0 ? 1 : 0
    if (next > 0) note = next
  }

  const ghostHz = ghostGlide(mtof(note), glideSeconds)
  const gate = alone ? ghostGate : keys.gate()
  const trig = alone ? ghostTrig : keys.trig()
  // Vibrato comes with pressure or the wheel; alone, with long notes.
  const press = alone ? 0.4 * ghostGate : Math.max(keys.pressure(), wheel())
  const depth = 0.02 * vibratoFades(press, alone ? 1.2 : 0.1)
  const hz = (alone ? ghostHz : keys.hz()) * (1 + depth * vibrato(5.4))

  const apart = 1 + 0.012 * spread()
  const x = 0.45 * upper(hz * apart) + 0.45 * lower(hz / apart) + 0.3 * low(hz / 2)
  const opens = pluckEnv(trig, 0.004, 0.9)
  const y = filter(
    0.5 * x,
    cutoff() * 2 ** (bite() * opens + ((alone ? note : keys.note()) - 60) / 36),
    resonance(),
    0.4,
  )
  const lead = 0.95 * level(gate, 0.008, 0.5, 0.7, 0.25) * block(y, 20) * (1 + 1.2 * resonance())

  // A quiet floor to stand on.
  const floor = bassPitch(mtof(pedal[bar]), 0.4)
  const [l, r] = drone(floor, 0.2, 0.5)
  const floors = [0.06 * darkLeft(l, 260), 0.06 * darkRight(r, 260)]

  const far = delays([lead, 0], (60 / bpm) * 0.75, 0.42)
  const wet = hall([0.4 * lead + 0.3 * far[0], 0.4 * lead + 0.3 * far[1]], 0.7, 0.3)
  return [
    0.6 * lead + echoes() * far[0] + 0.35 * wet[0] + floors[0],
    0.6 * lead + echoes() * far[1] + 0.35 * wet[1] + floors[1],
  ]
}
