// length: of literals, of what methods give, of typed arrays; it never changes while the patch sounds.
const none = []
const some = [4, 5, 6]
const grown = []
for (let i = 0; i < 20; i++) grown[i] = i * i
const f32 = new Float32Array(7.9)
const u8 = new Uint8Array([1, 2, 3])
const rows = [[1], [2, 3], []]
export default () => {
  const i = currentFrame % 3
  const made = [1, 2, 3, 4].filter((x) => x > i)
  return [none.length + some.length * 10 + grown.length * 100 + grown[i + 17], f32.length + u8.length * 10 + rows[i].length + made.length]
}
