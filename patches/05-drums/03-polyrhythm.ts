// Three, four, five and seven in one bar
//
// Listen for the first beat, the only one on which all four players meet. Change `barSeconds` first, then `players`.
// Tags: drums, polyrhythm, marimba

const barSeconds = 2.8
const barsEach = 2 // how long until the next player joins in
const mallet = 0.75 // 0 soft, 1 hard
const room = 1.3 // seconds
const gain = 1

// Four players divide the same bar, each by its own number of beats, and play their tune over and
// over, a degree of the scale for each stroke. Follow one with your foot and let the others pull.
const players = [
  { beats: 4, tune: [0], octave: -2, pan: 0, level: 0.75 },
  { beats: 3, tune: [0, 2, 4, 3], octave: -1, pan: -0.5, level: 0.9 },
  { beats: 5, tune: [4, 2, 0, 2, 5, 4, 1], octave: 0, pan: 0.55, level: 0.9 },
  { beats: 7, tune: [7, 4, 8, 4, 6, 4, 5, 4, 2], octave: 1, pan: -0.2, level: 0.75 },
]
const scale = scaleNotes('minorPentatonic')
const root = 62 // D4

const bars = phasor()
const voices = players.map((player) => ({
  player,
  bar: marimba(),
  next: sequence(player.tune),
  last: -1,
}))
const pulse = kick808()
const skin = drumhead()
const shaker = hiHat()
const hall = fdnReverb(0.8)
const ceiling = limiterStereo()
let bar = -1
let before = 2
let lastShake = -1

export default () => {
  const place = bars(1 / barSeconds)
  if (place < before) bar += 1
  const first = place < before ? 1 : 0
  before = place

  let left = 0
  let right = 0
  for (let i = 0; i < voices.length; i++) {
    const v = voices[i]
    const { beats, octave, pan, level } = v.player
    const stroke = Math.floor(place * beats)
    const plays = bar >= i * barsEach && stroke !== v.last
    const trig = plays ? (stroke === 0 ? 1 : 0.7) * level : 0
    v.last = stroke
    const hz = mtof(degree(v.next(trig), scale, root) + 12 * octave)
    const [l, r] = pan2(v.bar(trig, hz, mallet), pan)
    left += l
    right += r
  }

  // Where all of them meet: a low drum. A skin answers on the second of three, and a shaker counts twelve.
  const low = pulse(first * (bar % 2 === 0 ? 1 : 0.6), 55, 0.9, 0.2)
  const shake = Math.floor(place * 12)
  const s = shaker(shake !== lastShake && bar >= 2 ? (shake % 3 === 0 ? 0.5 : 0.3) : 0, 0.05, 0.8)
  const tap = skin(
    shake !== lastShake && bar >= 4 && (shake === 4 || shake === 8) ? 0.6 : 0,
    110,
    0.5,
    0.4,
  )
  lastShake = shake

  const wet = hall([left + 0.2 * tap, right + 0.2 * s], room, 0.4)
  const body = 0.32 * low + 0.5 * tap
  return ceiling(
    [
      gain * (0.55 * left + body + 0.2 * s + 0.2 * wet[0]),
      gain * (0.55 * right + body + 0.35 * s + 0.2 * wet[1]),
    ],
    0.85,
  )
}
