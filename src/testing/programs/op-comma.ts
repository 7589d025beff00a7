// A comma gives its last part, after the others have happened.
let n = 0
export default () => {
  const x = (n++, n % 3, n * 2)
  let s = 0
  for (let i = 0, j = 10; i < j; i++, j -= 2) s += (n, i * j)
  return [x, s + ((s = 1), s)]
}
