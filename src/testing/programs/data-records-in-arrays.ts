// An array of records which hold arrays and closures.
const voices = [110, 220, 330].map((f, i) => ({ f, gain: 1 / (i + 1), phase: 0, history: [0, 0, 0], on: i !== 1 }))
export default () => {
  let s = 0
  for (let i = 0; i < voices.length; i++) {
    const v = voices[i]
    v.phase += v.f / sampleRate
    if (v.phase >= 1) {
      v.phase -= 1
      v.on = !v.on
    }
    v.history[currentFrame % 3] = v.on ? v.phase * v.gain : 0
    s += v.history[(currentFrame + 1) % 3]
  }
  return [s, voices[currentFrame % 3].history[0]]
}
