// Pulsars
//
// Listen for a rhythm that becomes a pitch as the pulses come faster than you can count. Change `slowest` first.
// Tags: granular, pulsar synthesis, formants, rhythm

const slowest = 3 // pulses a second
const fastest = 110
const sweepSeconds = 24 // from slow to fast and back
const cycles = 3 // of the sine within a pulse: 1 is a click, 8 a tone
const burst = [1, 1, 0, 1, 1, 1, 0, 0, 1, 0, 1, 1] // which pulses sound: a rhythm below, a colour above
const gain = 0.9

// Formants of the three trains, in Hz; each train runs at its own multiple of the rate (Roads, Microsound, 2001).
const trains = [
  { formant: 220, ratio: 1, pan: 0 },
  { formant: 660, ratio: 3 / 2, pan: -0.8 },
  { formant: 2300, ratio: 2, pan: 0.8 },
]

// A train of pulsars: a windowed burst of sine, then silence until the next one is due.
function train(t, i) {
  const rate = phasor()
  const wander = lfNoise2(i + 1)
  let before = 2
  let count = -1
  let level = 0
  let formant = t.formant
  let age = 0
  let side = t.pan
  return (hz) => {
    const x = rate(hz * t.ratio)
    const w = wander(0.4)
    if (x < before) {
      // The pulse keeps the formant that it was born with.
      count += 1
      level = burst[count % burst.length]
      formant = t.formant * 2 ** (0.9 * w)
      side = t.pan * (count % 2 === 0 ? 1 : -1)
      age = 0
    }
    before = x
    const phase = (age * formant) / sampleRate
    age += 1
    const window = phase < cycles ? 0.5 - 0.5 * Math.cos((TAU * phase) / cycles) : 0
    return pan2(level * window * Math.sin(TAU * phase), side)
  }
}

const all = trains.map(train)
const sweep = sine(0.78)
const beat = kick808()
const clock = impulse()
const room = plateReverb()
const taps = pingPong(1)

export default () => {
  // Slow near the bottom, so that there is time to hear the rhythm.
  const height = (0.5 + 0.5 * sweep(1 / sweepSeconds)) ** 1.6
  const hz = linexp(height, 0, 1, slowest, fastest)

  let left = 0
  let right = 0
  for (let i = 0; i < all.length; i++) {
    const [l, r] = all[i](hz)
    left += l / (1 + 0.35 * i)
    right += r / (1 + 0.35 * i)
  }

  // Fast trains carry more energy than slow ones; a low beat keeps the time meanwhile.
  const level = 0.75 - 0.42 * height
  const low = beat(clock(slowest / 4), 44, 1, 0.2)
  const far = taps([level * left, level * right], 0.375, 0.35)
  const wet = room(
    [0.5 * level * left + 0.3 * far[0], 0.5 * level * right + 0.3 * far[1]],
    0.78,
    0.3,
  )
  return [
    gain * (level * left + 0.25 * far[0] + 0.45 * wet[0] + 0.35 * low),
    gain * (level * right + 0.25 * far[1] + 0.45 * wet[1] + 0.35 * low),
  ]
}
