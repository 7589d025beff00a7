// **= on a variable and on an element.
let x = 1.1
const a = [2, 3]
export default () => {
  x **= 1.5
  if (x > 100) x = 1.1
  a[1] **= 2
  if (a[1] > 1e6) a[1] = 3
  return [x, a[1]]
}
