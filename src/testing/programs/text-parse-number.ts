// parseInt takes a number as it is written.
const odd = [true, null, undefined, 3.9, -0.5, '12']
export default () => {
  const x = (currentFrame - 40) * 2.75
  const large = parseInt(x * 1e21) + parseInt(x * 1e-9) + parseInt(1 / 0 + x)
  const based = parseInt(x, 3) + parseInt(x, 16) * 2 + (parseInt(currentFrame, 2) || 0)
  const some = parseInt(odd[currentFrame % 6])
  const zero = 1 / parseFloat(-0 * currentFrame) > 0 ? 0 : 1000
  return [zero + (large || 5) + based, (some || 0.5) + (parseFloat(odd[currentFrame % 4]) || 0.25) + (parseInt(currentFrame > 3) || 0)]
}
