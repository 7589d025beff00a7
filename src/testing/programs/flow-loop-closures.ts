// Each turn of a for loop has an i of its own, also when the closure changes it.
const reads = Array.from({ length: 4 }, () => () => 0)
const bumps = Array.from({ length: 4 }, () => () => 0)
for (let i = 0; i < 4; i++) {
  reads[i] = () => i
  bumps[i] = () => (i += 10)
}
const twice = [() => 0, () => 0]
for (let i = 0; i < 4; i++) {
  twice[i & 1] = () => i
  i++
}
export default () => {
  const n = currentFrame & 3
  const b = bumps[n]() % 1000
  return [reads[n]() + b, reads[0]() - reads[3]() + twice[0]() * 7 + twice[1]()]
}
