// Booleans are 0 and 1 where a number is asked for.
let on = false
export default () => {
  const n = currentFrame % 16
  on = n > 3 !== on
  const a = n > 5
  const b = n % 3 === 0
  const sum = a + b + true
  const bits = (a & b) | (on << 2) | (a ^ b)
  const order = (a < b) * 10 + (a === b) * 20 + (a >= on) * 40
  return [sum * 2 - -on + +b, bits + order + (a ? 0.5 : 0) + ~a / 8]
}
