// + - ! ~ ++ --, before and after, and the values they give.
// Makes a number that can be played of any other.
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : x
}
let up = -3.5
let down = 2147483646.5
export default () => {
  const before = ++up
  const after = down++
  const third = up-- + --down
  up += 0.75
  down += 0.5
  const minus = -up
  const sign = - -minus - +up
  return [seen(before * 7 + sign + ~up), seen(after + third / 3 + (!up ? 1 : 0) + -(!down))]
}
