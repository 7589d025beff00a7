// Spread into rest parameters: alone, behind others, across the fixed ones, of typed arrays; per frame too.
const add = (...xs) => xs.reduce((a, b) => a + b, 0)
const times = (k, ...xs) => xs.map((x) => x * k)
const list = [1, 2, 3]
const three = (a, b, c, ...rest) => a * 100 + b * 10 + c + rest.length / 10 + (rest[0] ?? 0) / 100
const cases = [three(...list), three(...list, ...[4, 5]), three(9, ...[8, 7, 6, 5]), three(...[1, 2, 3, 4]), three(1, 2, 3, ...list)]
const all = [...list, 7, 8]
const more = [three(...all), three(0, ...all), three(0, 0, ...all), three(0, 0, 0, ...all), three(0, 0, 0, 0, ...all)]
const typed = add(...new Float32Array([0.5, 0.25]), 1)
const none = add(...[].slice())
const box = { sum: (first, ...others) => others.reduce((a, b) => a - b, first) }
const chain = box.sum(...times(2, ...list))
const voices = (...parts) => parts.map((p) => p.f)
const cells = [{ f: 3 }, { f: 4 }]
const fs = voices(...cells, { f: 5 })
const sines = (t, ...hz) => hz.map((f) => (f * t) % 1)
const forward = (...args) => three(...args)
export default (t) => {
  const [a, b, c] = sines(t, 200, 301, 449)
  const i = currentFrame
  return [add(...times(0.3, a, b)) + cases[i % 5] + more[i % 5], add(...times(0.3, b, c), i) + typed + none + chain + fs[i % 3] + forward(i, ...list)]
}
