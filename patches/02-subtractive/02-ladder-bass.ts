// Bass through a ladder
//
// Listen for a filter that bites on the accents and opens over eight bars. Change `resonance` first, then `line`.
// Tags: bass, moog, funk, drums

const bpm = 104
const resonance = 0.72 // from 0 to 1.1, where the filter sings by itself
const cutoff = 180 // Hz, at the beginning of the eight bars
const sweep = 1.8 // octaves up, in their middle
const drive = 0.6 // into the filter, from 0 to 1
const swing = 0.12
const gain = 0.5

// Sixteen steps each; a dot is a rest, a digit its strength. The numbers are semitones above the low E.
const bassHits = pattern('9..6.59...5.6.5.')
const bassNotes = [0, 0, 0, 0, 0, 10, 12, 0, 0, 0, 7, 0, 5, 0, 3, 0]
const kickHits = pattern('9.....7...9..6..')
const snareHits = pattern('....9..2....9.2.')
const hatHits = pattern('6373637363736375')
const line = [0, 0, 5, 3] // how far each bar is moved up, in semitones

const clock = stepClock(4, swing)
const upper = pulse()
const lower = saw()
const slide = glide()
const amp = adsr()
const hold = trigHold()
const bite = perc()
const ladder = moogLadder()
const kick = kickDrum()
const snare = snareDrum()
const hat = hiHat()
const room = freeverb()
const width = sine()
const turn = lfTri()

let note = 28

export default () => {
  const step = clock(bpm)
  const at = step < 0 ? 0 : step % 16
  const hit = (hits) => (step < 0 ? 0 : hits[at])
  const pluck = hit(bassHits)
  if (pluck > 0) note = 28 + bassNotes[at] + line[Math.floor(step / 16) % line.length]

  const hz = slide(mtof(note), 0.03)
  const open = bite(pluck > 0 ? pluck : 0, 0.003, 0.4)
  const tone = 0.6 * upper(hz, 0.3 + 0.15 * width(0.3)) + 0.5 * lower(hz * 1.003)
  const loud = amp(hold(pluck, 0.11), 0.004, 0.3, 0.6, 0.12)
  const base = cutoff * 2 ** (sweep * (0.5 + 0.5 * turn(bpm / 60 / 32)))
  const bass = loud * ladder(tone, base * 2 ** (3.2 * open), resonance, drive)

  const k = kick(hit(kickHits), 48, 0.3, 0.6)
  const s = snare(hit(snareHits), 190, 0.16, 0.65)
  const h = hat(hit(hatHits), 0.05, 0.6)
  const send = [0.3 * s + 0.1 * h, 0.3 * s + 0.15 * h]
  const dry = 1.5 * bass + 0.9 * k + 0.8 * s
  const near = [dry + 0.5 * h, dry + 0.7 * h]
  return gainStereo(addStereo(near, gainStereo(room(send, 0.5, 0.3), 0.5)), gain)
}
