// 808 at half speed
//
// Listen for a kick so long that it is the bass, and hats that roll. Change `rolls` and `bassLine` first.
// Tags: drums, 808, trap, bass

const bpm = 70
const rolls = [4, 4, 4, 8, 4, 6, 4, 12] // hats a beat, redrawn every half bar
const gain = 0.68
const boom = 2.4 // seconds until the kick has died away
const slide = 0.09 // seconds from bass note to bass note

// Sixteen steps of a quarter beat.
const kickRow = pattern('9.....6. ..9.....  9.....6. .7....5.')
const clapRow = pattern('....')
  .concat(pattern('9... .... ....'))
  .concat(pattern('.... 9... .... ..3.'))
const bassLine = [29, 29, 32, 29, 27, 34] // MIDI, one for each kick
const tune = [77, 0, 0, 80, 0, 0, 72, 0, 0, 0, 0, 0, 75, 0, 72, 0] // MIDI, 0 is a rest

const clock = stepClock(4)
const kick = kick808()
const body = sine()
const bodyLevel = perc()
const bodyPitch = glide()
const nextBass = sequence(bassLine)
const snare = snare808()
const clap = handClap()
const hat = hiHat()
const openHat = hiHat()
const pickRoll = choose(rolls, 5)
const hatStrength = choose([0.5, 0.65, 0.8, 1], 9)
const rest = chance(3)
const bell = fmPair()
const bellLevel = perc()
const bellPitch = sampleHold()
const bellEcho = pingPong(2)
const hall = hallReverb()

let lastHat = -1

export default () => {
  const step = clock(bpm)
  const bar = Math.floor(step / 16)
  const at = (row) => (step < 0 ? 0 : row[step % row.length])

  // The kick's click, and a sine below it that slides to the next note of the bass.
  const hit = at(kickRow)
  const hz = bodyPitch(mtof(nextBass(hit)), slide)
  const low = bodyLevel(hit, 0.006, boom) * body(hz)
  const drum = 0.5 * kick(hit, 52, 0.22, 0.5) + 0.42 * saturate(low, 3)

  const backbeat = at(clapRow)
  const s = 0.7 * snare(backbeat, 185, 0.24, 0.6) + 0.7 * clap(backbeat, 0.28, 0.4)

  // Hats divide the beat by what was drawn for this half bar.
  const sub = pickRoll(step >= 0 && step % 8 === 0 ? 1 : 0)
  const place = Math.floor(currentBeat * sub)
  const tick = place === lastHat ? 0 : 1
  lastHat = place
  const h = hat(rest(tick, 0.93) * hatStrength(tick) * (sub > 4 ? 0.8 : 1), 0.06, 0.6)
  const o = openHat(step >= 0 && step % 32 === 30 ? 0.7 : 0, 0.45, 0.5)

  // The bell plays from the third bar on, and an octave lower in every fourth.
  const note = step < 0 || bar < 2 ? 0 : at(tune) - (at(tune) > 0 && bar % 4 === 3 ? 12 : 0)
  const ring = bellLevel(note > 0 ? 1 : 0, 0.003, 1.8)
  const b = ring * bell(mtof(bellPitch(note, note)), 3.5, 2.2 * ring)
  const far = bellEcho([0.3 * b, 0], (60 / bpm) * 0.75, 0.5)

  const wet = hall(
    [0.22 * s + 0.5 * b + 0.03 * h, 0.22 * s + 0.5 * far[1] + 0.03 * h],
    2.6,
    0.5,
    0.02,
  )
  return gainStereo(
    addStereo(
      [drum, drum],
      pan2(s, 0.04),
      pan2(0.5 * h, 0.25),
      pan2(0.4 * o, -0.3),
      pan2(0.3 * b, -0.2),
      far,
      gainStereo(wet, 0.5),
    ),
    gain,
  )
}
