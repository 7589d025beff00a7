// Pedalboard
//
// Listen to your guitar through six pedals; a string plays until you do. Change `drive` first, then `echoLevel`.
// Tags: live input, guitar, overdrive, delay

const drive = slider('drive', 0.45)
const tone = slider('tone', 0.55)
const swirl = slider('swirl', 0.35) // of the phaser
const echoLevel = slider('echoLevel', 0.4)
const echoSeconds = slider('echoSeconds', 0.38, { min: 0.08, max: 1.2, unit: 's' })
const repeats = slider('repeats', 0.5, { max: 1.1 }) // from 1 on the echo builds up
const spring = slider('spring', 0.3)
const gateLevel = 0.004 // what is softer than this is hum

const guitar = input()
const heard = follow()
const fade = lag()

// What plays while nobody does: an open fifth, and a line above it.
const bpm = 92
const riff = [40, 0, 52, 55, 57, 0, 55, 52, 40, 0, 59, 57, 55, 52, 50, 0]
const clock = stepClock(2, 0.15)
const strings = [pluck(30, 1), pluck(30, 2), pluck(30, 3)]
const pickup = lowpass()
let place = 0
const last = [40, 40, 40] // the note that each string plays

function ghost() {
  const step = clock(bpm)
  if (step >= 0) place = step % riff.length
  let x = 0
  for (let i = 0; i < strings.length; i++) {
    // The lowest string takes the root, the two others the rest in turn.
    const mine = step >= 0 && riff[place] > 0 && (riff[place] === 40 ? 0 : 1 + (place % 2)) === i
    if (mine) last[i] = riff[place]
    x += strings[i](mine ? 0.8 : 0, mtof(last[i]), 4, 0.45, 0.14)
  }
  return pickup(0.55 * x, 3200, 1.2)
}

const gate = noiseGate()
const squeeze = compressor()
const pedal = overdrive()
const phase = phaser(6)
const tape = tapeDelay(1.5)
const tank = springReverb()
const cone = lowpass()
const box = highpass()
const wide = chorus()

export default () => {
  const x = guitar()
  const isPlayed = heard(x, 0.005, 3) > gateLevel ? 1 : 0
  const alone = fade(1 - isPlayed, 1.5)
  const dry = gate(x, gateLevel, 0.002, 0.08, 0.25) + alone * ghost()

  const even = 2.2 * squeeze(dry, 0.1, 4, 0.005, 0.15, db(6))
  const driven = pedal(even, drive(), tone())
  const swirled = lerp(driven, 1.4 * phase(driven, 0.35, 0.8, 0.5), swirl())
  const speaker = box(cone(swirled, 5200, 0.8), 75)

  const echoes = tape(speaker, echoSeconds(), repeats(), 0.25)
  const wet = tank(speaker + 0.4 * echoLevel() * echoes, 0.5, 0.5)
  const [left, right] = wide(0.5 * speaker, 0.6, 0.3, 0.4)
  const far = 0.5 * echoLevel() * echoes
  return [
    0.9 * left + 1.2 * far + 0.6 * spring() * wet,
    0.9 * right + 0.9 * far + 0.65 * spring() * wet,
  ]
}
