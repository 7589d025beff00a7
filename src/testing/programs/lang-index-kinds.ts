// An index that is no number names no element; a string of digits does.
const list = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
const bytes = new Uint8Array([7, 8, 9])
const keys = ['0', '1', '01', '1.0', ' 1', '', '-1', '10', '007', '1e0']
const text = 'abcdefghijkl'

export default () => {
  const t = currentFrame
  const flag = t % 7 > 3
  const maybe = t & 1 ? null : 1
  const mixed = t % 3 === 0 ? true : 2
  const left = (list[flag] ?? 99) + (list[maybe] ?? 50) + (bytes[mixed] ?? 100) + (list[keys[t % 10]] ?? t)
  const right = ([5, 6, 7]['120x2'[t % 6]] ?? 9) + (list[t & 1 ? undefined : 2] ?? 1) + (text[keys[t % 10]] === 'b' ? t : 0)
  return [left, right + (list?.[flag] ?? 3)]
}
