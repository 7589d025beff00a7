// Function declarations can be called above where they stand, also inside functions.
const table = build()
function build() {
  return [one(), two(), inner()]
  function inner() {
    return one() + two() * 10
  }
}
function one() {
  return 1
}
function two() {
  return later(1) + 1
}
function later(x) {
  return x * unit()
}
function unit() {
  return 1
}
export default () => [table[currentFrame % 3], late(currentFrame)]
const late = (n) => n % offset
const offset = 7
