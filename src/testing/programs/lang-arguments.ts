// `arguments` has a length and elements, whatever the parameters are and what is assigned to them.
function sum() {
  var total = 0
  for (var i = 0; i < arguments.length; i++) total = total * 2 + arguments[i]
  return total
}
function either(a, b) {
  if (arguments.length < 2) b = 10
  a += 1
  return a * 100 + b * 10 + arguments[0]
}
function pattern({ b } = { b: 2 }) {
  return b * arguments.length
}
function defaults(a = 5, b = a) {
  return a + b + (arguments[0] === undefined ? 1000 : arguments[0]) + arguments.length
}
function rest(a, ...more) {
  return a + more.length * 10 + arguments.length * 100
}
function inArrows(a) {
  const at = (n) => arguments[n]
  return at(0) + at(1) + (() => arguments.length)() * a
}
function passedOn() {
  var seen = 0
  for (var x of arguments) seen += x
  return sum(...arguments) + seen + [...arguments, 1].length
}
function nested(n) {
  function own() {
    return arguments.length
  }
  return own(1, 2, 3) * 10 + arguments.length + n
}
const voice = {
  play(note) {
    return note + arguments.length
  },
}
function waves(shape) {
  return shape(arguments.length)
}
const chosen = [
  function (a) {
    return a + arguments.length
  },
  (a) => a * 3,
]
export default function (t) {
  const n = currentFrame % 10
  const left = sum(n) + sum(n, 2, n) + either(n) + either(n, 3) + defaults() + defaults(n, n) + pattern() + pattern({ b: n }) + rest(n)
  const right = rest(n, 1, 2) + inArrows(n, 2) + passedOn(n, 4) + nested(n) + voice.play(n) + voice.play(n, 1)
  return [left + waves((x) => x * n) + arguments.length, right + chosen[n % 2](n)]
}
