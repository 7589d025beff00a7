// Change ringing
//
// Listen for bells that change places in every row and come home after sixty; then silence. Change `blow` first.
// Tags: generative, bells, permutations, piece with an end

const blow = 0.21 // seconds from bell to bell
const tuning = ['E5', 'D5', 'C5', 'B4', 'A4', 'G4'] // from the treble to the tenor
const rounds = 2 // rows down the scale before the changes begin, and after them
const ring = 7 // seconds until a bell has died away
const unsteady = 0.012 // seconds by which a ringer misses the moment
const gain = 0.95

// Plain Bob Minor, a method for six bells. Neighbours swap in pairs, from the first place or from the
// second; in every twelfth row the treble has come back to lead, and the first two stay.
const pairsFrom = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 2]
const rows = 5 * pairsFrom.length

const bells = tuning.map((name, i) => ({
  bell: churchBell(),
  hz: noteHz(name),
  pan: 0.8 * ((i / 5) * 2 - 1),
  late: 0, // frames until it sounds
}))
const place = [0, 1, 2, 3, 4, 5] // which bell rings first, second, and so on
const chance = lfNoise0(7)
const air = pinkNoise(8)
const wind = lowpass()
const gust = lfNoise2(9)
const tower = hallReverb()
const walls = [lowpass1(), lowpass1()]
const steps = lag()
const fade = lag()

let frames = 0 // until the next blow
let row = 0
let at = 0 // the place in the row

function nextRow() {
  row += 1
  const change = row - rounds
  if (change >= 0 && change < rows) {
    for (let i = pairsFrom[change % pairsFrom.length]; i < 5; i += 2) {
      ;[place[i], place[i + 1]] = [place[i + 1], place[i]]
    }
  }
}

export default () => {
  const miss = 0.5 + 0.5 * chance(1 / blow)
  const isRinging = row < rows + 2 * rounds
  frames -= 1
  if (frames <= 0 && isRinging) {
    const b = bells[place[at]]
    b.late = Math.round(miss * unsteady * sampleRate) + 2
    at += 1
    frames += blow * sampleRate
    if (at === 6) {
      at = 0
      nextRow()
      // Ringers wait for the time of one blow before every second row.
      if (row % 2 === 0) frames += blow * sampleRate
    }
  }

  let left = 0
  let right = 0
  for (let i = 0; i < bells.length; i++) {
    const b = bells[i]
    if (b.late > 0) b.late -= 1
    // The tenor is the heaviest.
    const strike = b.late === 1 ? 0.7 + 0.06 * i : 0
    const [l, r] = pan2(b.bell(strike, b.hz, ring), b.pan)
    left += l
    right += r
  }

  // You walk towards the tower while they ring, and away again.
  const near = steps(Math.sin((Math.PI * row) / (rows + 2 * rounds)), 6)
  const cutoff = 1500 * 8 ** near
  const dry = [walls[0](left, cutoff), walls[1](right, cutoff)]
  const wet = tower([0.5 * dry[0] + 0.2 * dry[1], 0.5 * dry[1] + 0.2 * dry[0]], 3.2, 0.4, 0.03)

  // A little wind, as long as somebody rings.
  const breeze = fade(isRinging ? 1 : 0, 8) * 0.03 * (0.6 + 0.4 * gust(0.3)) * wind(air(), 700)
  const loud = 0.25 + 0.35 * near
  return [
    gain * (loud * dry[0] + 0.7 * wet[0] + breeze),
    gain * (loud * dry[1] + 0.7 * wet[1] + breeze),
  ]
}
