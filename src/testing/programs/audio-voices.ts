// Voices that are taken and given back.
const voice = () => {
  let left = 0
  let k = 0
  return {
    free: () => left <= 0,
    start: (n, step) => {
      left = n
      k = step
    },
    next: () => (left > 0 ? (left -= 1) * k : 0),
  }
}
const voices = Array.from({ length: 3 }, voice)
let lost = 0
export default () => {
  if (currentFrame % 40 === 0) {
    let taken = false
    for (let i = 0; i < voices.length && !taken; i++) {
      if (!voices[i].free()) continue
      voices[i].start(100 + (currentFrame % 77), 0.001 * (i + 1))
      taken = true
    }
    if (!taken) lost++
  }
  let s = 0
  for (let i = 0; i < voices.length; i++) s += voices[i].next()
  return [s, lost]
}
