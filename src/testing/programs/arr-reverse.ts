// reverse in place and toReversed as a copy: even, odd, one, none, typed, objects, while it sounds.
const even = [1, 2, 3, 4]
const result = even.reverse()
result[0] = 40
const odd = [1, 2, 3].reverse()
const one = [7].reverse()
const none = [].reverse()
const i16 = new Int16Array([1, -2, 3]).reverse()
const kept = [1, 2, 3]
const copy = kept.toReversed()
copy.push(9)
const back = new Uint8Array([1, 2]).toReversed()
const cells = [{ n: 1 }, { n: 2 }, { n: 3 }].reverse()
const live = [1, 2, 3, 4, 5]
export default () => {
  const i = currentFrame
  if (i % 3 === 0) live.reverse()
  live[i % 5] += 1
  const turned = live.toReversed()
  const left = even[i & 3] + odd[i % 3] * 10 + one[0] + none.length + i16[i % 3] * 100
  return [left + live[i % 5], kept[i % 3] + copy[i & 3] * 10 + back[i & 1] + cells[i % 3].n + turned[i % 4] * 100]
}
