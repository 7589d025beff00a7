// Ternaries in ternaries, on both sides.
export default () => {
  const n = currentFrame % 24
  const x = n < 12 ? (n < 6 ? (n < 3 ? n : -n) : n * n) : n < 18 ? n / 7 : n === 20 ? 0.5 : n & 1 ? 1 : 2
  const y = n % 2 ? n % 3 ? 1 : 2 : n % 5 ? 3 : 4
  return [x, y]
}
