// Random numbers: at the top level and per frame, in the order in which they are asked for.
const table = Array.from({ length: 8 }, () => Math.random())
const { random } = Math
let held = random()
export default () => {
  if (currentFrame % 100 === 0) held = random() * 2 - 1
  return [held, table[currentFrame % 8] + (random() < 0.5 ? 1 : 0)]
}
