// filter: what the callback says is true in JavaScript's sense; typed arrays stay what they are; per frame too.
const xs = [5, -1, 0, 8, 3, NaN]
const positive = xs.filter((x) => x > 0)
const truthy = xs.filter((x) => x)
const even = xs.filter((_, i) => i % 2 === 0)
const later = xs.filter((x, i, all) => x < all[i + 1])
const nothing = xs.filter(() => 0)
const u8 = new Uint8Array([250, 3, 251]).filter((x) => x > 100)
u8[0] = 511
const cells = [{ n: 1 }, { n: 2 }, { n: 3 }]
const kept = cells.filter((cell) => cell.n !== 2)
const defined = [1, undefined, 3].filter((x) => x !== undefined)
positive.push(77)
export default () => {
  const i = currentFrame
  kept[1].n += 1
  const bits = xs.filter((_, k) => (i >> k) & 1)
  const twice = bits.filter((x) => x >= 0).filter((x) => x < 8)
  let sum = 0
  for (const x of twice) sum += x
  const left = positive[i % 4] * 10 + truthy.length + even[i % 3] + later[i % 2] * 100 + nothing.length
  return [left + sum + bits.length * 1000, u8[i % 3] + u8.length + cells[2].n + kept.length + defined[i & 1]]
}
