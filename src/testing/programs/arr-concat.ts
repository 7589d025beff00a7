// concat: arrays and single values, nothing, nested arrays one level deep, objects; per frame too.
const a = [1, 2]
const b = [3]
const all = a.concat(b, 4, [5, 6], [])
const same = a.concat()
same[0] = 100
const rows = [[1]].concat([[2, 3]], [[4]])
const cells = [{ n: 1 }].concat({ n: 2 }, [{ n: 3 }])
const flags = [true].concat([false, true])
const gaps = [1].concat(undefined, [2, undefined])
const empty = [].concat([], 7)
const words = ['ab'].concat('cd', ['e'])
const flattened = [].concat(...[[1, 2], [3]], ...[[4]])
let n = 0
const next = () => ++n
const order = [next()].concat(next(), [next(), next()])
const grow = [1, 2]
const before = grow.concat(grow.push(9))
export default () => {
  const i = currentFrame
  const live = a.concat(i, b)
  const left = all[i % all.length] + same[i % 2] * 10 + rows[i % 3][rows[i % 3].length - 1] + cells[i % 3].n + (flags[i % 3] ? 1 : 0)
  return [left + live[i % 4] + live.length, (gaps[i % 4] ?? -5) + empty[0] + words[i % 3].length + order[i % 4] * 10 + before.length * 100 + before[i % 3] + flattened[i & 3] / 8]
}
