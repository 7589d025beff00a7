// Pendulums
//
// Listen for waves, runs and halves between two moments of unison. 72 s, then silence. Change `fewest` first.
// Tags: generative, phase, marimba, piece with an end

const seconds = 66 // until all of them meet again
const fewest = 30 // strokes of the slowest pendulum in that time; each next one makes one more
const scale = scaleNotes('majorPentatonic')
const root = 50 // D3
const count = 13
const hardness = 0.6
const room = 3 // seconds
const gain = 0.85

const pendulums = Array.from({ length: count }, (_, i) => ({
  strokes: fewest + i,
  hz: mtof(degree(i, scale, root)),
  bar: marimba(),
  shine: modal([1, 2.76, 5.4], [0.7, 0.35, 0.15], [2.4, 1.1, 0.4]),
  pan: 1.6 * (i / (count - 1)) - 0.8,
  last: -1,
}))

// Where the pendulums fall into two, three or four groups, a low note answers.
const meetings = [0, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1]
const bassNotes = [38, 43, 45, 35, 45, 43, 38]
const bass = triangle()
const bassLevel = perc()
const bassTone = lowpass()
const hall = fdnReverb(1.5)
const ceiling = limiterStereo()
let frame = 0
let met = 0
let bassHz = 73.4

export default () => {
  const place = frame / (seconds * sampleRate) // 0 at the beginning, 1 where they meet again
  frame += 1
  const swings = place < 1 + 0.5 / (seconds * sampleRate)

  let left = 0
  let right = 0
  for (let i = 0; i < count; i++) {
    const p = pendulums[i]
    const stroke = swings ? Math.floor(place * p.strokes + 1e-9) : p.last
    const trig = stroke === p.last ? 0 : 0.6 + 0.12 * Math.cos(TAU * place)
    p.last = stroke
    const y = p.bar(trig, p.hz, hardness) + 0.25 * p.shine(0.5 * trig, 2 * p.hz)
    const [l, r] = pan2(y, p.pan)
    left += l
    right += r
  }

  const meets = met < meetings.length && place >= meetings[met] - 1e-9
  if (meets) {
    bassHz = mtof(bassNotes[met])
    met += 1
  }
  const low = bassTone(bassLevel(meets ? 1 : 0, 0.02, 7) * bass(bassHz), 420)

  const wet = hall([0.5 * left + 0.2 * low, 0.5 * right + 0.2 * low], room, 0.35)
  const mix = [0.5 * left + 0.4 * low + 0.5 * wet[0], 0.5 * right + 0.4 * low + 0.5 * wet[1]]
  return ceiling([gain * mix[0], gain * mix[1]], 0.85)
}
