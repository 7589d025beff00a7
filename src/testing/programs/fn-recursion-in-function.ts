// A function declared in another one calls itself and those declared after it, and sees what is around.
function tree(depth) {
  const weights = [1, 0.5, 0.25]
  function branch(n) {
    if (n <= 0) return leaf(n)
    const mine = weights[n % 3]
    return mine * branch(n - 1) + weights[0] * leaf(n)
  }
  function leaf(n) {
    return n > 1 ? branch(n - 2) : weights[1] + n
  }
  return branch(depth)
}
const atTop = tree(5)

export default () => [tree(currentFrame % 7), atTop * currentFrame]
