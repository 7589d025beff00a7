// Array(n), new Array(n), Array of elements, Array.of, Array.isArray.
const empty = Array(3)
const filled = new Array(4).fill(0).map((_, i) => i * i)
const listed = Array(1, 2, 3)
const one = Array.of(7)
const several = Array.of(1, 2, 3)
const word = Array('abc')
const later = Array(3)
for (let i = 0; i < 3; i++) later[i] = i + 0.5
const grid = Array(3).fill().map(() => Array(2).fill(0))
grid[1][0] = 5
const objects = Array(2)
objects[0] = { n: 4 }
const none = Array()
const spread = Array.of(...several, 9)
const is = [Array.isArray(several) ? 1 : 0, Array.isArray(new Float32Array(1)) ? 1 : 0, Array.isArray(3) ? 1 : 0]
const f32 = new Float32Array(sampleRate * 0.000101)
const i8 = new Int8Array(NaN)
export default () => {
  const i = currentFrame % 3
  const left = (empty[i] === undefined ? 1 : 0) + filled[i + 1] * 10 + listed[i] + one[0] * 100 + one.length + several[i]
  return [left + word.length + word[0].length, later[i] + grid[i][i & 1] * 10 + (objects[i]?.n ?? 0.125) + none.length + spread[i + 1] + is[i] * 1000 + f32.length + i8.length]
}
