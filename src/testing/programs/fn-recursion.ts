// A function that calls itself, as a declaration and as an arrow.
function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2)
}
const factorial = (n) => (n <= 1 ? 1 : n * factorial(n - 1))
const gcd = (a, b) => (b === 0 ? a : gcd(b, a % b))
export default () => [fib(currentFrame % 12) + gcd(currentFrame, 360), factorial(currentFrame % 20)]
