// at: from both ends, fractions, outside, typed arrays, and with for copies with one element changed.
const xs = [10, 20, 30]
const places = [0, 1.9, -1, -1.5, -3, -4, 3, NaN, Infinity, undefined]
const found = places.map((place) => xs.at(place))
const cells = [{ n: 1 }, { n: 2 }]
const f32 = new Float32Array([0.1, 0.2])
const changed = xs.with(-1, 5)
const typed = new Uint8Array([1, 2, 3]).with(1.7, 300)
const last = cells.at(-1)
export default () => {
  const i = currentFrame % 10
  last.n += 1
  const live = xs.with(i % 3, i)
  return [(found[i] ?? -1) + changed[i % 3] * 100 + xs[2], cells.at(i % 2).n + f32.at(-1 - (i & 1)) + typed[i % 3] * 1000 + (live.at(-(i % 5)) ?? 7) + (cells.at(5)?.n ?? 0.5)]
}
