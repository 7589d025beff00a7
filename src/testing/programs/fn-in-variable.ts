// A variable that holds now this closure, now that one.
const counter = (step) => {
  let n = 0
  return () => (n += step)
}
const up = counter(1)
const down = counter(-0.25)
let f = up
let hold = (x) => x
const negate = (x) => -x
const double = (x) => x * 2
export default () => {
  if (currentFrame % 5 === 0) f = f === up ? down : up
  if (currentFrame % 7 === 3) hold = hold === negate ? double : negate
  return [f(), hold(f())]
}
