// Records of closures, made by a loop and by a map.
const ops = (k) => ({ up: (x) => x + k, down: (x) => x - k, nested: { both: (x) => (x + k) * (x - k) } })
const all = [1, 2, 3].map(ops)
const even = { f: all[1].up, g: all[2] }
export default () => {
  const n = currentFrame % 30
  const o = all[n % 3]
  return [o.up(n) * o.down(n) - o.nested.both(n) + n, even.f(n) + even.g.down(n)]
}
