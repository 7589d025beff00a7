// Objects of the top level that frames pass on, where what one frame creates has the same type.
const low = [1, 2]
const high = [3, 4]
const pick = (which) => (which ? low : high)
let shape = low
let f = (x) => x
const twice = (x) => 2 * x
export default (t) => {
  const before = shape[0] + f(1)
  let own = low
  if (t > 0.001) own = [t, 1 - t]
  const scale = own[0]
  let g = twice
  if (t > 0.0005) g = (x) => scale * x
  f = twice
  shape = pick(scale % 2 < 1)
  return before + own[1] + g(2)
}
