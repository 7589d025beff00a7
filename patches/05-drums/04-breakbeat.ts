// Breakbeat, chopped
//
// Listen for the fills that nobody played. Change `chop` first: 0 is the drummer, 1 the sampler.
// Tags: drums, breakbeat, jungle, sampler

const bpm = 164
const chop = 0.45 // how often a slice is another than the drummer played, 0 to 1
const stutter = 0.18 // how often a slice repeats its beginning
const dirt = 11 // bits of the sampler
const gain = 0.66

// Sixteen steps of the drummer; digits are strength.
const kickRow = pattern('9.7. .... ..85 ....')
const snareRow = pattern('.... 9..3 .4.. 9..4')
const hatRow = pattern('6.6. 6.6. 6.6. 6.8.')

// The bass: MIDI notes at eighths, 0 is a rest and -1 holds.
const bassRow = [
  29, -1, -1, -1, -1, 0, 29, 0, 32, -1, -1, 27, -1, -1, 0, 0, 29, -1, -1, -1, -1, -1, -1, 0, 24, -1,
  -1, -1, 27, -1, 0, 0,
]
const stabs = [53, 56, 60, 63]

const clock = stepClock(4, 0.12)
const slices = whiteNoise(11) // dice
const kick = kickDrum()
const snare = snareDrum()
const hat = hiHat()
const crash = hiHat()
const sampler = rateReduce()
const glue = compressor()
const plate = plateReverb()
const ceiling = limiterStereo()

const bassTone = sine()
const bassGate = asr()
const bassPitch = glide()
const padTones = stabs.map((_, i) => superSaw(5, i + 1))
const padFilter = [svf(), svf()]
const padLevel = perc()
const room = tapDelay(1)

let shift = 0 // steps from the drummer's place to the slice that plays
let stuttering = false
let bassNote = 0
const roll = () => 0.5 + 0.5 * slices()

export default () => {
  const step = clock(bpm)
  const bar = Math.floor(step / 16)
  let place = step % 16
  if (step >= 0 && step % 2 === 0) {
    // A new slice: the first bar of four is always the drummer's.
    const free = bar % 4 > 0
    shift = free && roll() < chop ? 2 * Math.floor(8 * roll()) : 0
    stuttering = free && roll() < stutter
  }
  if (step >= 0) place = (step - (stuttering ? step % 2 : 0) + shift) % 16

  const at = (row) => (step < 0 ? 0 : row[place])
  const k = kick(at(kickRow), 58, 0.24, 0.6)
  const s = snare(at(snareRow), 205, 0.17, 0.7)
  const h = hat(at(hatRow), 0.09, 0.35)
  const c = crash(step >= 0 && step % 128 === 0 ? 1 : 0, 1.6, 0.7)
  const drums = bitCrush(sampler(saturate(0.8 * k + 1 * s + 0.75 * h, 1.8), 24000), dirt)
  const tight = glue(drums, 0.35, 4, 0.004, 0.09, db(6))

  // Bass comes in with the fifth bar.
  if (step >= 0 && step % 2 === 0 && bar >= 4) {
    const note = bassRow[(step / 2) % bassRow.length]
    if (note >= 0) bassNote = note
  }
  const bass =
    bassGate(bassNote, 0.01, 0.2) * bassTone(bassPitch(mtof(bassNote > 0 ? bassNote : 29), 0.06))

  // A chord on the second beat of every second bar, from the third on.
  const stab = step >= 0 && bar >= 2 && step % 32 === 22 ? 1 : 0
  const open = padLevel(stab, 0.005, 2.2)
  let padLeft = 0
  let padRight = 0
  for (let i = 0; i < padTones.length; i++) {
    const [l, r] = padTones[i](mtof(stabs[i]), 0.25)
    padLeft += l
    padRight += r
  }
  const hz = 300 + 2600 * open
  const pad = [
    open * padFilter[0](padLeft, hz, 1.2).band,
    open * padFilter[1](padRight, hz, 1.2).band,
  ]
  const echo = room.read((60 / bpm) * 0.75)
  room.write(pad[0] + 0.5 * echo)

  const wet = plate([0.35 * s + 0.4 * pad[0] + 0.3 * echo + 0.3 * c, 0], 0.7, 0.4)
  const body = 1.3 * tight + 0.26 * saturate(bass, 3) + 0.35 * c
  const left = body + 0.4 * pad[0] + 0.2 * echo + 0.5 * wet[0]
  const right = body + 0.4 * pad[1] + 0.32 * echo + 0.5 * wet[1]
  return ceiling([gain * left, gain * right], 0.85)
}
