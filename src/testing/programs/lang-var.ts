// `var` belongs to the whole function, and is `undefined` before anything is assigned to it.
function early(t) {
  var seen = x === undefined ? 1 : 2
  var x = t
  return seen * 100 + x
}
function late(t) {
  x = t * 2
  if (t > 5) {
    var x
    x += 1
  }
  return x
}
function inBlocks(t) {
  if (t % 3 > 1) {
    var y = 3
    t += y
  } else {
    var y = [t]
    t += y[0]
  }
  return t
}
function maybe(t) {
  if (t % 4 > 2) var z = t
  return z === undefined ? -1 : z
}
function kept(n) {
  var sum = 0
  for (var i = 0, y = 0; i < n; i++) {
    var last
    sum += last === undefined ? 1000 : last
    last = i
    y += i
  }
  return sum + i * 10 + y + last
}
function twoLoops(xs) {
  var total = 0
  for (var i = 0; i < xs.length; i++) total += xs[i]
  for (var i = xs.length - 1; i >= 0; i--) total = total * 0.5 + xs[i]
  for (var x of xs) total += x
  for (var x of xs) if (x > 2) break
  return total + x
}
function nested(n) {
  var count = 0
  for (var i = 0; i < n; i++) {
    for (var i = i; i < n; i++) count++
  }
  return count + i
}
function none() {
  var nothing
  return nothing === undefined ? 4 : 5
}
export default (t) => {
  var n = currentFrame % 10,
    a = early(n) + late(n),
    b = inBlocks(n) + maybe(n)
  return [a + kept(n + 1) + none(), b + twoLoops([n, 2, 3]) + nested(n)]
}
