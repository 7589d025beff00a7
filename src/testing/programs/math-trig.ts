// sin, cos and tan, from the smallest to the largest arguments, of both signs.
const xs = [0, -0, 1e-310, 1e-20, 1e-8, 0.1, 0.5, 0.7853981633974483, 1, 1.5707963267948966, 2, 3, 3.141592653589793, 6.283185307179586, 10, 100, 355, 12345.678, 1e6, 1e9, 1e15, 1e22, 1e100, 1e300, NaN, Infinity]
// Makes a number that can be played of any other.
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
export default () => {
  const x = xs[currentFrame % xs.length] * (Math.floor(currentFrame / xs.length) % 2 ? -1 : 1)
  const turn = Math.floor(currentFrame / xs.length / 2) % 2
  return turn ? [seen(Math.sin(x)), seen(Math.cos(x))] : [seen(Math.tan(x)), seen(1 / Math.sin(x))]
}
