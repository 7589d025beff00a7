/** Small synths, each in one habit of writing JavaScript. */
import { complete } from '../patch.ts';

export const styles = complete('habits', {
  'records of closures, made by a factory in a factory': `
const rack = (rate) => {
  const phasor = (hz) => {
    let p = 0
    return { step: () => (p = (p + hz / rate) % 1), reset: () => { p = 0 } }
  }
  const module = (hz, shape) => {
    const ph = phasor(hz)
    return { out: () => shape(ph.step()), sync: ph.reset }
  }
  return { saw: (hz) => module(hz, (p) => 2 * p - 1), pulse: (hz, w = 0.5) => module(hz, (p) => +(p < w)) }
}
const { saw, pulse } = rack(sampleRate)
const a = saw(150), b = pulse(98.5, 0.2)
export default () => {
  if (currentFrame % 500 === 0) a.sync()
  return 0.4 * a.out() + 0.3 * b.out()
}
`,
  'a small functional kit': `
const compose = (...fs) => (x) => fs.reduceRight((v, f) => f(v), x)
const scale = (k) => (x) => x * k
const offset = (k) => (x) => x + k
const fold = (x) => (x > 1 ? 2 - x : x < -1 ? -2 - x : x)
const shape = compose(scale(0.5), fold, offset(0.2), scale(1.7), Math.sin)
export default (t) => shape(t * 1500)
`,
  'everything imperative': `
const N = 8
const phase = new Float64Array(N), freq = new Float64Array(N), amp = new Float64Array(N)
let i
for (i = 0; i < N; i++) {
  freq[i] = 55 * (i + 1)
  amp[i] = 1 / (i + 1)
}
export default function process() {
  let acc = 0, k = N
  while (k--) {
    phase[k] += freq[k] / sampleRate
    if (phase[k] >= 1) phase[k]--
    acc += amp[k] * (phase[k] < 0.5 ? phase[k] * 4 - 1 : 3 - phase[k] * 4)
  }
  return acc / 3
}
`,
  'getters and methods in literals': `
const lfo = {
  phase: 0,
  rate: 70,
  get value() { return Math.sin(2 * Math.PI * lfo.phase) },
  tick() { lfo.phase = (lfo.phase + lfo.rate / sampleRate) % 1 },
}
const mixer = { gains: [0.5, 0.3], get total() { return mixer.gains.reduce((a, b) => a + b) } }
export default (t) => {
  lfo.tick()
  return (mixer.gains[0] * lfo.value + mixer.gains[1] * ((t * 300) % 1)) / mixer.total
}
`,
  'labels, do and continue': `
const primes = []
candidates: for (let n = 2; primes.length < 12; n++) {
  for (const p of primes) {
    if (p * p > n) break
    if (n % p === 0) continue candidates
  }
  primes.push(n)
}
let k = 0, left = 0, sign = 1
export default () => {
  if (left === 0) {
    do { k = (k + 1) % primes.length } while (primes[k] < 7)
    left = primes[k]
    sign = -sign
  }
  left--
  return (sign * left) / 40
}
`,
  'destructuring everywhere': `
const settings = { osc: { hz: 180, width: 0.3 }, filter: { a: 0.2, modes: ['low', 'high'] } }
const { osc: { hz, width: duty = 0.5 }, filter: { a, modes: { length: modeCount } } } = settings
const [first, , third = 7, ...others] = [1, 2, undefined, 4, 5]
let state = { p: 0, y: 0 }
const step = ({ p, y }, [k, d]) => ({ p: (p + k) % 1, y: y + a * ((p < d ? 1 : -1) - y) })
export default () => {
  const { p, y } = step(state, [hz / sampleRate, duty])
  state.p = p
  ;({ y: state.y } = { y })
  return (y * modeCount * first) / third + others[1] / 100
}
`,
  'short circuits instead of if': `
let n = 0, level = 0, dir = 1
const flip = () => (dir = -dir)
export default () => {
  n++
  n % 111 || flip()
  n % 50 === 0 && (level += 0.05)
  level > 0.5 && (level = 0)
  const side = dir > 0 && 'right' || 'left'
  return (side === 'right' ? level : -level) + (n & 64 && 0.1)
}
`,
  'closures over loop variables': `
const taps = []
for (let i = 0; i < 4; i++) {
  let held = i
  taps.push((x) => {
    const y = held
    held = held * 0.9 + x * (i + 1) * 0.1
    return y
  })
}
for (const [i, f] of taps.entries()) f(i)
export default () => {
  const x = currentFrame % 90 < 45 ? 0.2 : -0.2
  let sum = 0
  for (const tap of taps) sum += tap(x)
  return sum / taps.length
}
`,
  'mutual recursion and trees': `
const leaf = (hz) => ({ hz, kids: [] })
const tree = { hz: 110, kids: [{ hz: 165, kids: [leaf(220), leaf(275)] }, leaf(330)] }
const sum = (node, t, depth) => Math.sin(6.2832 * node.hz * t) / depth + all(node.kids, t, depth + 1)
function all(nodes, t, depth) {
  let s = 0
  for (const n of nodes) s += sum(n, t, depth)
  return s
}
export default (t) => all([tree], t, 1) / 3
`,
  'a sum by rest and spread': `
const add = (...xs) => xs.reduce((a, b) => a + b, 0)
const times = (k, ...xs) => xs.map((x) => x * k)
const sines = (t, ...hz) => hz.map((f) => Math.sin(2 * Math.PI * f * t))
export default (t) => {
  const [a, b, c] = sines(t, 200, 301, 449)
  return [add(...times(0.3, a, b)), add(...times(0.3, b, c))]
}
`,
  'numbers as switches': `
const MODES = 3
let mode = 0
const out = (t, m) => (m === 0) * Math.sin(t) + (m === 1) * ((t % 1) - 0.5) + (m === 2) * (t & 1 ? 0.5 : -0.5)
export default (t) => {
  currentFrame % 200 || (mode = ++mode % MODES)
  const isOdd = !!(mode & 1)
  return out(t * 2000, mode) * (0.5 + 0.5 * +isOdd)
}
`,
  'arguments passed on': `
const once = (f) => {
  let done = false, value
  return (...args) => {
    if (!done) { value = f(...args); done = true }
    return value
  }
}
const start = once((frame, k) => frame + k)
const tap = (f, ...args) => f(...args)
export default () => tap((a, b) => a * 0.001 * b, start(currentFrame, 7), currentFrame % 90)
`,
  'a default export that was chosen': `
const soft = (t) => Math.sin(t * 900), hard = (t) => ((t * 150) % 1) - 0.5
let playing = soft
if (sampleRate > 1000) playing = hard
export default playing
`,
  'a linked list': `
const scale = { hz: 110, next: { hz: 137.5, next: { hz: 165, next: null } } }
const sum = (n, t) => (n ? ((n.hz * t) % 1) - 0.5 + sum(n.next, t) : 0)
let held = null
for (let i = 1; i < 4; i++) held = { amp: 1 / i, hz: 220 * i, next: held }
export default (t) => {
  let x = sum(scale, t) / 3
  for (let n = held; n; n = n.next) x += n.amp * Math.sin(n.hz * t)
  return x / 3
}
`,
  'pairs of names and values': `
const kinds = [['kick', 60], ['tom', 120], ['hat', 4000]]
let top = 0
for (const [name, hz] of kinds) if (name !== 'hat') top = Math.max(top, hz)
const hzOf = (wanted) => {
  for (const [name, hz] of kinds) if (name === wanted) return hz
  return 1
}
const pattern = ['kick', 'hat', 'tom', 'hat']
const steps = pattern.map(hzOf)
export default (t) => Math.sin(t * 6.28 * steps[(currentFrame / 100 | 0) & 3]) * (top / 200)
`,
  'members by constant names': `
const mode = 'bright'
const cutoffs = { dark: 300, bright: 3000 }
const key = \`br\${'ight'}\`
let y = 0
export default () => {
  y += ((currentFrame % 100) / 50 - 1 - y) * Math.min(1, (cutoffs[mode] + cutoffs[key] + cutoffs['dark']) / sampleRate)
  return y
}
`,
  'a tuple in a record': `
const track = { head: ['lead', 3, true], notes: [0, 4, 7] }
const [name, octave, isOn] = track.head
const base = 55 * 2 ** octave * (isOn ? 1 : 0) + name.length
export default (t) => Math.sin(6.2832 * t * base * 2 ** (track.notes[currentFrame >> 8 & 1] / 12))
`,
  'smooth parameters in an object': `
const params = { cutoff: { now: 200, goal: 2000 }, gain: { now: 0, goal: 0.5 } }
const glide = (p, k) => { p.now += (p.goal - p.now) * k; return p.now }
let z = 0, p = 0
export default () => {
  const { cutoff, gain } = params
  if (currentFrame === 700) [cutoff.goal, gain.goal] = [300, 0.9]
  p = (p + 130 / sampleRate) % 1
  const k = Math.min(1, (glide(cutoff, 0.01) * 6.28) / sampleRate)
  z += k * ((p > 0.5 ? 1 : -1) - z)
  return z * glide(gain, 0.002)
}
`,
});
