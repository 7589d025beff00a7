// Dub techno
//
// Listen for the echoes that grow out of one chord. Change `feedback` first: above 1 it builds up to a roar.
// Tags: drums, dub, techno, delay

const bpm = 118
const feedback = 0.78 // of the tape echo
const wow = 0.35 // how unevenly its tape runs
const filterSweep = 34 // seconds from dark to bright and back
const duck = 0.55 // how far the chords make room for the kick
const dust = 0.012 // loudness of the crackle
const gain = 0.95

const chord = [45, 52, 55, 60, 67] // A minor 7, wide
const stabRow = pattern('...9 ..6. .... .... ...9 .... ..5. ....')
const hatRow = pattern('..7. ..7. ..7. ..74')
const rimRow = pattern('.... ...4 .... .3.. .... ...5 .... ..3.')
const bassRow = pattern('..8. ..6. ..8. .5..')
const bassNotes = [33, 33, 33, 31, 33, 33, 36, 31]

const clock = stepClock(4, 0.08)
const kick = kickDrum()
const hat = hiHat()
const shaker = hiHat()
const rim = modal([1, 1.6, 2.4], [1, 0.7, 0.3], [0.06, 0.05, 0.04])
const bass = triangle()
const bassLevel = perc()
const nextBass = sequence(bassNotes)
const saws = chord.map((_, i) => saw(i * 0.23))
const stabFilter = svf()
const stabLevel = perc()
const tapes = [tapeDelay(2), tapeDelay(2)]
const room = plateReverb()
const ducks = [ducker(), ducker()]
const air = pinkNoise(2)
const clicks = velvetNoise(4)
const clickTone = bandpass()
const ceiling = limiterStereo()
const swing = quadSine()

export default () => {
  const step = clock(bpm)
  const bar = Math.floor(step / 16)
  const at = (row) => (step < 0 ? 0 : row[step % row.length])

  const k = kick(step >= 0 && step % 4 === 0 ? 1 : 0, 48, 0.42, 0.35)
  const h = hat(bar >= 4 ? at(hatRow) : 0, 0.09, 0.4)
  const sh = shaker(bar >= 8 && step >= 0 ? 0.35 + 0.25 * ((step + 1) % 2) : 0, 0.04, 0.9)
  const r = rim(bar >= 2 ? 0.5 * at(rimRow) : 0, 1250)
  const bassHit = bar >= 4 ? at(bassRow) : 0
  const b = bassLevel(bassHit, 0.01, 0.45) * bass(mtof(nextBass(bassHit)))

  // The chord: five saws through a band that opens with the stroke and wanders over half a minute.
  let x = 0
  for (let i = 0; i < saws.length; i++) x += saws[i](mtof(chord[i]) * (1 + 0.002 * (i - 2)))
  const stroke = at(stabRow)
  const open = stabLevel(stroke, 0.004, 0.55)
  const [slow, quarter] = swing(1 / filterSweep)
  const stab = open * stabFilter(0.3 * x, 500 * 2 ** (1.2 * slow) + 900 * open, 1.1).band

  const beat = 60 / bpm
  const left = tapes[0](stab + 0.08 * r, beat * 0.75, feedback + 0.06 * quarter, wow)
  const right = tapes[1](stab, beat * 1.5, feedback - 0.06 * quarter, wow)
  const wet = room([0.5 * left + 0.2 * r + 0.1 * h, 0.5 * right], 0.86, 0.35)

  const hiss = dust * (air() + 2 * clickTone(clicks(9), 2600, 0.8))
  const wide = [
    1.1 * stab + 1.3 * left + 1.1 * wet[0] + hiss,
    1 * stab + 1.3 * right + 1.1 * wet[1] + hiss,
  ]
  const body = 0.66 * k + 0.5 * b
  const leftSide = body + ducks[0](wide[0], k, duck, 0.01, 0.16) + 0.45 * h + 0.2 * sh + 0.6 * r
  const rightSide = body + ducks[1](wide[1], k, duck, 0.01, 0.16) + 0.4 * h + 0.3 * sh + 0.45 * r
  return ceiling([gain * leftSide, gain * rightSide], 0.85)
}
