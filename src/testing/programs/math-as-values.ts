// The functions of Math are values like any other.
const shapes = [Math.sin, Math.cos, Math.tanh, Math.sqrt, (x) => x * x]
const floor = Math.floor
const through = (f, x) => f(x) + 1
let f = Math.abs
export default () => {
  const x = (currentFrame % 100) / 37
  if (currentFrame % 9 === 0) f = f === Math.abs ? Math.sign : Math.abs
  return [shapes[currentFrame % 5](x), through(Math.exp, -x) + floor(x) + f(-x)]
}
