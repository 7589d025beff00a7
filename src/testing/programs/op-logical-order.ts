// && and || look at their right side only when they must.
let calls = 0
const yes = () => {
  calls += 1
  return true
}
const no = () => {
  calls += 10
  return false
}
export default () => {
  const n = currentFrame % 4
  const a = (n & 1 ? yes() : no()) && yes()
  const b = (n & 2 ? yes() : no()) || no()
  if (a && b) calls += 100
  if ((n === 2 && yes()) || (n === 1 && no() && yes())) calls += 1000
  return [calls, a === b ? 1 : 0]
}
