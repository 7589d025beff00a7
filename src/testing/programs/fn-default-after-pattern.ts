// A default may use the names of the patterns in front of it.
let order = 0
const next = (x) => (order = order * 3 + x)
const voice = ({ hz, gain = next(1) }, detune = hz * 0.01 + next(2), [a, b] = [hz, gain], c = a + b) => hz + detune + gain + c
const pair = ([p, q = p], r = q * 2, f = (x) => x + q) => p + f(r)

export default () => {
  order = 0
  const left = voice({ hz: currentFrame, gain: undefined }) + voice({ hz: 3, gain: 0.5 }, 7)
  return [left + order, pair([currentFrame]) + pair([1, 2], 5) + pair([3, 4], undefined, (x) => x * 0.5)]
}
