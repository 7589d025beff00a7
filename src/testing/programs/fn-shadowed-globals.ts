// The patch's own names come before the language's.
const Math = { sin: (x) => x + 1, PI: 3 }
const sampleRate = 10
let currentFrame = 0
export default () => {
  currentFrame += 0.5
  return [Math.sin(Math.PI) + sampleRate, currentFrame]
}
