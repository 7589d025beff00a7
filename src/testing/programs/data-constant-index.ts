// A constant that holds a number names an element of an array of mixed kinds, also where it is written to.
const FREQ = 0
const NAME = 1
const TAPS = 2
const PAIR = 1
const step = [440, 'kick', [1, 2], () => 3]
const notes = ['a', 5, 'c', 7]

export default () => {
  const LAST = 3
  step[FREQ] += 1
  return [step[FREQ] + (step[NAME] === 'kick' ? 1 : 0) + step[TAPS][PAIR], step[LAST]() + notes[PAIR] * 2]
}
