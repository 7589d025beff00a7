// The smallest state there is.
const counter = () => {
  let n = 0
  return () => n++
}
const a = counter()
const b = counter()
export default () => [a(), currentFrame % 3 === 0 ? b() : -b()]
