// Everything side by side, without parentheses.
let k = 0
export default () => {
  k = k + 1 & 15
  const x = 1 + k * 3 - 4 / 2 % 5 << 1 & 63 | k ^ 5
  const y = k < 5 === k > 2 ? k & 3 | 4 : -(k ** 2) || 7
  const z = !k + +k - -k * ~k >> 1
  const w = k === 3 || k === 4 && k !== 3 ? 1 : k > 7 && k < 9 || k === 12 ? 2 : 3
  return [x * 1000 + z, y * 10 + w]
}
