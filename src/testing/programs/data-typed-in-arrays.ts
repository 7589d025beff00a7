// Typed arrays of different lengths in one array.
const lines = [3, 5, 8].map((n) => new Float64Array(n))
const pair = { a: new Int32Array(2), b: new Float32Array(2) }
export default () => {
  let s = 0
  for (let k = 0; k < lines.length; k++) {
    const line = lines[k]
    const i = currentFrame % line.length
    s += line[i] * (k + 1)
    line[i] = (currentFrame % 11) - k * 0.5
  }
  pair.a[currentFrame & 1] += s
  pair.b[0] = pair.a[0] / 7
  return [s, pair.b[0] + (pair.a[1] % 1000)]
}
