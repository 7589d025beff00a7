// A short string: noise in a loop with an average.
const n = 64
const line = Array.from({ length: n }, (_, i) => ((i * 37) % 64) / 32 - 1)
let at = 0
export default () => {
  const next = (at + 1) % n
  const y = 0.5 * (line[at] + line[next]) * 0.998
  line[at] = y
  at = next
  return y
}
