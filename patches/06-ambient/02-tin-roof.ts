// Rain on a tin roof
//
// Listen for the chord that the drops play as the shower thickens. Change `notes` first, then `shower`.
// Tags: ambient, rain, noise, resonators

const notes = chordNotes('Am11', 4).concat([81, 84, 88, 91])
const shower = 26 // drops a second when it rains hardest
const ring = 0.5 // seconds a sheet of the roof rings
const showerSeconds = 46 // from one shower to the next
const thunderSeconds = 34
const gain = 0.85

const sheets = notes.map((note, i) => ({
  hz: mtof(note),
  drops: dust(i + 1),
  tone: resonator(),
  overtone: resonator(),
  pan: 1.5 * ((i * 0.618) % 1) - 0.75,
}))

const clouds = sine(0.88)
const rain = [pinkNoise(40), pinkNoise(41)]
const rainTone = [highpass(), highpass()]
const gutter = dust(50)
const gutterPitch = sampleHold()
const gutterTone = resonator()
const bubbles = lfNoise0(51)
const bubbleFall = decayEnv()
const storm = impulse(0.55)
const thunderLevel = perc()
const thunderRumble = lfNoise2(60)
const thunder = brownNoise(61)
const thunderTone = lowpass()
const flash = perc()
const pad = [48, 55, 60, 64].map((note, i) => ({
  tone: triangle(0.2 * i),
  hz: mtof(note - 3),
  breath: sine(0.25 * i),
}))
const room = plateReverb()

export default () => {
  const weather = 0.55 + 0.45 * clouds(1 / showerSeconds) // 0.1 to 1

  let left = 0
  let right = 0
  for (let i = 0; i < sheets.length; i++) {
    const s = sheets[i]
    const drop = 0.9 * s.drops((shower * weather * weather) / sheets.length)
    const strike = drop * drop
    const y = s.tone(strike, s.hz, ring) + 0.3 * s.overtone(strike, 2.76 * s.hz, 0.3 * ring)
    const [l, r] = pan2(y, s.pan)
    left += l
    right += r
  }

  // What does not strike the roof: leaves and grass, all around.
  const wash = 0.16 * weather
  const leaves = [wash * rainTone[0](rain[0](), 900), wash * rainTone[1](rain[1](), 900)]

  // The gutter: bubbles whose pitch rises as they burst.
  const bubble = gutter(2.5 * weather)
  const fall = bubbleFall(bubble > 0 ? 1 : 0, 0.12)
  const gurgle = gutterTone(
    bubble,
    (500 + 250 * gutterPitch(bubbles(80), bubble)) * (1.5 - 0.5 * fall),
    0.09,
  )

  // Thunder far off: one crack, then a long roll.
  const strike = storm(1 / thunderSeconds)
  const roll = thunderLevel(strike, 0.6, 14) * (0.65 + 0.35 * thunderRumble(3.5))
  const boom = roll * thunderTone(thunder(), 90 + 500 * flash(strike, 0.02, 3))

  let drone = 0
  for (let i = 0; i < pad.length; i++) {
    const p = pad[i]
    drone += (0.5 + 0.5 * p.breath(0.021 + 0.007 * i)) * p.tone(p.hz)
  }

  const wet = room(
    [0.35 * left + 0.09 * drone + 0.1 * gurgle, 0.35 * right + 0.09 * drone],
    0.82,
    0.3,
  )
  return [
    gain * (0.3 * left + leaves[0] + 0.12 * gurgle + 0.6 * boom + 0.02 * drone + 0.6 * wet[0]),
    gain * (0.3 * right + leaves[1] + 0.05 * gurgle + 0.55 * boom + 0.02 * drone + 0.6 * wet[1]),
  ]
}
