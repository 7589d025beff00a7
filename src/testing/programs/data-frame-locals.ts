// Helpers, arrays and closures kept in variables beside the formula, assigned again in every call.
let t = 0, f, a, o, held = 5
export default () => (
  (t = currentFrame),
  (f = (n) => (n < 1 ? 0 : f(n - 1) + (t & 7))),
  (a = [1, 2, 3, t]),
  (o = { x: a[t & 3], add: (y) => o.x + y }),
  (held = t % 10 ? held : t),
  [f(5) + a[3], o.add(held)]
)
