// &&= and ||= assign only when they must.
let x = 0
let y = 5
let calls = 0
const next = (v) => {
  calls += 1
  return v
}
export default () => {
  x ||= next(3)
  x -= 1
  y &&= next(y - 1)
  if (currentFrame % 50 === 0) y = 5
  return [x + calls, y]
}
