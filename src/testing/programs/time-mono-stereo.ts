// A number is both channels; a pair may come from any branch.
const pan = (x, p) => [x * (1 - p), x * p]
export default (t) => {
  if (currentFrame % 3 === 0) return [t, -t]
  const x = (currentFrame % 8) / 8
  return currentFrame % 3 === 1 ? pan(x, 0.25) : pan(x, t)
}
