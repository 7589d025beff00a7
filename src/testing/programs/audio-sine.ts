// An oscillator with another one in its frequency.
const sine = () => {
  let phase = 0
  return (hz) => {
    phase += hz / sampleRate
    return Math.sin(2 * Math.PI * phase)
  }
}
const carrier = sine()
const wobble = sine()
export default () => 0.5 * carrier(440 + 30 * wobble(6))
