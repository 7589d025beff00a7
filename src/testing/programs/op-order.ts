// Operands, arguments and elements are evaluated from left to right.
let n = 0
const pair = [0, 0]
const tick = () => {
  n = (n + 1) % 997
  return n
}
const three = (a, b, c) => a * 100 + b * 10 + c
export default () => {
  const x = tick() - tick() * tick()
  const y = three(tick(), tick(), tick())
  pair[0] = tick()
  pair[pair[0] & 1] = tick() / (tick() + 1)
  let i = 1
  const z = i + (i = 5) + i++ * i
  return [x + y, pair[0] * 3 - pair[1] + z]
}
