// Metal in two halves
//
// Listen for two fast parts that are one melody only together, as in Bali. Change `beating` first, then `polos`.
// Tags: gamelan, fm, polyrhythm, metal

const bpm = 116
const beating = 6.5 // Hz between the two metallophones of a pair
const brightness = 3.2
const damping = 0.55 // seconds that a bar rings
const gain = 0.28

// Five tones of a scale that no piano has, in cents from the lowest.
const cents = [0, 120, 270, 675, 785]
const lowest = 277 // Hz
const hz = (tone) => lowest * centRatio(cents[mod(tone, 5)]) * 2 ** Math.floor(tone / 5)

// The two halves of the figure; -1 is a rest. Where one rests the other plays.
const polos = [3, -1, 2, 3, -1, 2, -1, 3, 2, -1, 3, 2, -1, 3, -1, 2]
const sangsih = [-1, 5, 4, -1, 5, -1, 4, 5, -1, 4, -1, 5, 4, -1, 5, 4]
const melody = [3, 2, 0, 2, 3, 5, 3, 2]
const shift = [0, 0, -1, 0, 1, 1, 0, -1]

// A bar of bronze: partials that do not fit, over a tube that does.
function bar() {
  const tone = fmPair()
  const tube = sine()
  const ring = perc()
  const clang = perc()
  return (strike, f, seconds) => {
    const metal = tone(f, 2.76, brightness * clang(strike, 0.0005, 0.18))
    return ring(strike, 0.001, seconds) * (0.7 * metal + 0.5 * tube(f))
  }
}

// A pair, one tuned higher than the other: the air between them trembles.
function pair(place) {
  const low = bar()
  const high = bar()
  let f = 277
  return (strike, tone, seconds) => {
    if (strike > 0) f = hz(tone)
    const a = pan2(low(strike, f, seconds), place - 0.25)
    return addStereo(a, pan2(high(strike, f + beating, seconds), place + 0.25))
  }
}

const clock = stepClock(4)
const left = pair(-0.55)
const right = pair(0.55)
const singing = pair(0)
const deep = pair(0)
const gong = fmPair()
const gongRing = perc()
const gongBloom = perc()
const room = plateReverb()

export default () => {
  const step = clock(bpm)
  const bar = Math.floor(step / 16)
  const move = step < 0 ? 0 : shift[bar % shift.length]
  const play = (figure) => (step >= 0 && figure[step % 16] >= 0 ? (step % 4 === 0 ? 0.8 : 0.55) : 0)
  const at = step < 0 ? 0 : step % 16
  const tune = step < 0 ? 0 : melody[Math.floor(step / 4) % melody.length] + move

  let sum = left(play(polos), polos[at] + 5 + move, damping)
  sum = addStereo(sum, right(play(sangsih), sangsih[at] + 5 + move, damping))
  sum = addStereo(sum, singing(step >= 0 && step % 4 === 0 ? 0.9 : 0, tune, 2.5))
  sum = addStereo(sum, deep(step >= 0 && step % 8 === 0 ? 0.9 : 0, tune - 5, 3))

  // The great gong once in four bars: it blooms after it is struck.
  const stroke = step >= 0 && step % 64 === 0 ? 1 : 0
  const bloom = gongBloom(stroke, 0.35, 5)
  const boom = gongRing(stroke, 0.03, 9) * gong(58 + 0.6 * bloom, 1.51, 1.6 * bloom)
  const dry = addStereo(gainStereo(sum, 0.6), [0.5 * boom, 0.5 * boom])
  return gainStereo(addStereo(dry, gainStereo(room(dry, 0.7, 0.3), 0.3)), gain)
}
