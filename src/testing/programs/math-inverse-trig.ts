// asin, acos, atan and atan2 in all quadrants.
const xs = [0, -0, 1e-310, 1e-9, 0.3, -0.3, 0.5, -0.5, 0.99999, 1, -1, 1.0000001, 2, -7, 1e10, -1e300, NaN, Infinity, -Infinity]
// Makes a number of what the output may not be.
const seen = (x) => (x !== x ? 0.123 : x === Infinity ? 1e300 : x === -Infinity ? -1e300 : x)
export default () => {
  const a = xs[currentFrame % xs.length]
  const b = xs[Math.floor(currentFrame / xs.length) % xs.length]
  const turn = Math.floor(currentFrame / 361) % 3
  if (turn === 0) return [seen(Math.asin(a)), seen(Math.acos(a))]
  if (turn === 1) return [seen(Math.atan(a)), seen(Math.atan2(a, b))]
  return [seen(Math.atan2(b, a)), seen(1 / Math.atan2(a, b))]
}
