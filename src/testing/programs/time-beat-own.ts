// A patch may have a name of its own for it, and without a tempo there are sixty beats a minute.
let tempo = 90
const faster = () => {
  tempo += 1
  return tempo
}

function beats(currentBeat) {
  return currentBeat * 2
}

const inner = () => {
  const currentBeat = 7
  return currentBeat
}

export default () => [currentBeat, beats(inner()) + faster()]
