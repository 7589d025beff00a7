// What functions make that events call, as often as they are due in a frame.
let level = 0
let next = 1
let sum = 0
function step(time, value) {
  const [a, b] = [value % 5, next]
  level = [1, 3, 2][Math.floor(a / 2)] + { gain: b / 8 }.gain
  next = (next + a) % 7
  after(0.0004 * [1, 2, 1][next % 3], step, value + 1)
}
after(0, step, 1)
every(0.001, (time, count) => { sum += [count % 4, 2].map((x) => x * next).reduce((x, y) => x + y) })
export default () => [level + sum / 1000, next]
