// Two tape machines
//
// Listen for what you played some seconds ago: it returns again and again, darker each time. Change `feedback` first.
// Tags: live input, loop, tape, ambient

const seconds = slider('seconds', 4.6, { min: 1, max: 5.2, unit: 's' }) // the tape between the two machines
const feedback = slider('feedback', 0.82, { max: 1.05 }) // from 1 on it builds up and stays within bounds
const darkness = slider('darkness', 0.45)
const live = slider('live', 0.8) // loudness of what you play now
const wow = 0.003 // seconds by which the tape is never quite on time
const quiet = 0.004

const source = input()
const heard = follow()
const fade = lag()

// A quiet guest, until you play: one long note now and then, out of a scale without wrong notes.
const scale = scaleNotes('majorPentatonic')
const nextNote = choose([0, 1, 2, 4, 5, 6, 7, 9], 4)
const when = dust(11)
const gate = trigHold()
const swell = asr()
const tone = fmPair()
const breath = lfNoise2(3)
const lowpassed = lowpass()
const first = impulse(0)

function ghost() {
  const bow = gate(when(0.45) + first(0.05), 1.1)
  const level = swell(bow, 0.7, 2.4)
  const hz = mtof(degree(nextNote(bow), scale, 57))
  const bright = 0.7 + 0.3 * breath(0.5)
  return 0.5 * level * lowpassed(tone(hz, 1, 1.6 * level * bright, 0.1), 500 + 1900 * level)
}

// Recorded by the first machine, played by the second, and sent back to the first.
const tapes = [tapDelay(2.7), tapDelay(2.7)]
const ways = [delayLine(2.7), delayLine(2.7)]
const flutter = [lfNoise2(5), lfNoise2(6)]
const heads = [lowpass(), lowpass()]
const rumble = [highpass1(), highpass1()]
const length = lag()
const hiss = pinkNoise(7)
const room = plateReverb()

export default () => {
  const x = source()
  const isPlayed = heard(x, 0.01, 4) > quiet ? 1 : 0
  const now = x + fade(1 - isPlayed, 2) * ghost()

  // A new length is reached as a motor reaches it.
  const long = length(seconds(), 3)
  const cutoff = 6500 - 4500 * darkness()
  const back = [0, 0]
  for (let i = 0; i < 2; i++) {
    // The second half of the way back; the right side takes a short cut.
    const half = (i === 0 ? 0.5 : 0.375) * long + wow * (1 + flutter[i](0.7))
    const late = ways[i](tapes[i].read(half), half)
    back[i] = rumble[i](heads[i](late, cutoff), 60)
    // Tape bends softly into its limit.
    tapes[i].write(Math.tanh(now + feedback() * back[i] + 0.0004 * hiss()))
  }

  const middle = live() * now
  const left = middle + 0.9 * back[0] + 0.25 * back[1]
  const right = middle + 0.9 * back[1] + 0.25 * back[0]
  const wet = room([0.4 * left, 0.4 * right], 0.7, 0.4)
  return [0.5 * left + 0.4 * wet[0], 0.5 * right + 0.4 * wet[1]]
}
