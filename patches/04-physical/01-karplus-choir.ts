// Karplus choir
//
// Listen for twelve strings strummed as one: noise that runs in circles until it sings. Change `decay` first.
// Tags: strings, plucked, karplus, guitar, chords

const bpm = 92
const decay = 4.5 // seconds until a string has faded
const damping = 0.35 // 0 is steel, 1 is felt
const position = 0.18 // where they are plucked: 0.5 is the middle, hollow
const unison = 7 // cents between the three strings of a course
const gain = 0.36

// One chord a bar, four courses each: Dadd9, Bm11, Gmaj9, Asus4, and a way back.
const chords = [
  [50, 57, 64, 66],
  [47, 57, 62, 64],
  [43, 59, 62, 66],
  [45, 57, 62, 64],
  [42, 57, 61, 64],
  [47, 54, 62, 69],
  [43, 55, 62, 69],
  [45, 55, 61, 64],
]

// Eight strokes a bar: a digit is how hard.
const strokes = pattern('9.46.463')
const downward = [1, 1, 0, 1, 1, 0, 1, 0]

function course(index) {
  const strings = [pluck(40), pluck(40), pluck(40)]
  const wait = delayFrames(9600)
  const places = [-0.7, 0.1 * index - 0.15, 0.7]
  return (trig, down, note) => {
    // The hand needs a moment from string to string.
    const order = down > 0 ? index : 3 - index
    const late = wait(trig, Math.floor(0.014 * order * sampleRate))
    let sum = [0, 0]
    for (let i = 0; i < 3; i++) {
      const hz = mtof(note) * centRatio(unison * (i - 1))
      sum = addStereo(
        sum,
        pan2(strings[i](late, hz, decay, damping, position + 0.05 * i), places[i]),
      )
    }
    return sum
  }
}

const courses = Array.from({ length: 4 }, (_, i) => course(i))
const clock = stepClock(2, 0.06)
const wood = peaking()
const air = peaking()
const room = plateReverb()

let stroke = 0
let down = 1
let bar = 0

export default () => {
  const step = clock(bpm)
  stroke = 0
  if (step >= 0) {
    bar = Math.floor(step / 8) % chords.length
    stroke = strokes[step % 8] * (0.85 + 0.15 * Math.random())
    down = downward[step % 8]
  }
  let sum = [0, 0]
  for (let i = 0; i < 4; i++) sum = addStereo(sum, courses[i](stroke, down, chords[bar][i]))

  // The body of the instrument.
  const body = [wood(sum[0], 210, 1.8, 1.5), air(sum[1], 240, 1.8, 1.5)]
  return gainStereo(addStereo(body, gainStereo(room(body, 0.65, 0.35), 0.3)), gain)
}
