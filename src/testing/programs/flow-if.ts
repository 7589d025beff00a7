// if and else in chains, with blocks and without; returns in the middle.
const kind = (n) => {
  if (n < 0) return -1
  if (n === 0) {
    return 0.5
  } else if (n % 15 === 0) return 15
  else if (n % 5 === 0) return 5
  if (n % 3 === 0) if (n % 2 === 0) return 6
  else return 3
  {
    const n = 100
    if (n > 50) return n
  }
  return 1
}
let last = 0
export default () => {
  const v = kind((currentFrame % 40) - 2)
  if (v > last) last = v
  else last -= 0.5
  return [v, last]
}
