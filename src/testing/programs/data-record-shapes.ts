// The same members in another order, short forms, names of all kinds.
const x = 3
const f = (v) => v * x
const a = { x, f, $money: 1, _under: 2, π: 3.14 }
const b = { f: (v) => v + 1, x: 10 }
const read = (r, v) => r.x * 2 + r.f(v)
const odd = { plain: 5, length: 6 }
export default () => [read(a, currentFrame) + a.$money, read(b, currentFrame) + a._under + a.π + odd.plain + odd.length]
