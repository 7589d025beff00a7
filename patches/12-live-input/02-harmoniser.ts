// A choir of yourself
//
// Listen for the voices that follow yours in the scale, one note of yours at a time. Change `voices` first.
// Tags: live input, voice, harmony, pitch

const voices = [-7, 2, 4] // steps of the scale away from what you sing
const scale = scaleNotes('dorian')
const root = 50 // D3
const choir = slider('choir', 0.7) // loudness of the others
const room = slider('room', 3.5, { min: 0.5, max: 10, unit: 's' })
const own = slider('own', 0.6) // loudness of yourself
const quiet = 0.004

const microphone = input()
const heard = follow()
const fade = lag()

// Somebody hums until you sing.
const tune = [62, 62, 65, 67, 69, 69, 67, 65, 64, 62, 60, 62, 64, 65, 62, 0]
const clock = stepClock(1)
const hum = voiceTract()
const humPitch = glide()
const humGate = asr()
const vibrato = sine()
let note = 62
let sings = 0

function ghost() {
  const step = clock(66)
  if (step >= 0) {
    const next = tune[step % tune.length]
    sings = next > 0 ? 1 : 0
    if (next > 0) note = next
  }
  const hz = humPitch(mtof(note - 12), 0.12) * (1 + 0.005 * vibrato(5.2))
  return 0.9 * humGate(sings, 0.12, 0.8) * hum(hz, 3.3, 0.12)
}

const track = pitchTrack(70, 900)
const shifters = voices.map((_, i) => ({
  shift: pitchShifter(0.05 + 0.007 * i),
  interval: lag(),
  late: delayLine(0.1),
  // From left to right, at constant power.
  sides: pan2(1, voices.length > 1 ? (1.6 * i) / (voices.length - 1) - 0.8 : 0),
}))
const warm = [lowpass1(), lowpass1()]
const hall = hallReverb()
let sung = 62 // the last note that was clear

// How many semitones lie between a note and the one that is so many steps of the scale away.
function distance(from, steps) {
  const nearest = snapNote(from, scale, root)
  let index = 0
  for (let i = 0; i < scale.length; i++) if (mod(nearest - root, 12) === scale[i]) index = i
  const octaves = Math.floor((nearest - root) / 12)
  return degree(index + octaves * scale.length + steps, scale, root) - nearest
}

export default () => {
  const x = microphone()
  const isSung = heard(x, 0.01, 3) > quiet ? 1 : 0
  const voice = x + fade(1 - isSung, 1.5) * ghost()

  const hz = track(voice)
  if (hz > 0) sung = ftom(hz)

  let left = 0
  let right = 0
  for (let i = 0; i < shifters.length; i++) {
    const s = shifters[i]
    const semitones = s.interval(distance(sung, voices[i]), 0.06)
    const y = s.late(s.shift(voice, semitones), 0.011 + 0.013 * i)
    left += s.sides[0] * y
    right += s.sides[1] * y
  }
  left = choir() * warm[0](left, 3500) + own() * voice
  right = choir() * warm[1](right, 3500) + own() * voice

  const wet = hall([0.6 * left, 0.6 * right], room(), 0.4, 0.03)
  return [0.85 * left + wet[0], 0.85 * right + wet[1]]
}
