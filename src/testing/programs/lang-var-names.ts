// A `var` beside a parameter, a function or a variable of the same name, and in patterns.
var a = 1
var a = 2,
  b
if (a > 1) {
  var c = a * 10
}
var d
function parameter(x, y) {
  var x
  var y = y === undefined ? 7 : y + 1
  return x + y
}
function pattern({ p, q }) {
  var p
  var q = q * 2
  return p + q
}
function beside(t) {
  var before = f(t)
  var f
  var between = f(t)
  var f = (n) => n * 2
  function f(n) {
    return n + 1
  }
  return before + between + f(t)
}
function separate(x, get = () => x) {
  var x
  var first = x
  x = first + 10
  return get() + x
}
function fromOutside(n = a) {
  var a = n * 3
  return a
}
function parts(t) {
  var [one, { two, three = 3 }] = [t, { two: 2 }]
  for (var [index, value] of [t, 5].entries()) one += index * value
  for (var { z } of [{ z: 1 }, { z: t }]) two += z
  if (t > 0) {
    var { two: inner } = { two: t }
  }
  return one + two + three + index + value + z + (inner === undefined ? 0 : inner)
}
function inSwitch(n) {
  switch (n % 3) {
    case 0:
      var kind = 5
      break
    case 1:
      kind = 6
  }
  return kind === undefined ? 9 : kind
}
function labels(n) {
  outer: for (var i = 0; i < 5; i++) {
    for (var j = 0; j < 5; j++) {
      if (i * j > n) break outer
    }
  }
  return i * 10 + j
}
b = 3
var b
for (var [m, w] = [0, 1]; m < 4; m++) w *= 2
export default (t) => {
  const n = currentFrame % 12
  d = (d === undefined ? 0 : d) + 1
  const left = parameter(n) + parameter(n, n) + pattern({ p: n, q: 2 }) + beside(n) + separate(n) + fromOutside()
  return [left + a + b + c + d, parts(n) + inSwitch(n) + labels(n) + m + w]
}
