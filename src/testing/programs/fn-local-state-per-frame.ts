// Closures and records made during a frame live as long as the frame.
let total = 0
export default () => {
  let n = currentFrame % 5
  const bump = () => (n += 1)
  const point = { x: n, y: n * 2 }
  const twice = (f) => {
    f()
    return f()
  }
  point.x += twice(bump)
  const pair = [point.x, point.y]
  pair[n & 1] *= 0.5
  total += n
  return [pair[0] + pair[1], total % 1000]
}
