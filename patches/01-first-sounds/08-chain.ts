// A chain of effects
//
// Listen for one plucked saw that becomes a landscape. Change `cutoff` first, or leave out links of the chain.
// Tags: library, effects, arpeggio, subtractive

const bpm = 96
const cutoff = slider('cutoff', 900, { min: 200, max: 4000, curve: 'log', unit: 'Hz' })
const echoes = 0.55 // of each echo, how much comes back
const distance = 0.35 // of the hall, from 0 to 1
const gain = 0.95

const bars = ['Dm9', 'Bbmaj9', 'Fmaj9', 'Cadd9'].map((name) => chordNotes(name, 3))

const clock = stepClock(4)
const wave = saw()
const sub = sine()
const strike = perc()
const filter = moogLadder()
const crackle = overdrive()
const thin = highpass()
const widen = chorus()
const delay = pingPong(2)
const hall = hallReverb()
const slow = sine()

let hz = 220

export default () => {
  // A number above 0 in one frame is a trigger, and its size is the strength.
  const step = clock(bpm)
  let trig = 0
  if (step >= 0) {
    const notes = bars[Math.floor(step / 32) % bars.length]
    const place = [0, 2, 1, 3, 2, 4, 3, 1][step % 8]
    hz = mtof(notes[place % notes.length] + (step % 16 > 11 ? 12 : 0))
    trig = step % 4 === 0 ? 1 : 0.6
  }

  // Read it from the inside out, or from here downwards: each line takes what the one before made.
  const open = strike(trig, 0.004, 0.5)
  const tone = open * (wave(hz) + 0.5 * sub(hz / 2))
  const brightness = cutoff() * (1 + 0.6 * slow(0.06)) * (1 + 4 * open)
  const dark = filter(tone, brightness, 0.45)
  const warm = crackle(dark, 0.3, 0.6)
  const clear = thin(warm, 50)
  const wide = widen(clear, 0.5, 0.4)
  const far = delay(wide, (60 / bpm) * 0.75, echoes)
  const dry = addStereo(wide, gainStereo(far, 0.5))
  const wet = hall(dry, 4, 0.4)
  return gainStereo(addStereo(dry, gainStereo(wet, distance)), gain)
}
