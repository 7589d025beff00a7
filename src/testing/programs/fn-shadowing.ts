// The same name, again and again.
const x = 1
let y = 2
const f = (x) => {
  const y = x * 2
  {
    const x = y + 1
    let y2 = x
    for (let x = 0; x < 3; x++) {
      const y = x * 100
      y2 += y
    }
    if (y2 > 0) {
      let x = y2
      x++
      return x + y
    }
  }
  return x + y
}
const sin = (z) => z * 3
const Box = { x: (x) => x - 1, y: y }
export default (t) => {
  const currentTime = 5
  let f2 = f(currentFrame % 11)
  y = y + 1
  {
    let y = f2
    y *= 2
    f2 = y
  }
  return [f2 + x + y, Box.x(f2) + Box.y + sin(currentTime) + t]
}
