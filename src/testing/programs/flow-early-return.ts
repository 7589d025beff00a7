// Returns out of loops, and a function that sometimes only does something.
const log = [0, 0]
const find = (list, x) => {
  for (let i = 0; i < list.length; i++) {
    if (list[i] === x) return i
    let k = 0
    while (k < 3) {
      if (list[i] + k === x) return i + k / 10
      k++
    }
  }
  return -1
}
const note = (x) => {
  if (x < 0) return
  log[0] += x
  log[1]++
}
const list = [0, 10, 20, 40]
export default () => {
  const at = find(list, currentFrame % 50)
  note(at)
  return [at, log[0] / (log[1] + 1)]
}
