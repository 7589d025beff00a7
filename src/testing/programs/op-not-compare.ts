// !(a < b) is not a >= b where NaN is about.
const xs = [0, -0, 1, -1, 0.5, -0.5, 1.5, -2.5, 7, -7, 31, 32, 2147483648, -(2147483648), 4294967299, 9007199254740992, 1e300, -1e-310, NaN, Infinity, -Infinity]
export default () => {
  const a = xs[currentFrame % xs.length]
  const b = xs[Math.floor(currentFrame / xs.length) % xs.length]
  let score = 0
  if (!(a < b)) score += 1
  if (!(a >= b)) score += 2
  if (!(a === b)) score += 4
  if (!(a !== b)) score += 8
  if (!a) score += 16
  if (!!b) score += 32
  while (!(score > 10)) score += 100
  return score
}
