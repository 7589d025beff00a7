// map: element, index and array; results of every kind; not what the callback appends; chains, per frame too.
const xs = [1.5, 2.5, -3.5, 4]
const sums = xs.map((x, i, all) => x * i + all[(i + 1) % all.length] + all.length)
const pairs = xs.map((x, i) => [x, i])
const objects = xs.map((x) => ({ x, double: () => x * 2 }))
const flags = xs.map((x) => x > 2)
const maybe = xs.map((x) => (x > 2 ? x : undefined))
const nested = [[1, 2], [3]].map((row) => row.map((x) => -x))
const once = [1, 2, 3]
const appended = once.map((x) => { if (once.length < 6) once.push(x * 10); return x + once.length })
const u8 = new Uint8Array([100, 200, 7]).map((x) => x * 2 + 0.7)
const words = ['ab', 'c'].map((word) => word.length)
const names = [1, 2].map((x) => (x > 1 ? "yes" : "no"))
export default () => {
  const i = currentFrame % 4
  const live = xs.map((x) => x + currentFrame).map((x, k) => x * k)
  const left = sums[i] + pairs[i][0] + pairs[i][1] + objects[i].double() + (flags[i] ? 1 : 0) + (maybe[i] ?? -7)
  return [left + appended.length + appended[i % 3] + once.length, live[i] + u8[i % 3] + words[i & 1] + nested[0][i & 1] + (names[i & 1] === 'yes' ? 3 : 4)]
}
