// Objects that change each frame: a filter that keeps its state in a record.
const make = () => ({ z1: 0, z2: 0, flags: { hot: false } })
const left = make()
const right = make()
const step = (s, x, k) => {
  const y = x * k + s.z1
  s.z1 = s.z2 - y * 0.3
  s.z2 = x - y
  s.flags.hot = y > 0.5
  return y
}
export default () => {
  const x = (currentFrame % 17) / 17 - 0.5
  const l = step(left, x, 0.4)
  const r = step(left.flags.hot ? right : left, -x, 0.2)
  return [l, r + right.z1]
}
