// Waves on a shore
//
// Listen for noise that comes and goes like the sea. Change `seconds` first, while it plays.
// Tags: noise, first sound, sea

const seconds = 9 // from one wave to the next
const gain = 0.3

// What the frame before leaves for the next one is kept in variables.
let left = 0
let right = 0

// Called once for every frame of sound, 48000 times a second or so; t is the time in seconds.
// Returns what the left and the right speaker play, from -1 to 1.
export default (t) => {
  // A wave rises and falls: a sine, cubed, so that it is short at the top and long at the bottom.
  const swell = (0.5 + 0.5 * Math.sin((2 * Math.PI * t) / seconds)) ** 3

  // Each side goes a part of the way to a random number. A long way is a bright hiss, a short way a
  // dark rumble: a high wave is brighter than a low one.
  const way = 0.02 + 0.4 * swell
  left += way * (2 * Math.random() - 1 - left)
  right += way * (2 * Math.random() - 1 - right)

  const level = gain * (0.5 + 1.2 * swell)
  return [level * left, level * right]
}
