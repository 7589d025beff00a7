// The beat by the tempo that the top level says, from functions, closures and the frame alike.
const beatAtTop = currentBeat
const bpm = 97.3
const steps = [3, 1, 4, 1, 5]

function step(perBeat) {
  let last = -1
  return () => {
    const now = Math.floor(currentBeat * perBeat)
    const isNew = now !== last
    last = now
    return isNew ? 1 : 0
  }
}

const tick = step(400)

export default () => [
  steps[Math.floor(currentBeat * 500) % steps.length] + tick() + beatAtTop,
  currentBeat - currentFrame * bpm / (60 * sampleRate),
]
