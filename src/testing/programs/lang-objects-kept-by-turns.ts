// Objects that a turn of a loop makes and the next one finds; nothing tells how many turns there are.
let peak = 0
export default () => {
  let left = 3 + (currentFrame % 3)
  let pair = [0, left]
  let largest = { x: -1, y: 0 }
  const kept = [[0, 0], [0, 0]]
  while (left > 0) {
    left -= 0.75
    pair = [pair[1] + left, pair[0] * 0.5]
    const point = { x: left * (currentFrame % 5), y: pair[0] }
    if (point.x > largest.x) largest = point
    kept[left > 1 ? 1 : 0] = [left, point.x]
  }
  peak = Math.max(peak, largest.x)
  return [peak + pair[0] + pair[1], largest.y + kept[0][1] + kept[1][0] * 10]
}
