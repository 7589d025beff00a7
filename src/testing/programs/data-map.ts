// map: with an index, with the array, with a named function, of a typed array (which stays one).
const xs = [1.5, 2.5, -3.5]
const doubled = xs.map((x) => x * 2)
const indexed = xs.map((x, i) => x * i)
const self = xs.map((x, i, all) => x + all[(i + 1) % all.length])
const floors = xs.map(Math.floor)
const flags = xs.map((x) => x > 0)
const f32 = new Float32Array([0.1, 0.2, 0.3]).map((x) => x * 3)
const u8 = new Uint8Array([100, 200]).map((x) => x * 2 + 0.7)
const chain = xs.map((x) => x + 1).map((x) => ({ x }))
let calls = 0
const counted = xs.map(() => ++calls)
export default () => {
  const i = currentFrame % 3
  const a = doubled[i] + indexed[i] + self[i] + floors[i] + (flags[i] ? 100 : 200)
  return [a, f32[i] + u8[i & 1] + chain[i].x + counted[i] + calls]
}
