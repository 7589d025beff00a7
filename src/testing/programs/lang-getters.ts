// A getter is called at every read of its member, and by patterns; others see what it changed.
let reads = 0
const make = (k) => ({
  n: k,
  get x() {
    reads++
    return currentFrame * k
  },
  get add() {
    return (y) => y + k
  },
  get pair() {
    return [k, currentFrame]
  },
  get self() {
    return k
  },
})
const osc = (hz) => {
  let phase = 0
  return {
    get out() {
      phase = (phase + hz / sampleRate) % 1
      return phase
    },
    reset() {
      phase = 0
    },
  }
}
const two = make(2)
const three = make(3)
const list = [two, three]
const { x: first } = two
const some = [{ get v() { return currentFrame } }, { w: 2 }, { get v() { return 3 }, w: 5 }]
const steps = { get 0() { return currentFrame }, get length() { return 5 } }
const a = osc(220)
const b = osc(331)

export default () => {
  const t = currentFrame
  if (t % 50 === 0) a.reset()
  const { x, m = 4 } = three
  const left = two.x + x + m + two.add(t) + list[t & 1].x + list[t & 1].add(3) + reads + first + two?.x
  const right = (some[t % 3].v ?? 30) + (some[t % 3].w ?? 4) + steps[0] + steps.length + three.pair[1] + two.pair.map((y) => y * 2)[0]
  return [left + a.out + b.out * 2 + a.out, right]
}
