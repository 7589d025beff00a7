// Wood, skin and bronze
//
// Listen for a marimba in sevens over a drum in fours. Change `hardness` first, then `tune`.
// Tags: marimba, bell, drum, polymetre, modal

const bpm = 124
const hardness = 0.75 // of the mallets: 0 is wool, 1 is wood
const ring = 0.9 // seconds that the drum rings
const bellSeconds = 9
const gain = 0.5

// Steps of the scale, and -1 for a rest. Seven and five steps against the sixteen of the drum.
const scale = scaleNotes('minorPentatonic')
const tune = [0, 3, -1, 5, 4, -1, 7]
const under = [-5, -1, -3, -1, -4]
const moves = [0, 0, 2, 2, -1, -1, 1, 0]
const skins = pattern('9..6..5.9..46.32')
const edges = [0.15, 0.5, 0.5, 0.8, 0.2, 0.5, 0.7, 0.5]

const clock = stepClock(4)
const high = [marimba(), marimba(), marimba(), marimba()]
const low = marimba()
const drum = drumhead()
const rim = drumhead()
const bell = churchBell()
const room = plateReverb()

// What each bar was struck with last: it keeps its pitch until it is struck again.
const pitches = [220, 220, 220, 220]
let lowHz = 110
let edge = 0.4

export default () => {
  const step = clock(bpm)
  const isStep = step >= 0
  const move = isStep ? moves[Math.floor(step / 32) % moves.length] : 0
  const tone = isStep ? tune[step % 7] : -1
  const deep = isStep && step % 2 === 0 ? under[(step / 2) % 5] : -1
  const hand = isStep ? step % 4 : 0
  if (tone >= 0) pitches[hand] = mtof(degree(tone + move, scale, 62))
  if (deep !== -1) lowHz = mtof(degree(deep + move, scale, 62))

  let sum = [0, 0]
  for (let i = 0; i < 4; i++) {
    const force = tone >= 0 && i === hand ? 0.6 + 0.4 * Math.random() : 0
    sum = addStereo(sum, pan2(high[i](force, pitches[i], hardness), i / 2 - 0.75))
  }
  const bass = low(deep !== -1 ? 0.8 : 0, lowHz, 0.3)

  const at = isStep ? step % 16 : 0
  if (isStep) edge = edges[step % 8]
  const boom = drum(isStep ? skins[at] : 0, 78, ring, edge)
  const tick = rim(isStep && step % 3 === 1 ? 0.35 : 0, 310, 0.15, 0.9)
  // Once in eight bars, and the note that the others move around.
  const toll = bell(isStep && step % 128 === 0 ? 0.8 : 0, mtof(50), bellSeconds)

  const dry = addStereo(sum, pan2(bass, -0.1), pan2(0.55 * boom, 0.1), pan2(0.9 * tick, 0.5))
  const all = addStereo(dry, pan2(0.35 * toll, -0.2))
  return gainStereo(addStereo(all, gainStereo(room(all, 0.6, 0.3), 0.28)), gain)
}
