// A member that may be absent is called only where it is there.
const vs = [{ f: 1 }, { f: 2, g: (x) => x * 2 }]
const o = { h: (x) => x + 1 }
export default (t) => {
  const a = vs[currentFrame & 1].g?.(currentFrame) ?? -1
  const b = vs[currentFrame % 3]?.g?.(3) ?? 7
  const c = o?.h(currentFrame)
  const d = o.h?.(4)
  return [a * 10 + b, c + d + (vs[0].g?.(1) === undefined ? 100 : 0)]
}
