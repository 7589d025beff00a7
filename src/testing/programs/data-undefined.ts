// What is not there is undefined, which is equal to itself, as NaN is not.
const a = [NaN, 2]
const b = new Float32Array(2)
export default () => {
  const i = currentFrame % 4
  const same = a[i] === a[i] ? 1 : 0
  const none = a[i] === undefined ? 10 : 0
  const other = b[i] !== undefined ? 100 : 0
  return [same + none + other, (b[i] ?? 5) + (i > 1 ? 0.5 : 0)]
}
