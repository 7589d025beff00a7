// Chowning's brass
//
// Listen for tones that are brighter the louder they are, as in a trumpet. Change `brightness` first, then `swell`.
// Tags: brass, fm, fanfare, chords

const bpm = 76
const brightness = 4.5 // index of the modulation at full breath: 1 is a horn, 8 a kazoo
const swell = 0.11 // seconds until a tone is at its loudest
const hallSeconds = 2.6
const gain = 0.17

// Four players. Each row is a chord, low to high, and how many half beats it lasts.
const score = [
  { notes: [46, 58, 62, 65], length: 3 },
  { notes: [46, 58, 62, 65], length: 1 },
  { notes: [43, 58, 62, 67], length: 4 },
  { notes: [51, 58, 63, 70], length: 3 },
  { notes: [50, 57, 65, 69], length: 1 },
  { notes: [48, 60, 64, 67], length: 2 },
  { notes: [41, 57, 63, 69], length: 6 },
  { notes: [46, 58, 62, 70], length: 2 },
  { notes: [44, 60, 63, 72], length: 4 },
  { notes: [39, 58, 67, 75], length: 6 },
  { notes: [41, 60, 65, 69], length: 4 },
  { notes: [34, 58, 65, 74], length: 8 },
]
const total = score.reduce((sum, { length }) => sum + length, 0)

// John Chowning's discovery of 1971: two sines at the same pitch, and one envelope for loudness and
// for how far the one bends the other.
function player(index) {
  const tone = fmPair()
  const breath = adsr()
  const vibrato = sine(index / 4)
  const settle = perc()
  const lipNoise = lfNoise2(index + 1)
  const smoothed = lag()
  return (gate, start, note) => {
    const late = smoothed(gate, 0.02 + 0.015 * index) // nobody is quite together
    const level = breath(late > 0.5 ? 1 : 0, swell, 0.5, 0.72, 0.25)
    const scoop = -0.6 * settle(start, 0.001, 0.09) // comes to the pitch from below
    const human = 0.05 * vibrato(5.1 + 0.2 * index) * level + 0.06 * lipNoise(9)
    const hz = mtof(note + scoop + human)
    return level * tone(hz, 1, brightness * level * Math.min(1, 500 / hz + 0.3))
  }
}

const players = Array.from({ length: 4 }, (_, i) => player(i))
const hall = hallReverb()
let row = -1

export default () => {
  // Where the piece is, in half beats; the last eighth of a chord is for breathing.
  let place = (currentBeat * 2) % total
  let now = 0
  while (place >= score[now].length) {
    place -= score[now].length
    now += 1
  }
  const start = now !== row ? 1 : 0
  row = now
  const gate = place < score[now].length - 0.22 ? 1 : 0

  let sum = [0, 0]
  for (let i = 0; i < 4; i++) {
    const tone = players[i](gate, start, score[now].notes[i])
    sum = addStereo(sum, pan2(tone, [-0.6, 0.2, -0.15, 0.6][i]))
  }
  return gainStereo(addStereo(sum, gainStereo(hall(sum, hallSeconds, 0.25), 0.35)), gain)
}
