// Some of several functions take more arguments than the call gives.
const make = (n) => (n === 0 ? (a) => a : n === 1 ? (a, b = 5) => b + (a === undefined ? 10 : a) : () => 3)
const fs = [make(0), make(1), make(2)]
const plus = ((p, q) => p + (q ?? 100)) ?? (() => 0)
export default () => {
  const i = currentFrame % 3
  return [(fs[i]() ?? 20) + currentFrame, fs[i](7) + plus(1)]
}
