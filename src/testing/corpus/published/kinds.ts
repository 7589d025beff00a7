/** Values of several kinds, told apart. */
import { complete } from '../patch.ts';

export const kinds = complete('kinds', {
  'the input of the issue': `
const fill = (n, v) => { const out = []; for (let i = 0; i < n; i++) out.push(typeof v === 'function' ? v(i) : v); return out }
const zeros = fill(4, [0, 0]), ramp = fill(4, (i) => i)
export default (t) => (zeros[1][0] + ramp[2]) * t
`,
  'early return by typeof': `
function value(v, t) {
  if (typeof v === 'function') return v(t)
  if (Array.isArray(v)) return v[Math.floor(t * 100) % v.length]
  if (typeof v === 'object') return v.base + v.depth * Math.sin(t * v.rate)
  return v * 2
}
export default (t) => value(1, t) + value((x) => x * 3, t) + value([1, 2, 3], t) + value({ base: 1, depth: 2, rate: 30 }, t)
`,
  'notes and rests of several kinds in one list': `
const notes = [60, '-', 62, 'x', null, 64, undefined, true]
const hz = (n) => (typeof n === 'number' ? n * 2 : typeof n === 'string' ? (n === 'x' ? -1 : 0) : n === null ? 5 : typeof n === 'boolean' ? 7 : 9)
let name = 0
export default () => {
  const n = notes[currentFrame % notes.length]
  switch (typeof n) { case 'string': name = 1; break; case 'object': name = 2; break; case 'undefined': name = 3; break; default: name = 0 }
  return hz(n) + name * 100
}
`,
  'optional callbacks and options': `
const opt = (x, f) => typeof f === 'function' ? f(x) : x
const make = (o) => { if (typeof o === 'undefined') o = { gain: 1 }; return o.gain }
const lists = (x) => Array.isArray(x) ? x : [x]
const sum = (x) => lists(x).reduce((a, b) => a + b, 0)
const len = (x) => typeof x !== 'string' ? x.length : x.length * 10
export default (t) => opt(t) + opt(t, Math.sin) + make() + make({ gain: 3 }) + sum(4) + sum([1, 2, t]) + len('abc') + len([1])
`,
  'modulatable parameters': `
const m = (p) => (typeof p === 'number' ? () => p : p)
function osc(freq, amp = 1) {
  const f = m(freq), a = m(amp)
  let phase = 0
  return (t) => { phase = (phase + f(t) / sampleRate) % 1; return Math.sin(2 * Math.PI * phase) * a(t) }
}
const lfo = osc(5, 20)
const tone = osc((t) => 220 + lfo(t), (t) => 0.5 + 0.1 * Math.sin(t))
export default (t) => tone(t)
`,
  'classes told apart': `
class Rest { length() { return 1 } }
class Note extends Rest { constructor(n, l) { super(); this.n = n; this.l = l } length() { return this.l } }
class Chord extends Rest { constructor(ns) { super(); this.ns = ns } }
const song = [new Note(60, 2), new Rest(), new Chord([60, 64, 67]), new Note(62, 1)]
function pitch(e) {
  if (e instanceof Note) return e.n * e.length()
  if (!(e instanceof Chord)) return -e.length()
  return e.ns.reduce((a, b) => a + b, 0)
}
export default () => pitch(song[currentFrame % song.length])
`,
  'strings against numbers in arithmetic': `
const parse = (x) => (typeof x === 'string' ? Number(x) : x) + 1
const xs = ['1', 2, '3.5', 4]
const add = (a, b) => typeof a === 'number' && typeof b === 'number' ? a + b : 0
export default () => parse(xs[currentFrame % 4]) + add(xs[currentFrame % 3], xs[(currentFrame + 1) % 4])
`,
  'recursion on nested lists': `
const flat = (x, f) => { if (Array.isArray(x)) { for (const y of x) flat(y, f) } else f(x) }
let total = 0
const tree = [[1, 2], [3, 4], [5]]
flat(tree, (x) => { total += x })
const depth = (x) => (Array.isArray(x) ? 1 + depth(x[0]) : 0)
export default (t) => total * t + depth(tree) + depth(3)
`,
});
