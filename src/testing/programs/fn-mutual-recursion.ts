// Functions that call each other before they are declared.
export default () => {
  const n = currentFrame % 15
  return [isEven(n) ? 1 : isOdd(n) ? -1 : 0, hofF(n) * 10 + hofM(n)]
}
const isEven = (n) => (n === 0 ? true : isOdd(n - 1))
const isOdd = (n) => (n === 0 ? false : isEven(n - 1))
function hofF(n) {
  return n === 0 ? 1 : n - hofM(hofF(n - 1))
}
function hofM(n) {
  return n === 0 ? 0 : n - hofF(hofM(n - 1))
}
