// Thirty sines in an array
//
// Listen for the overtones of one low note, each with a life of its own. Change `root` or `count` first.
// Tags: sine, array, additive, drone

const root = 55 // Hz
const count = 30 // overtones
const stretch = 1 // 1 is a string; 1.03 is a bell
const spread = 0.9 // from 0, all in the middle, to 1, all over the room
const gain = 0.3

// sine() comes with Segue, as do two hundred other functions: docs/library.md has them all.
const partials = Array.from({ length: count }, (_, k) => ({
  hz: root * (k + 1) ** stretch,
  tone: sine(),
  swell: sine(Math.random()),
  swellHz: 0.03 + 0.12 * Math.random(),
  place: spread * (2 * Math.random() - 1),
}))

export default () => {
  let left = 0
  let right = 0
  for (const { hz, tone, swell, swellHz, place } of partials) {
    // High overtones are softer, and each is heard for a part of the time only.
    const level = Math.max(0, swell(swellHz)) * (root / hz) ** 0.6
    const [l, r] = pan2(level * tone(hz), place)
    left += l
    right += r
  }
  return [gain * left, gain * right]
}
