// Declared at the top level, it is the patch's own.
const bpm = 120
let currentBeat = 5

export default () => {
  currentBeat += bpm
  return currentBeat
}
