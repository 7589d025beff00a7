/** Objects that are filled by keys which are computed, as people build tables of notes, chords, voices and transitions. */
import { complete } from '../patch.ts';

export const dictionaries = complete('dictionaries', {
  'frequencies by the names of notes': `
var NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B']
var freq = {}
for (var midi = 12; midi < 100; midi++) {
  freq[NAMES[midi % 12] + (Math.floor(midi / 12) - 1)] = 440 * Math.pow(2, (midi - 69) / 12)
}
var melody = 'A4 C#5 E5 - A5 - E5 C#5 B4 D5 F#5 - B5 - F#5 D5'.split(' ')
var phase = 0, level = 0, last = -1
export default function (t) {
  var step = Math.floor(t * 16)
  var name = melody[step % melody.length]
  if (step !== last) {
    last = step
    if (name in freq) level = 0.3
  }
  level *= 0.9996
  phase = (phase + (freq[name] || freq.A4) / sampleRate) % 1
  return level * (2 * phase - 1)
}
`,
  'chords from letters and a rest': `
const semitones = Object.fromEntries([...'C.D.EF.G.A.B'].map((letter, i) => [letter, i]))
const shapes = { '': [0, 4, 7], m: [0, 3, 7], 7: [0, 4, 7, 10] }
const chords = {}
for (const name of ['C', 'Am', 'F', 'G7', 'Dm']) {
  const shape = shapes[name.slice(1)]
  chords[name] = shape.map((s) => 48 + semitones[name[0]] + s)
}
chords.rest = []
const song = 'C Am F G7 rest Dm'.split(' ')
const phases = Array(4).fill(0)
export default (t) => {
  const notes = chords[song[Math.floor(t * 4) % song.length]]
  let sum = 0
  notes.forEach((note, i) => {
    phases[i] = (phases[i] + 440 * 2 ** ((note - 69) / 12) / sampleRate) % 1
    sum += phases[i] - 0.5
  })
  return notes.length ? sum / notes.length : 0
}
`,
  'a melody that follows what came after each note': `
const source = 'e d c d e e e d d d e g g e d c d e e e e d d e d c'.split(' ')
const after = {}
source.forEach((note, i) => {
  if (!after[note]) after[note] = []
  after[note].push(source[(i + 1) % source.length])
})
const counts = source.reduce((all, note) => {
  all[note] = (all[note] || 0) + 1
  return all
}, {})
const most = Object.keys(counts).reduce((a, b) => (counts[a] >= counts[b] ? a : b))
const hz = { c: 261.63, d: 293.66, e: 329.63, g: 392 }
let note = most, age = 0, phase = 0
export default () => {
  if (currentFrame % 6000 === 0) {
    const next = after[note]
    note = next[Math.floor(Math.random() * next.length)]
    age = 0
  }
  age++
  phase = (phase + hz[note] / sampleRate) % 1
  return Math.sin(2 * Math.PI * phase) * Math.exp(-age / 9000) * (counts[note] / source.length)
}
`,
  'instruments in a rack': `
class Voice {
  constructor({ hz, decay = 8 }) {
    this.hz = hz
    this.decay = decay
    this.phase = 0
    this.level = 0
  }
  hit(level) {
    this.level = level
    this.phase = 0
  }
  next() {
    this.phase += this.hz / sampleRate
    this.level *= 1 - this.decay / sampleRate
    return Math.sin(2 * Math.PI * this.phase) * this.level
  }
}
class Rack {
  constructor() { this.voices = {}; this.hits = {} }
  add(name, options) {
    this.voices[name] = new Voice(options)
    this.hits[name] = 0
    return this
  }
  hit(name) {
    this.voices[name]?.hit(0.5)
    if (name in this.hits) this.hits[name]++
  }
  next() {
    let sum = 0
    for (const name in this.voices) sum += this.voices[name].next()
    return sum
  }
}
const rack = new Rack().add('kick', { hz: 55 }).add('tom', { hz: 110, decay: 20 }).add('block', { hz: 880, decay: 60 })
const pattern = { kick: 'x---x---', tom: '--x----x', block: 'xxx-xx-x', cow: 'x-------' }
export default () => {
  if (currentFrame % 4800 === 0) {
    const step = (currentFrame / 4800) % 8
    for (const [name, steps] of Object.entries(pattern)) if (steps[step] === 'x') rack.hit(name)
  }
  return rack.next() / 2 + rack.hits.block / 1000
}
`,
  'settings that are put together': `
const defaults = { wave: 'saw', hz: 110, gain: 0.2 }
const parse = (text) => Object.fromEntries(text.split(',').map((pair) => pair.split('=').map((part) => part.trim())))
const patch = { ...Object.fromEntries(Object.entries(defaults).map(([key, value]) => [key, String(value)])), ...parse('hz = 165, cutoff=0.1') }
delete patch.gain
const shapes = {
  saw: (p) => 2 * p - 1,
  square: (p) => (p < 0.5 ? 1 : -1),
}
const key = ['tri', 'angle'].join('')
const all = { ...shapes, [key]: (p) => 1 - 4 * Math.abs(p - 0.5) }
const order = Object.keys(all)
let phase = 0, held = 0
export default (t) => {
  phase = (phase + Number(patch.hz) / sampleRate) % 1
  const name = t < 0.05 ? patch.wave : order[Math.floor(t * 20) % order.length]
  held += (all[name](phase) - held) * Number(patch.cutoff)
  return held * ('gain' in patch ? 1 : 0.5)
}
`,
  'sparse steps by number, and what is remembered of them': `
const steps = {}
for (const [at, note] of [[12, 67], [0, 60], [3, 64], [8, 72], [14, 71]]) steps[at] = note
const times = Object.keys(steps).map(Number)
const memo = {}
const tri = (n) => (n < 2 ? n : (memo[n] ??= tri(n - 1) + n))
const loudness = tri(6)
const played = { last: 0 }
for (const at of times) played['step' + at] = 0
let hz = 220, phase = 0, level = 0
export default () => {
  if (currentFrame % 3000 === 0) {
    const step = (currentFrame / 3000) % 16
    const note = steps[step]
    if (note !== undefined) {
      hz = 440 * 2 ** ((note - 69) / 12)
      level = loudness / 60
      played.last = step
    }
  }
  level *= 0.9997
  phase = (phase + hz / sampleRate) % 1
  return level * Math.sin(2 * Math.PI * phase) + times[1] / 1000 + played.last / 5000
}
`,
});
