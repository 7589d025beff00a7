// Arrays that a frame makes are empty at first, in every frame, wherever they are written; those that take turns are apart.
let sum = 0
export default () => {
  const i = currentFrame % 4
  const counts = new Float64Array(4)
  counts[i] += 1
  counts[(i * 3) % 4] += 2
  const bits = new Uint8Array(5)
  if (i > 1) bits[i] += 7
  const rows = [new Float32Array(3), new Float32Array(3)]
  rows[i % 2][i % 3] += 0.5
  for (let n = 0; n < 4; n++) sum = (sum + counts[n]) % 1000
  const other = i === 2 ? [1, 2, 3] : [4, 5, 6]
  return [counts[(i + 1) % 4] + counts[i] + rows[0][i % 3] + rows[1][0] + sum, bits[2] + bits[3] + other[i % 3] + other[2]]
}
