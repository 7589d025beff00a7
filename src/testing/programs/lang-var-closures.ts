// Closures that are made in the turns of a loop share the one variable of the function, or of the top level.
var all = []
for (var i = 0; i < 3; i++) all.push(() => i)
for (var k of [10, 20]) all.push(() => k)
function counters() {
  var made = []
  for (var j = 0; j < 3; j++) {
    var step = j + 1
    made.push(() => (j += step))
  }
  return made
}
var own = counters()
function fib(n) {
  var go = function (m) {
    return m < 2 ? m : go(m - 1) + go(m - 2)
  }
  return go(n)
}
function isEven(n) {
  var even = (m) => (m === 0 ? 1 : odd(m - 1))
  var odd = (m) => (m === 0 ? 0 : even(m - 1))
  return even(n)
}
function hoisted(t) {
  var before = get()
  var value = t
  function get() {
    return value === undefined ? 50 : value
  }
  return before + get()
}
function phasor() {
  var phase = 0
  return function () {
    phase = (phase + 0.01) % 1
    return phase
  }
}
var saw = phasor()
var seen = seenEarly()
function seenEarly() {
  return later === undefined ? 5 : 6
}
var later = 2

export default (t) => {
  var sum = 0
  for (var n = 0; n < all.length; n++) sum += all[n]()
  return [sum + own[currentFrame % 3]() + saw(), fib(currentFrame % 7) + isEven(currentFrame % 5) + hoisted(t) + seen + later]
}
