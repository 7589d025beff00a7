/** Values of several kinds in one place, objects among them: notes, chords and rests; parameters that may be functions. */
import { complete } from '../patch.ts';

const HZ = 'const hz = (m) => 440 * 2 ** ((m - 69) / 12)';

export const several = complete('several kinds in one place', {
  'notes, chords and rests': `
const tune = [60, '-', [60, 64, 67], null, 72]
${HZ}
export default (t) => {
  const step = tune[Math.floor(t * 8) % tune.length]
  if (step === null || step === '-') return 0
  if (Array.isArray(step)) {
    let sum = 0
    for (const n of step) sum += Math.sin(2 * Math.PI * hz(n) * t)
    return sum / 3
  }
  return Math.sin(2 * Math.PI * hz(step) * t)
}
`,
  'patterns within patterns, each step as long as the others': `
const pattern = [60, [62, 64], [[67, 69], 71], '-']
const play = (step, t, span) => {
  if (step === '-') return 0
  if (typeof step === 'number') return 0.3 * Math.sin(2 * Math.PI * 440 * 2 ** ((step - 69) / 12) * t)
  const at = (t % span) / span * step.length
  return play(step[Math.floor(at)], t, span / step.length)
}
export default (t) => play(pattern[Math.floor(t) % pattern.length], t, 1)
`,
  'parameters that are numbers or functions': `
const valueOf = (v, i) => (typeof v === 'function' ? v(i) : v)
const parts = [0.1, (i) => i / 10, 0.3, Math.sin]
export default (t) => {
  let sum = 0
  for (let i = 0; i < parts.length; i++) sum += valueOf(parts[i], i)
  return sum * Math.sin(t * 2000)
}
`,
  'now a number, now a pair': `
export default (t) => (Math.floor(t * 100) % 2 ? Math.sin(t * 900) : [Math.sin(t * 800), 0.5])
`,
  'instances, numbers, lists and texts in one list': `
class Osc {
  constructor(hz) { this.hz = hz; this.phase = 0 }
  next() { this.phase = (this.phase + this.hz / sampleRate) % 1; return this.phase }
}
const parts = [new Osc(110), 0.25, [0.1, 0.2], new Osc(220), null, 'x']
export default () => {
  let sum = 0
  for (const part of parts) {
    if (part instanceof Osc) sum += part.next()
    else if (typeof part === 'number') sum += part
    else if (Array.isArray(part)) sum += part[0] * part[1]
    else if (part) sum += part.length
  }
  return sum / 4
}
`,
  'a member that is a note, a chord or nothing': `
const voice = { note: 60, gain: 0.5 }
const chord = [60, 63]
const single = [0]
let n = 0
export default (t) => {
  if (currentFrame % 500 === 0) {
    n++
    voice.note = n % 3 === 0 ? chord : n % 3 === 1 ? 50 + (n % 5) : undefined
  }
  const note = voice.note
  if (note === undefined) return 0
  const list = Array.isArray(note) ? note : single
  if (typeof note === 'number') single[0] = note
  return list.reduce((sum, x) => sum + Math.sin(x * t * 30), 0) * voice.gain
}
`,
  'a list, a text or a typed array': `
const songs = ['abc', [1, 2, 3], new Float32Array([0.5, 0.25])]
export default (t) => {
  const song = songs[Math.floor(t * 100) % 3]
  let sum = 0
  for (const x of song) sum += typeof x === 'number' ? x : x.charCodeAt(0) / 100
  return ((sum + song.length + (song[1] === 'b' ? 3 : 0)) * Math.sin(t * 1000)) / 10
}
`,
  'what is compared with objects and with nothing': `
const a = [1], b = { v: 1 }, f = () => 1
const all = [a, b, f, 1, '1', null, undefined, [1]]
export default (t) => {
  let sum = 0
  for (let i = 0; i < all.length; i++) {
    for (let j = 0; j < all.length; j++) {
      if (all[i] === all[j]) sum += 1
      if (all[i] === a) sum += 0.5
      if (b === all[j]) sum += 0.25
      if (all[i] == null) sum += 0.125
      if (!all[j]) sum += 0.0625
      if (typeof all[i] === 'object') sum += 1 / 32
    }
  }
  return (sum / 100) * Math.sin(t * 700)
}
`,
  'a variable that is a number and then a chord': `
let now = 60
let count = 0
const chords = [[60, 64], [62, 65, 69]]
const pick = () => { count++; now = count % 2 ? chords[(count % 4) >> 1] : 50 + (count % 20) }
export default (t) => {
  if (currentFrame % 300 === 0) pick()
  if (typeof now === 'number') return Math.sin(t * now * 10)
  let sum = 0
  for (const n of now) sum += Math.sin(t * n * 10)
  return sum / now.length
}
`,
  'a local that is a list until it is a number': `
let list = null
for (let i = 0; i < 5; i++) list = { v: i, next: list }
const box = [0.5]
export default (t) => {
  let node = list
  let sum = 0
  while (node) { sum += node.v * 0.01; node = node.next }
  let x = t % 0.04 > 0.02 ? box : 0.3
  if (Array.isArray(x)) { sum += x[0]; x = 0.2 }
  if (typeof x === 'number') sum += x
  return sum * Math.sin(t * 800)
}
`,
  'arguments that are left out, numbers or lists': `
const amount = (x, y) => (Array.isArray(x) ? x.length + (y ?? 0) : x + (y === undefined ? 1 : y))
const pairs = [[1], 2, [3, 4], 5]
export default (t) => pairs.map((p) => amount(p, t)).reduce((a, b) => a + b, 0) / 30 + amount(3) / 100
`,
  'a closure that holds a number or a list': `
const holder = (v) => {
  let held = v
  return { get: () => (typeof held === 'number' ? held : held[0]), set: (x) => { held = x } }
}
const a = holder(0.1)
const lists = [[0.3], [0.4]]
export default (t) => {
  if (currentFrame % 200 === 0) a.set(currentFrame % 400 ? lists[currentFrame % 600 ? 0 : 1] : t % 1)
  return a.get() * Math.sin(t * 500)
}
`,
  'gains of three kinds': `
class Env { constructor(v) { this.v = v } level(t) { return this.v / (1 + t) } }
const voices = [{ gain: 0.5 }, { gain: new Env(0.4) }, { gain: (t) => Math.sin(t * 100) }]
const gainOf = (g, t) => {
  if (typeof g === 'function') return g(t)
  if (g instanceof Env) return g.level(t)
  return g
}
export default (t) => voices.reduce((sum, v) => sum + gainOf(v.gain, t), 0) / 3
`,
  'a switch over kinds': `
const steps = [1, 'x', [2, 3], null, { swing: 0.25 }]
export default (t) => {
  const s = steps[Math.floor(t * 200) % steps.length]
  switch (typeof s) {
    case 'number': return 0.1
    case 'string': return 0.2
    default: return s === null ? 0.3 : Array.isArray(s) ? s[1] / 10 : s.swing
  }
}
`,
  'parts that are not there': `
const all = [1, [2], 'a', { length: 7 }, true, null]
export default (t) => {
  const x = all[Math.floor(t * 100) % 6]
  const n = x?.length
  const e = x?.[0]
  return (n === undefined ? 0.5 : n / 10) + (e === undefined ? 0.01 : typeof e === 'number' ? e / 100 : 0.02)
}
`,
  'rows that are numbers, pairs and functions of time': `
const rows = [[220, 0.5], (t) => 0.3 * Math.sin(t * 300), 330, [440, (t) => 0.2 * (1 - (t % 0.1) * 10)]]
const valueOf = (v, t) => (typeof v === 'function' ? v(t) : v)
const tone = (hz, gain, t) => Math.sin(2 * Math.PI * valueOf(hz, t) * t) * valueOf(gain, t)
export default (t) => {
  let sum = 0
  for (const row of rows) {
    if (typeof row === 'number') sum += tone(row, 0.1, t)
    else if (typeof row === 'function') sum += row(t)
    else sum += tone(row[0], row[1], t)
  }
  return sum / 4
}
`,
});
