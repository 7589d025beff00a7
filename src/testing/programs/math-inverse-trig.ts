// asin, acos, atan and atan2 in all quadrants.
const xs = [0, -0, 1e-310, 1e-9, 0.3, -0.3, 0.5, -0.5, 0.99999, 1, -1, 1.0000001, 2, -7, 1e10, -1e300, NaN, Infinity, -Infinity]
// Makes a number that can be played of any other.
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
export default () => {
  const a = xs[currentFrame % xs.length]
  const b = xs[Math.floor(currentFrame / xs.length) % xs.length]
  const turn = Math.floor(currentFrame / 361) % 3
  if (turn === 0) return [seen(Math.asin(a)), seen(Math.acos(a))]
  if (turn === 1) return [seen(Math.atan(a)), seen(Math.atan2(a, b))]
  return [seen(Math.atan2(b, a)), seen(1 / Math.atan2(a, b))]
}
