// A factory in a factory in a factory, each with state that its children share.
function outer(a) {
  let total = 0
  return (b) => {
    let subtotal = 0
    total += 1000
    return (c) => {
      let count = 0
      return () => {
        count += c
        subtotal += b
        total += a
        return count + subtotal * 10 + total
      }
    }
  }
}
const one = outer(1)
const two = one(2)
const three = one(3)
const fs = [two(4), two(5), three(6), outer(7)(8)(9)]
export default () => [fs[currentFrame % 4](), fs[0]()]
