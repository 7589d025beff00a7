// Assignments to members and elements, and where their parts are evaluated: each once, from left to right.
const a = [1, 2, 3, 4]
const box = { n: 0, list: [5, 6, 7] }
let i = 0
let calls = 0
const at = (n) => {
  calls += 1
  return n & 3
}
const place = () => {
  calls += 100
  return box
}
export default () => {
  a[i++ & 3] += i
  a[at(i)] *= 0.5
  a[at(calls)] -= a[at(calls)] / 3
  place().n += a[0] + place().list[at(i) % 3]
  box.list[at(1)]++
  const old = box.list[2]--
  box.n %= 1000
  if (box.list[2] < -1000) box.list[2] = 7
  return [a[0] + a[1] + box.n, a[2] * 2 + a[3] + old + calls / 1024 + box.list[1]]
}
