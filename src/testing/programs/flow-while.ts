// while, with a condition that changes things.
let seed = 27
export default () => {
  let n = (seed = (seed * 7 + 3) % 997) + 1
  let steps = 0
  while (n !== 1) {
    n = n % 2 === 0 ? n / 2 : 3 * n + 1
    if (++steps >= 60) break
  }
  let left = 10
  while (left-- > steps % 7) n += left
  while (false) n = -1
  return [steps, n]
}
