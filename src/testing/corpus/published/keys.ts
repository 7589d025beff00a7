/** Tables whose keys are known only when the program runs. */
import { complete } from '../patch.ts';

export const keys = complete('keys', {
  'the input of the issue': `
const hz = { c: 261.6, e: 329.6, g: 392 }
const tune = 'c e g e'.split(' ').map((n) => hz[n])
export default (t) => 0.2 * Math.sin(2 * Math.PI * tune[Math.floor(t * 4) % tune.length] * t)
`,
  'chords by name': `
const chords = { Am: [57, 60, 64], F: [53, 57, 60], C: [48, 52, 55], G: [55, 59, 62] }
const song = ['Am', 'F', 'C', 'G']
export default () => {
  const name = song[Math.floor(currentFrame / 100) % song.length]
  const chord = chords[name]
  return chord[currentFrame % 3] + (chords['Am'][0] - chords.C[0])
}
`,
  'state machine by strings and counters in a table': `
const counts = { attack: 0, decay: 0, off: 0 }
const next = { attack: 'decay', decay: 'off', off: 'attack' }
let state = 'attack'
export default () => {
  counts[state]++
  if (currentFrame % 7 === 0) state = next[state]
  counts[state] += 0.5
  return counts.attack + counts.decay * 10 + counts.off * 100 + (counts['attack'] > 3 ? 1 : 0)
}
`,
  'keys, values, entries, in': `
const tones = { low: 110, mid: 220, high: 440 }
const names = Object.keys(tones)
const total = Object.values(tones).reduce((a, b) => a + b, 0)
let sum = 0
for (const [k, v] of Object.entries(tones)) sum += k.length * v
for (const k in tones) sum += tones[k]
const has = (k) => k in tones
export default () => tones[names[currentFrame % names.length]] + total + sum + (has('mid') ? 1 : 0) + (has(names[0] === 'low' ? 'nope' : 'x') ? 10 : 0) + ('low' in tones ? 5 : 0)
`,
  'assign and freeze and options': `
const defaults = Object.freeze({ gain: 0.5, hz: 220, wave: 'sine' })
function Osc(options) {
  Object.assign(this, defaults, options)
  this.phase = 0
}
Osc.prototype.next = function () {
  this.phase = (this.phase + this.hz / sampleRate) % 1
  return (this.wave === 'sine' ? Math.sin(6.28 * this.phase) : this.phase) * this.gain
}
const a = new Osc({ hz: 330 }), b = new Osc({ wave: 'saw', gain: 0.1 })
const merged = Object.assign({}, defaults, { extra: 3 })
export default () => a.next() + b.next() + merged.extra + merged.gain
`,
  'functions in a table': `
const shapes = { sine: (p) => Math.sin(6.28 * p), saw: (p) => 2 * p - 1, square: (p) => (p < 0.5 ? 1 : -1) }
const order = Object.keys(shapes)
export default (t) => {
  const p = (t * 220) % 1
  return shapes[order[Math.floor(currentFrame / 50) % 3]](p) + (shapes[order[9] ?? 'sine'] ? 1 : 0)
}
`,
  'numbers as keys': `
const drum = { 0: 'kick', 4: 'snare', 8: 'kick', 12: 'snare' }
const level = { kick: 1, snare: 0.5 }
export default () => { const name = drum[currentFrame % 16]; return name ? level[name] : (drum[4] === 'snare' ? 0.1 : 0) }
`,
  'records in a table, written in place': `
const tracks = { bass: { gain: 1, on: true }, lead: { gain: 0.5, on: false } }
const ids = Object.keys(tracks)
for (const id of ids) tracks[id].gain *= 2
export default () => {
  const id = ids[currentFrame % 2]
  if (currentFrame % 100 === 0) tracks[id].on = !tracks[id].on
  return tracks[id].on ? tracks[id].gain : 0
}
`,
  'rows of a table of letters': `
const table = { a: 1, b: 2, c: 3, d: 4 }
const text = 'abcdxba'
let acc = 0
for (const ch of text) acc += table[ch] ?? 10
export default () => acc + (table[text[currentFrame % text.length]] ?? 0.5)
`,
});
