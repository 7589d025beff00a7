// A rhythm in a hall: drums and a marimba through Freeverb
//
// The reverb is Jezar's Freeverb: eight combs side by side, then four allpass filters in a row.

const bpm = 92
const swing = 0.14 // how late every second sixteenth comes, in parts of a sixteenth
const room = 0.84 // length of the tail: 0.7 is a room, 0.95 a cathedral
const damp = 0.3 // how soon the tail loses its treble, 0 to 1
const wet = 0.8
const gain = 0.65

// Sixteen steps, loudness from 0 to 1.
const kick = [1, 0, 0, 0, 0, 0, 0.6, 0, 0, 0, 0.9, 0, 0, 0, 0, 0.3]
const snare = [0, 0, 0, 0, 1, 0, 0, 0.15, 0, 0.2, 0, 0, 1, 0, 0, 0.25]
const hat = [0.7, 0.2, 0.5, 0.3, 0.7, 0.2, 0.5, 0.2, 0.7, 0.3, 0.5, 0.2, 0.7, 0.2, 0.9, 0.4]

// The marimba plays 24 notes against the 16 steps, so the two come together again after three bars.
// Semitones above D3; -1 is a rest.
const tune = [0, -1, 7, -1, 10, 12, -1, 7, 3, -1, 10, -1, 14, -1, 12, 10, -1, 7, 5, -1, 3, 7, -1, 10]

function noise(seed) {
  let x = seed
  return () => {
    x = (Math.imul(x, 1664525) + 1013904223) | 0
    return x / 2147483648
  }
}

// Falls to 1/1000 in the given seconds; a hit above 0 sets it going again.
function decay(seconds) {
  const factor = Math.pow(0.001, 1 / (seconds * sampleRate))
  let level = 0
  return (hit) => {
    level = hit > 0 ? hit : level * factor
    return level
  }
}

// A sine whose pitch drops, for the first moment very fast.
function kickDrum() {
  const body = decay(0.5)
  const snap = decay(0.09)
  let phase = 0
  return (hit) => {
    if (hit > 0) phase = 0
    phase += (46 + 190 * snap(hit)) / sampleRate
    return body(hit) * Math.sin(2 * Math.PI * phase)
  }
}

// Two tones for the skin, noise for the wires.
function snareDrum() {
  const skin = decay(0.16)
  const wires = decay(0.24)
  const hiss = noise(1)
  let phase = 0
  let low = 0
  return (hit) => {
    phase += 185 / sampleRate
    phase -= Math.floor(phase)
    const x = hiss()
    low += (x - low) * 0.2
    const tone = Math.sin(2 * Math.PI * phase) + 0.6 * Math.sin(2 * Math.PI * phase * 2)
    return 0.4 * skin(hit) * tone + 0.5 * wires(hit) * (x - low)
  }
}

// Noise without its low end: each sample minus the two before.
function hiHat() {
  const level = decay(0.09)
  const hiss = noise(2)
  let x1 = 0
  let x2 = 0
  return (hit) => {
    const x = hiss()
    const y = x - 1.6 * x1 + 0.7 * x2
    x2 = x1
    x1 = x
    return 0.16 * level(hit) * y
  }
}

// A bar of wood: the tone and its first overtone, which is four times as high and soon gone.
function marimba() {
  const body = decay(0.9)
  const strike = decay(0.12)
  let phase = 0
  let f = 147
  return (hit, semitones) => {
    if (hit > 0) f = 146.83 * Math.pow(2, semitones / 12)
    phase += f / sampleRate
    phase -= Math.floor(phase)
    const turn = 2 * Math.PI * phase
    return body(hit) * Math.sin(turn) + 0.35 * strike(hit) * Math.sin(4 * turn)
  }
}

const feedback = 0.28 * room + 0.7

// An echo whose repetitions lose treble.
function comb(frames) {
  const line = new Float32Array(frames)
  let at = 0
  let dark = 0
  return (x) => {
    const y = line[at]
    dark = y + (dark - y) * 0.4 * damp
    line[at] = x + dark * feedback
    at = at + 1 < frames ? at + 1 : 0
    return y
  }
}

// Smears what comes in over time and leaves its colour alone.
function allpass(frames) {
  const line = new Float32Array(frames)
  let at = 0
  return (x) => {
    const y = line[at]
    line[at] = x + y * 0.5
    at = at + 1 < frames ? at + 1 : 0
    return y - x
  }
}

// The lengths are Freeverb's, in frames at 44100 Hz. The right side is 23 longer than the left.
const combLengths = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617]
const allpassLengths = [556, 441, 341, 225]

function reverb(spread) {
  const frames = (n) => Math.round(((n + spread) * sampleRate) / 44100)
  const combs = combLengths.map((n) => comb(frames(n)))
  const passes = allpassLengths.map((n) => allpass(frames(n)))
  return (x) => {
    let y = 0
    for (let i = 0; i < combs.length; i++) y += combs[i](x)
    for (let i = 0; i < passes.length; i++) y = passes[i](y)
    return y
  }
}

const kicks = kickDrum()
const snares = snareDrum()
const hats = hiHat()
const bars = marimba()
const hallLeft = reverb(0)
const hallRight = reverb(23)

let last = -1 // the step of the frame before

export default () => {
  // Two steps at a time, so that swing can move the second one.
  const pairs = currentBeat * 2
  const pair = Math.floor(pairs)
  const step = 2 * pair + (pairs - pair < (1 + swing) / 2 ? 0 : 1)
  const on = step !== last
  last = step

  const k = kicks(on ? kick[step % 16] : 0)
  const s = snares(on ? snare[step % 16] : 0)
  const h = hats(on ? hat[step % 16] : 0)
  const note = on ? tune[step % 24] : -1
  const m = bars(note >= 0 ? 0.35 : 0, note)

  // How much of each goes to the hall: the kick hardly, snare and marimba well.
  const send = 0.015 * (0.1 * k + 0.5 * s + 0.4 * h + m)
  const left = 0.55 * k + 0.45 * s + 0.3 * h + 0.62 * m + 3 * wet * hallLeft(send)
  const right = 0.55 * k + 0.35 * s + 0.5 * h + 0.5 * m + 3 * wet * hallRight(send)
  return [gain * left, gain * right]
}
