// Two pipes at dusk
//
// Listen for a flute that asks and a clarinet that answers. Change `breath` first, then the `question`.
// Tags: flute, clarinet, wind, dialogue

const bpm = 72
const breath = 0.72 // 0.5 is close to silence, 1 overblows
const reed = 0.5 // of the clarinet, from soft to stiff
const echo = 0.4
const gain = 0.5

// A note every half beat; 0 is a rest, and a note that is repeated is held.
const question = [74, 74, 77, 76, 74, 69, 69, 69, 72, 72, 74, 70, 69, 69, 69, 0]
const answer = [57, 57, 60, 62, 62, 64, 65, 64, 62, 62, 60, 58, 57, 57, 57, 0]
const question2 = [77, 77, 79, 81, 81, 79, 77, 76, 77, 76, 74, 72, 74, 74, 74, 0]
const answer2 = [53, 53, 57, 58, 58, 62, 64, 65, 64, 62, 57, 61, 62, 62, 62, 0]

// What a player's lungs and fingers do: breath in and out, and the pitch.
function musician(seed) {
  const lungs = adsr()
  const fingers = glide()
  const shake = sine()
  const waver = lfNoise2(seed)
  let note = 60
  return (row) => {
    if (row > 0) note = row
    const air = lungs(row > 0 ? 1 : 0, 0.09, 0.4, 0.9, 0.2)
    const hz = fingers(mtof(note), 0.03) * (1 + 0.004 * air * shake(4.8))
    return { air: breath * air * (1 + 0.06 * waver(4)), hz }
  }
}

const flautist = musician(1)
const clarinettist = musician(2)
const pipe = flute()
const woodwind = clarinet()
const insects = dust(5)
const chirp = resonator()
const wind = pinkNoise(9)
const windBand = bandpass()
const gust = lfNoise2(4)
const delay = pingPong(2)
const valley = hallReverb()

export default () => {
  const place = currentBeat * 2
  const at = Math.floor(place) % 16
  const turn = Math.floor(place / 16) % 4
  const first = flautist(turn === 0 ? question[at] : turn === 2 ? question2[at] : 0)
  const second = clarinettist(turn === 1 ? answer[at] : turn === 3 ? answer2[at] : 0)
  const high = 0.5 * pipe(first.air, first.hz, 0.5)
  const low = 0.5 * woodwind(second.air, second.hz, reed)

  // Evening: wind in the reeds, and here and there an insect.
  const air = 0.12 * windBand(wind(), 700 * (1 + 0.6 * gust(0.3)), 0.8)
  const insect = 0.02 * chirp(insects(2), 4200, 0.05)
  const dry = addStereo(pan2(high, -0.3), pan2(low, 0.35))
  const far = delay(dry, (60 / bpm) * 1.5, 0.4)
  const wet = valley(addStereo(dry, gainStereo(far, echo)), 3.5, 0.3, 0.05)
  const near = addStereo(dry, gainStereo(far, echo * 0.5), [air + insect, air - insect])
  return gainStereo(addStereo(near, gainStereo(wet, 0.5)), gain)
}
