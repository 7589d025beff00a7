// Acid line
//
// Listen for a filter that squelches on accents and slides. Change `cutoff` and `resonance` first.
// Tags: acid, 303, techno, bass, drums

const bpm = 126
const cutoff = slider('cutoff', 380, { min: 120, max: 1600, curve: 'log', unit: 'Hz' })
const resonance = slider('resonance', 0.92, { max: 1.1 }) // 1.1 whistles
const sweep = 3.2 // octaves that an accent opens the filter
const decay = 0.28 // seconds until it has closed again
const drive = 0.55
const gain = 0.42

// Two bars: steps that sound (9 with an accent), steps that slide into the next, and the notes.
const hits = pattern('9.555.95.59.5595 55.95.559.55.959')
const slides = pattern('..x......x..x... .....x....x...x.')
const notes = [
  0, 0, 12, 0, 3, 0, 0, 10, 0, 0, 12, 0, 7, 0, 3, 5, 0, 12, 0, 0, 0, 0, 10, 7, 12, 0, 3, 0, 0, 15,
  12, 10,
]
const kicks = pattern('x...x...x...x..4')
const claps = pattern('....x.......x...')
const openHats = pattern('..x...x...x...x.')
const hats = pattern('53.553.553.55335')

const clock = stepClock(4)
const wave = saw()
const slide = lag()
const amp = asr()
const gate = trigHold()
const envelope = perc()
const squelch = diodeLadder()
const dirt = overdrive()
const low = dcBlock()
const wander = sine()
const kick = kickDrum()
const clap = handClap()
const hat = hiHat()
const open = hiHat()
const duck = ducker()
const delay = pingPong(1)

let note = 36
let sliding = 0

export default (t) => {
  const step = clock(bpm)
  const isStep = step >= 0
  const at = isStep ? step % 32 : 0
  const hit = isStep ? hits[at] : 0
  if (hit > 0) note = 36 + notes[at]
  if (isStep) sliding = slides[at]
  const stepSeconds = 60 / bpm / 4

  const hz = mtof(slide(note, sliding > 0 ? 0.12 : 0.004))
  const sweeping = envelope(sliding > 0 ? 0 : hit, 0.003, decay * 4)
  const octaves = sweep * sweeping + 0.9 * wander(0.031)
  const loud = amp(gate(hit, sliding > 0 ? stepSeconds * 1.1 : stepSeconds * 0.6), 0.003, 0.08)
  const acid = low(dirt(loud * squelch(wave(hz), cutoff() * 2 ** octaves, resonance()), drive, 0.8))

  const drum = (steps) => (isStep ? steps[step % 16] : 0)
  const k = kick(drum(kicks), 50, 0.35, 0.7)
  const bars = t > (60 / bpm) * 16 ? 1 : 0 // the hats and the clap wait for four bars
  const c = clap(bars * drum(claps), 0.2)
  const h = hat(bars * drum(hats), 0.04, 0.7) + 0.8 * open(bars * drum(openHats), 0.22, 0.6)
  const line = duck(acid, k, 0.4)

  const far = delay([line, 0], stepSeconds * 3, 0.45)
  const middle = line + 1.1 * k + 0.5 * c
  return [gain * (middle + 0.9 * h + 0.3 * far[0]), gain * (middle + 1.1 * h + 0.3 * far[1])]
}
