// `Number(x)` is a number, whatever x was.
const on = [true, false]
const mixed = [true, 2.5, null, undefined, false]
export default () => {
  const flag = on[currentFrame % 2]
  const some = mixed[currentFrame % 5]
  const a = Number(currentFrame > 3) === 1 ? 1 : 0
  const b = Number.isFinite(Number(currentFrame % 3 > 0)) && typeof Number(true) === 'number' ? 2 : 0
  return [a + b + Number(flag) * 4, (Number(some) === 1 ? 1 : 0) + (Number.isInteger(Number(some)) ? 2 : 0) + (+!flag === 1 ? 4 : 0)]
}
