// Each element has its own count.
function counter(step) {
  let n = 0
  return () => (n += step)
}
const counters = [1, 10, 100, 0.5].map((s) => counter(s))
export default () => {
  let s = 0
  for (let i = 0; i < counters.length; i++) if (currentFrame % (i + 1) === 0) s += counters[i]()
  return [s, counters[currentFrame % 4]()]
}
