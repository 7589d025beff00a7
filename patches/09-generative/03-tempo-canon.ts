// Canon in four tempi
//
// Listen to one tune at four speeds, timed to meet on the last note; then silence. Change `voices` first.
// Tags: generative, canon, tempo, piece with an end

const seconds = 54 // from the first note to the last
const root = 62 // D4
const scale = scaleNotes('dorian')
const room = 3 // seconds
const gain = 1.5

// The tune: degrees of the scale, and how many beats each of them lasts.
const degrees = [
  0, 2, 4, 3, 2, 4, 7, 6, 4, 5, 3, 1, 2, 0, -3, 0, 4, 4, 5, 6, 7, 8, 7, 4, 6, 5, 4, 2, 3, 1, 0, 2,
  4, 7, 9, 8, 7, 6, 7, 4, 5, 3, 4, 2, 3, 1, 2, 0, 1, -1, 0,
]
const beats = [
  2, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 2, 1, 1, 2, 2, 1, 0.5, 0.5, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 2,
  0.5, 0.5, 0.5, 0.5, 1, 0.5, 0.5, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 1,
]

// Speeds as Conlon Nancarrow liked them. The slowest voice begins, and every other one just in time to end with it.
const voices = [
  { speed: 4, octave: 0, pan: 0.1, level: 0.8, damp: 0.4 },
  { speed: 5, octave: -1, pan: -0.6, level: 0.7, damp: 0.45 },
  { speed: 6, octave: 1, pan: 0.6, level: 0.5, damp: 0.35 },
  { speed: 7, octave: -2, pan: 0, level: 0.8, damp: 0.5 },
]

const onsets = beats.map((_, i) => beats.slice(0, i).reduce((a, b) => a + b, 0))
const whole = onsets[onsets.length - 1] // beats up to the last note
const slowest = Math.min(...voices.map((v) => v.speed))

// A voice has two strings and plays them in turn, so that one can ring while the other is plucked.
const players = voices.map((v, i) => ({
  v,
  strings: [pluck(30, 2 * i + 1), pluck(30, 2 * i + 2)],
  bar: marimba(),
  hz: [110, 110],
  next: 0,
}))
const gong = churchBell()
const hall = hallReverb()
const soften = [lowpass1(), lowpass1()]
let frame = 0

export default () => {
  const time = frame / sampleRate
  frame += 1

  let left = 0
  let right = 0
  let ends = 0
  for (let i = 0; i < players.length; i++) {
    const p = players[i]
    const { speed, octave, pan, level, damp } = p.v
    // Beats since this voice began: below 0 while it still waits.
    const place = whole - ((seconds - time) * speed * whole) / (slowest * seconds)
    let trig = 0
    if (p.next < degrees.length && place >= onsets[p.next]) {
      trig = level * (p.next % 4 === 0 ? 1 : 0.75)
      p.hz[p.next % 2] = mtof(degree(degrees[p.next], scale, root) + 12 * octave)
      p.next += 1
      if (p.next === degrees.length) ends = 1
    }
    const mine = (p.next + 1) % 2 // the string of the note that plays
    const y =
      p.strings[0](mine === 0 ? trig : 0, p.hz[0], 6, damp, 0.2) +
      p.strings[1](mine === 1 ? trig : 0, p.hz[1], 6, damp, 0.2) +
      0.5 * p.bar(0.6 * trig, p.hz[mine], 0.5)
    const [l, r] = pan2(y, pan)
    left += l
    right += r
  }

  const bell = gong(ends > 0 ? 1 : 0, mtof(root - 12), 7)
  const dry = [soften[0](left, 4500) + 0.5 * bell, soften[1](right, 4500) + 0.5 * bell]
  const wet = hall([0.5 * dry[0], 0.5 * dry[1]], room, 0.45, 0.02)
  return [gain * (0.8 * dry[0] + 0.6 * wet[0]), gain * (0.8 * dry[1] + 0.6 * wet[1])]
}
