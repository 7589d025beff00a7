// Texts and numbers in one variable: the tests of Number are false for whatever is no number.
let seen = 0
export default () => {
  const n = currentFrame % 8
  const mixed = n % 2 ? 'x' : 0
  const some = [Number.isNaN(n % 2 ? '' : 0), Number.isNaN(mixed), Number.isFinite(mixed), Number.isInteger(n > 3 ? '7' : n)]
  seen = Number.isNaN('1' || 0) ? seen + 1 : seen + 0.5
  return [(some[0] ? 1 : 0) + (some[1] ? 2 : 0) + (some[2] ? 4 : 0) + (some[3] ? 8 : 0), seen]
}
