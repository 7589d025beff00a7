// Arguments that a function has no use for are evaluated all the same.
let n = 0
const next = () => ++n
export default (t) => {
  n = 0
  const a = Math.floor(t * 1000, next()) + Math.round(2.5, 1 + next()) + Math.fround(0.1, n++)
  const b = Number(currentFrame > 2, next()) + (isNaN(t, next()) ? 1 : 0) + parseInt(3.7, 10, next()) + Math.random(n++) * 0
  return [a + b, n]
}
