// Where -0 comes from and where it goes: it shows as -Infinity.
const zero = (x) => x * 0
// Makes a number that can be played of any other.
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
export default () => {
  const n = currentFrame % 12
  const minus = zero(-1)
  let z = 0
  if (n === 0) z = minus
  if (n === 1) z = -4 % 2
  if (n === 2) z = minus + 0
  if (n === 3) z = minus - 0
  if (n === 4) z = 0 / -5
  if (n === 5) z = Math.round(-0.2)
  if (n === 6) z = -(n - 6)
  if (n === 7) z = minus | 0
  if (n === 8) z = Math.max(minus, 0)
  if (n === 9) z = Math.min(0, minus)
  if (n === 10) z = minus + minus
  if (n === 11) z = (n - 11) * -3
  return [seen(1 / z), z]
}
