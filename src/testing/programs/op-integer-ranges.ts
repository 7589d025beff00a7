// Counters that look like 32-bit integers but leave their range, or become fractions.
let up = 2147483600
let down = -2147483600
let product = 3
let half = 1
export default () => {
  up++
  down -= 3
  product = product * 5
  if (product > 1e15) product = 3
  half = half / 2
  if (half < 1e-6) half = 1 << 20
  const i = currentFrame % 10
  return [up + i / 4 + (product % 1000), down * i + half + (i - 5) / 3]
}
