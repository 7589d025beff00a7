// Recursion by closures that capture: a local function, with its own variables in each call.
function tree(depth) {
  let visits = 0
  const walk = (d, x) => {
    visits++
    if (d === 0) return x
    const left = walk(d - 1, x * 2)
    return left - walk(d - 1, x + d)
  }
  return (x) => walk(depth, x) + visits / 4096
}
const small = tree(2)
const large = tree(5)
export default () => [small(currentFrame % 10), large(currentFrame % 7)]
