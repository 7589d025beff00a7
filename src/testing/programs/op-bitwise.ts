// & | ^ ~ take their sides modulo 2 ** 32, without fractions; NaN and infinity become 0.
const xs = [0, -0, 1, -1, 0.5, -0.5, 1.5, -2.5, 7, -7, 31, 32, 2147483648, -(2147483648), 4294967299, 9007199254740992, 1e300, -1e-310, NaN, Infinity, -Infinity]
export default () => {
  const a = xs[currentFrame % xs.length]
  const b = xs[Math.floor(currentFrame / xs.length) % xs.length]
  return Math.floor(currentFrame / 441) % 2 === 0 ? [a & b, a | b] : [a ^ b, ~a]
}
