// + - ! ~ ++ --, before and after, and the values they give.
// Makes a number of what the output may not be.
const seen = (x) => (x !== x ? 0.123 : x === Infinity ? 1e300 : x === -Infinity ? -1e300 : x)
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
