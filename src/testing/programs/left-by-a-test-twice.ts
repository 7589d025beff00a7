// A loop is left by the same test in each turn: what holds behind it in one turn does not in the next.
let level = 1
let mark = 0.25
export default () => {
  for (let i = 0; i < 3; i++) {
    level = level * 1
    if (level >= 1) continue
    mark = 0.5
  }
  return [mark * (currentFrame % 3), level / 4]
}
