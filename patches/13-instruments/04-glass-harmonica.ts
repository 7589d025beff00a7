// Glass harmonica
//
// Listen to a wet finger on glass, which sings when it presses. Change `glass` first: left to right is pitch.
// Tags: instrument, xy pad, glass, physical

const glass = xy('glass', 0.4, 0.5) // left to right the glasses, bottom to top how hard you press
const wet = slider('wet', 0.5) // water on the finger: less scratches more
const octaves = 2.5
const lowest = 57 // MIDI
const scale = scaleNotes('hirajoshi')
const ring = 3.2 // seconds that a glass rings by itself
const room = 5 // seconds

const count = Math.floor(octaves * scale.length) + 1
const glasses = Array.from({ length: count }, (_, i) => ({
  hz: mtof(degree(i, scale, lowest)),
  tone: sine(),
  over: sine(),
  rings: follow(),
  beat: sine(0.3 * i),
  pan: 1.2 * (i / (count - 1)) - 0.6,
}))

const skin = pinkNoise(3)
const squeak = bandpass()
const tremble = lfNoise2(4)
const ground = triangle()
const fifth = triangle(0.3)
const floorTone = lowpass()
const hall = hallReverb()

// While nobody touches the pad, a hand wanders over it.
const untouched = stopwatch()
const handX = lfNoise2(8)
const handY = sine(0.75)
const between = lag()
let lastX = 0.4
let lastY = 0.5

export default () => {
  const [x, y] = glass()
  const moved = x !== lastX || y !== lastY ? 1 : 0
  lastX = x
  lastY = y
  const still = untouched(moved) // seconds; Infinity until the first touch
  const mine = between(still < 6 ? 1 : 0, 0.6)
  const press = 0.5 + 0.5 * handY(0.21)
  const at = lerp(0.5 + 0.45 * handX(0.55), x, mine) * (count - 1)
  // A finger that does not move makes no sound.
  const force = lerp(press, still < 2 ? y : 0, mine)

  const rub = skin()
  const scratch = 0.5 * (1 - wet()) * force * squeak(rub, 2200 + 900 * tremble(2), 2)
  let left = 0
  let right = 0
  for (let i = 0; i < count; i++) {
    const g = glasses[i]
    // The finger is as wide as one glass.
    const near = Math.max(0, 1 - Math.abs(at - i))
    // It takes a moment until a glass sings, and longer until it is silent again.
    const level = g.rings(near * force, 0.15, ring / 7) * (1 + 0.15 * g.beat(3.6 + 0.21 * i))
    const [l, r] = pan2(level * (g.tone(g.hz) + 0.12 * level * g.over(2.32 * g.hz)), g.pan)
    left += l
    right += r
  }

  const root = mtof(lowest - 24)
  const low = 0.05 * floorTone(ground(root) + fifth(1.5 * root + 0.2), 300)
  const far = hall([left + scratch, right + scratch], room, 0.3, 0.02)
  return [0.2 * (left + scratch + 0.9 * far[0]) + low, 0.2 * (right + scratch + 0.9 * far[1]) + low]
}
