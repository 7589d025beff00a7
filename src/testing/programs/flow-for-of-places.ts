// Where an element goes to is looked for after it has been read.
const xs = [0, 0, 0, 0]
const ys = [1, 2, 3]
const o = { x: 0 }
let i = 0

export default () => {
  for (ys[xs[0]++ % 3] of xs);
  for (xs[++i & 3] of ys) i += xs[2] & 1
  for (o.x of ys) i += o.x & 1
  return [ys[0] + ys[1] * 10 + ys[2] * 100, xs[0] + xs[1] * 2 + xs[2] * 3 + o.x]
}
