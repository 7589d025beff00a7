// Members that change; two names for one record; records in records.
const p = { x: 1, y: 2, inner: { z: 3, deep: { w: 4 } } }
const q = p
const inner = p.inner
export default () => {
  q.x = (q.x + p.y) % 17
  p.y += 0.125
  inner.z -= 1
  p.inner.deep.w = inner.z * q.x
  if (inner.z < -50) inner.z = 3
  return [p.x + q.y, p.inner.z + q.inner.deep.w]
}
