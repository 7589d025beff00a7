// Prelude in C, switched on
//
// Listen for Bach's first prelude on three oscillators and a ladder filter. Change `bpm` first, then `resonance`.
// Tags: bach, classical, moog, arpeggio, piece

const bpm = 66
const cutoff = 700 // Hz
const resonance = 0.35
const glideSeconds = 0.012
const gain = 0.75

// A bar is five notes, and is played twice: the first two held low, the other three over them, twice.
const bars = [
  [60, 64, 67, 72, 76],
  [60, 62, 69, 74, 77],
  [59, 62, 67, 74, 77],
  [60, 64, 67, 72, 76],
  [60, 64, 69, 76, 81],
  [60, 62, 66, 69, 74],
  [59, 62, 67, 74, 79],
  [59, 60, 64, 67, 72],
  [57, 60, 64, 67, 72],
  [50, 57, 62, 66, 72],
  [55, 59, 62, 67, 71],
  [55, 58, 64, 67, 73],
  [53, 57, 62, 69, 74],
  [53, 56, 62, 65, 71],
  [52, 55, 60, 67, 72],
  [52, 53, 57, 60, 65],
  [50, 53, 57, 60, 65],
  [43, 50, 55, 59, 65],
  [48, 52, 55, 60, 64],
  [48, 55, 58, 60, 64],
  [41, 53, 57, 60, 64],
  [42, 48, 57, 60, 63],
  [44, 53, 59, 60, 62],
  [43, 53, 55, 59, 62],
  [43, 52, 55, 60, 64],
  [43, 50, 55, 60, 65],
  [43, 50, 55, 59, 65],
  [43, 51, 57, 60, 66],
  [43, 52, 55, 60, 67],
  [43, 50, 55, 60, 65],
  [43, 50, 55, 59, 65],
  [36, 48, 55, 58, 64],
  [36, 48, 53, 57, 60],
  [36, 47, 55, 62, 65],
  [36, 48, 52, 55, 60],
]

// One voice of the synthesiser: two waves, a filter and an amplifier that open together.
function voice(width) {
  const one = saw()
  const two = pulse(0.3)
  const filter = moogLadder()
  const contour = adsr()
  const slide = glide()
  const drift = lfNoise2()
  return (note, gate, octaves, decay) => {
    const hz = slide(mtof(note + 0.04 * drift(0.5)), glideSeconds)
    const open = contour(gate, 0.006, decay, 0.25, 0.3)
    const tone = one(hz) + 0.7 * two(hz * 1.004, width)
    return open * filter(tone, cutoff * 2 ** (octaves * open) + hz, resonance, 0.2)
  }
}

const bass = voice(0.5)
const tenor = voice(0.35)
const lead = voice(0.2)
const clock = stepClock(4)
const delay = pingPong(2)
const room = plateReverb()

const now = [60, 64, 67]
const gates = [0, 0, 0]

// A gate that is down for one frame starts the contour again: the frame after lifts it.
function play(voice, note) {
  now[voice] = note
  gates[voice] = -1
}

let tempo = bpm

export default () => {
  const step = clock(tempo)
  if (step >= 0) {
    // It slows down towards the end, rests for two bars, and begins again.
    const bar = Math.floor(step / 16) % (bars.length + 2)
    tempo = bpm * (1 - 0.35 * smoothstep(bar + (step % 16) / 16, bars.length - 3, bars.length))
    const at = step % 8
    const isEnd = bar >= bars.length
    gates[2] = 0
    if (at === 0) gates[0] = gates[1] = 0
    if (!isEnd) {
      const notes = bars[bar]
      if (at === 0) play(0, notes[0])
      else if (at === 1) play(1, notes[1])
      else play(2, notes[2 + ((at - 2) % 3)])
    }
  } else {
    for (let i = 0; i < 3; i++) if (gates[i] < 0) gates[i] = 1
  }

  const low = bass(now[0], gates[0], 2.2, 1.8)
  const middle = tenor(now[1], gates[1], 2.4, 1.6)
  const high = lead(now[2], gates[2], 3.2, 0.5)
  const dry = addStereo(pan2(low, -0.25), pan2(0.8 * middle, 0.3), pan2(0.8 * high, 0.05))
  const far = delay(pan2(high, -0.8), (60 / bpm) * 0.75, 0.3)
  const all = addStereo(dry, gainStereo(far, 0.22))
  return gainStereo(addStereo(all, gainStereo(room(all, 0.65, 0.25), 0.25)), gain)
}
