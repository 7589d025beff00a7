// Low tide
//
// Listen for the foam that runs back after each wave. Change `wind` first, then one of the `ratios`.
// Tags: ambient, noise, drone, just intonation

const wind = 0.5 // 0 a still evening, 1 a storm
const root = 110 // Hz
const ratios = [1 / 2, 1, 3 / 2, 2, 9 / 4, 5 / 2, 15 / 4]
const breathSeconds = 19 // how long a note of the chord takes to come and go
const surf = 0.5
const chord = 0.34

// Each wave rises fast, breaks, and hisses as it runs back.
const waves = [9.1, 11.7, 14.3].map((seconds, i) => ({
  seconds,
  pan: 0.7 * (i - 1),
  clock: phasor(0.37 * i),
  body: pinkNoise(i + 1),
  foam: whiteNoise(i + 11),
  roar: lowpass(),
  floor: dcBlock(), // pink noise goes on below what anyone hears
  hiss: bandpass(),
  size: lfNoise2(i + 21),
}))

const notes = ratios.map((ratio, i) => ({
  ratio,
  left: triangle(0.13 * i),
  right: triangle(0.29 * i),
  breath: sine(0.618 * i),
  pace: 1 + 0.23 * ((i * 0.618) % 1),
}))

const darkLeft = lowpass()
const darkRight = lowpass()
const gusts = lfNoise2(5)
const breeze = pinkNoise(6)
const whistle = bandpass()
const hall = fdnReverb(2.4)

export default () => {
  let left = 0
  let right = 0

  for (let i = 0; i < waves.length; i++) {
    const w = waves[i]
    const place = w.clock(1 / w.seconds)
    const size = 0.75 + 0.25 * w.size(0.13)
    const swell = size * smoothstep(place, 0, 0.3) * (1 - smoothstep(place, 0.3, 0.95))
    const run = size * smoothstep(place, 0.2, 0.36) * (1 - smoothstep(place, 0.36, 1)) // the foam comes later
    const roar = w.floor(w.roar(w.body(), 240 + 1500 * swell), 20)
    const hiss = w.hiss(w.foam(), 1400 + 2600 * (1 - place), 0.6)
    const [l, r] = pan2(0.9 * swell * roar + 0.34 * run * run * hiss, w.pan + 0.5 * (place - 0.4))
    left += l
    right += r
  }

  const gust = wind * (0.5 + 0.5 * gusts(0.21))
  const air = 0.35 * gust * gust * whistle(breeze(), 380 + 500 * gust, 3)

  let droneLeft = 0
  let droneRight = 0
  for (let i = 0; i < notes.length; i++) {
    const n = notes[i]
    const breath = 0.5 + 0.5 * n.breath(n.pace / breathSeconds)
    const level = (breath * breath) / (1 + 0.12 * i)
    const hz = root * n.ratio
    droneLeft += level * n.left(hz - 0.11)
    droneRight += level * n.right(hz + 0.11)
  }
  const cutoff = 900 + 1400 * gust
  droneLeft = darkLeft(droneLeft, cutoff)
  droneRight = darkRight(droneRight, cutoff)

  const wet = hall(
    [0.5 * droneLeft + 0.25 * left + 0.3 * air, 0.5 * droneRight + 0.25 * right],
    7,
    0.35,
  )
  return [
    surf * left + 0.4 * air + chord * (0.3 * droneLeft + 0.9 * wet[0]),
    surf * right + 0.5 * air + chord * (0.3 * droneRight + 0.9 * wet[1]),
  ]
}
