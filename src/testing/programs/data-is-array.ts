// Tuples are arrays, typed arrays are none, and nothing is not.
const rows = [[1], [2, 3]]
const pair = [1, rows]
export default () => {
  const some = rows[currentFrame % 3]
  const flags = [Array.isArray(rows), Array.isArray(pair), Array.isArray(new Int8Array(1)), Array.isArray(some), Array.isArray(3)]
  return [flags.reduce((sum, flag, i) => sum + (flag ? 2 ** i : 0), 0), Array.isArray() ? 1 : currentFrame]
}
