// Euclidean kit
//
// Listen for the bell, which counts to twelve while the others count to sixteen. Change a row, such as `kickRow`.
// Tags: drums, euclidean rhythm, groove

const bpm = 106
const swing = 0.18 // how late every second step comes, in parts of a step
const room = 0.2
const gain = 0.95

// How many hits, in how many steps, turned by how many.
const kickRow = euclid(5, 16)
const snareRow = euclid(2, 16, 4)
const rimRow = euclid(7, 16, 3)
const hatRow = euclid(11, 16, 1)
const bellRow = euclid(5, 12, 2)
const tomRow = euclid(3, 16, 5)
const bassRow = euclid(7, 16, 2)

// The bar in which each row joins in.
const enters = { kick: 0, hat: 0, rim: 1, snare: 2, bass: 4, bell: 6, tom: 8 }

const bassLine = [0, 0, 3, 0, 4, 2, -1, 0, 5, 3, 2] // degrees, one for each hit: eleven, so it drifts against the bar
const root = 33 // A1
const scale = scaleNotes('minorPentatonic')
const tomTune = [1, 1.335, 0.79]

const clock = stepClock(4, swing)
const kick = kickDrum()
const snare = snareDrum()
const rim = modal([1, 1.72, 2.9], [1, 0.6, 0.4], [0.05, 0.04, 0.03])
const hat = hiHat()
const bell = cowbell()
const tom = tomDrum()

const nextBass = sequence(bassLine)
const nextTom = sequence(tomTune)
const bassTone = saw()
const bassFilter = moogLadder()
const bassLevel = perc()
const bassBrightness = decayEnv()
const bassPitch = glide()

const plate = plateReverb()
const glue = compressorStereo()
const ceiling = limiterStereo()

let bar = 0

export default () => {
  const step = clock(bpm)
  if (step >= 0) bar = Math.floor(step / 16)
  const accent = step % 4 === 0 ? 1 : step % 2 === 0 ? 0.75 : 0.55
  const hit = (row, from) => (step < 0 || bar < from ? 0 : row[step % row.length] * accent)

  const k = kick(hit(kickRow, enters.kick) > 0 ? 1 : 0, 52, 0.34, 0.55)
  const s = snare(hit(snareRow, enters.snare) > 0 ? 0.9 : 0, 190, 0.22, 0.6)
  const r = rim(0.5 * hit(rimRow, enters.rim), 880)
  // The last hat of the bar is left open.
  const h = hat(hit(hatRow, enters.hat), bar % 2 === 1 && step % 16 === 14 ? 0.35 : 0.07, 0.45)
  const b = bell(hit(bellRow, enters.bell), 587, 0.22)
  const tomHit = hit(tomRow, enters.tom)
  const m = tom(tomHit, 98 * nextTom(tomHit), 0.4)

  const bassHit = hit(bassRow, enters.bass)
  const note = degree(nextBass(bassHit), scale, root)
  const bass =
    bassLevel(bassHit > 0 ? 1 : 0, 0.004, 0.9) *
    bassFilter(
      0.5 * bassTone(bassPitch(mtof(note), 0.02)),
      240 + 2600 * bassBrightness(bassHit, 0.35),
      0.35,
      0.3,
    )

  const dry = addStereo(
    [0.7 * k + 0.9 * bass, 0.7 * k + 0.9 * bass],
    pan2(0.85 * s, 0.08),
    pan2(1.1 * r, -0.5),
    pan2(0.7 * h, 0.35),
    pan2(0.4 * b, -0.3),
    pan2(0.5 * m, 0.5),
  )
  const wet = plate([0.7 * s + 1.2 * r + 0.5 * b + 0.5 * m + 0.2 * h, 0], 0.55, 0.3)
  const mix = glue(addStereo(dry, gainStereo(wet, room)), 0.4, 3, 0.008, 0.12, db(6))
  return ceiling(gainStereo(mix, gain), 0.85)
}
