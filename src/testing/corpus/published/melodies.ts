/** Whole programs as people write them without looking anything up: melodies, tables, states, formulas. */
import { complete } from '../patch.ts';

export const melodies = complete('whole programs: melodies', {
  'notes by name, with a function that throws': `
const LETTERS = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }
const table = {}
for (const [letter, base] of Object.entries(LETTERS)) {
  for (const [sign, shift] of Object.entries({ '': 0, '#': 1, b: -1 })) {
    for (let octave = 0; octave <= 8; octave++) table[\`\${letter}\${sign}\${octave}\`] = 12 * (octave + 1) + base + shift
  }
}
function midi(name) {
  const n = table[name]
  if (n === undefined) throw new Error(\`no note \${name}\`)
  return n
}
const hz = (name) => 440 * 2 ** ((midi(name) - 69) / 12)
const song = 'A3 C#4 E4 Ab4 Bb2 F3'.split(' ').map(hz)
export default (t) => 0.3 * Math.sin(2 * Math.PI * song[Math.floor(t * 20) % song.length] * t)
`,
  'a Markov melody from maps of maps': `
const order = new Map()
const text = 'CCGGAAG.FFEEDDC.GGFFEED.GGFFEED.'
for (let i = 0; i < text.length; i++) {
  const key = text[i]
  const next = text[(i + 1) % text.length]
  if (!order.has(key)) order.set(key, new Map())
  const row = order.get(key)
  row.set(next, (row.get(next) ?? 0) + 1)
}
const rows = new Map([...order].map(([key, row]) => {
  const total = [...row.values()].reduce((a, b) => a + b, 0)
  let sum = 0
  return [key, Array.from(row, ([next, count]) => ({ next, until: (sum += count / total) }))]
}))
const pitch = Object.fromEntries([...'CDEFGAB'].map((letter, i) => [letter, 261.63 * 2 ** ([0, 2, 4, 5, 7, 9, 11][i] / 12)]))
let now = 'C', phase = 0
export default () => {
  if (currentFrame % 4000 === 0) {
    const dice = Math.random()
    now = (rows.get(now).find(({ until }) => dice < until) ?? rows.get(now)[0]).next
  }
  if (now === '.') return 0
  phase = (phase + pitch[now] / sampleRate) % 1
  return 0.2 * Math.sin(2 * Math.PI * phase)
}
`,
  'a sequencer of chords, lengths and rests': `
const CHORDS = { Am: [57, 60, 64], F: [53, 57, 60], C: [48, 52, 55], G: [55, 59, 62] }
const song = [['Am', 2], ['F', 1], null, ['C', 1], ['G', 2], 'rest']
const steps = []
for (const entry of song) {
  if (entry === null || entry === 'rest') { steps.push({ notes: [], length: 1 }); continue }
  const [name, length = 1] = entry
  steps.push({ notes: CHORDS[name], length })
}
const total = steps.reduce((sum, { length }) => sum + length, 0)
const at = (beat) => {
  let left = beat % total
  for (const step of steps) {
    if (left < step.length) return { ...step, left }
    left -= step.length
  }
  return { notes: [], length: 1, left: 0 }
}
export default (t) => {
  const { notes, left, length } = at(t * 8)
  const env = Math.exp((-3 * left) / length)
  let out = 0
  for (const n of notes) out += Math.sin(2 * Math.PI * 440 * 2 ** ((n - 69) / 12) * t)
  return (notes.length && out / notes.length) * env
}
`,
  'envelopes as tables of states': `
const TRANSITIONS = { idle: { on: 'attack' }, attack: { done: 'decay', off: 'release' }, decay: { done: 'sustain', off: 'release' }, sustain: { off: 'release' }, release: { done: 'idle', on: 'attack' } }
const RATES = { attack: 0.002, decay: -0.0005, release: -0.001 }
const makeEnvelope = ({ sustain = 0.5, ...rest } = {}) => {
  let state = 'idle', level = 0
  const send = (event) => { state = TRANSITIONS[state][event] ?? state }
  return {
    gate: (on) => send(on ? 'on' : 'off'),
    next() {
      level += (RATES[state] || 0) * (rest.speed ?? 1)
      if (state === 'attack' && level >= 1) { level = 1; send('done') }
      else if (state === 'decay' && level <= sustain) { level = sustain; send('done') }
      else if (state === 'release' && level <= 0) { level = 0; send('done') }
      return level
    },
    get state() { return state },
  }
}
const envs = [makeEnvelope(), makeEnvelope({ sustain: 0.3, speed: 2 })]
export default (t) => {
  if (currentFrame % 2000 === 0) envs[(currentFrame / 2000) & 1].gate(true)
  if (currentFrame % 2000 === 1500) envs[(currentFrame / 2000) & 1].gate(false)
  return envs.map((e) => e.next() * (e.state === 'decay' ? 0.9 : 1)).reduce((a, b) => a + b) / 2 * Math.sin(t * 3000)
}
`,
  'a zoo of bytebeats': `
const zoo = {
  crowd: (t) => ((t << 1) ^ ((t << 1) + (t >> 7) & t >> 12)) | t >> (4 - (1 ^ 7 & (t >> 19))) | t >> 7,
  sierpinski: (t) => t & t >> 8,
  classic: (t) => t * (t >> 5 | t >> 8) >> (t >> 16),
  string: (t) => (t * (parseInt('36364689'[t >> 13 & 7]) / 12)) & 128,
  melody: (t) => t * ((t >> 12 | t >> 8) & 63 & t >> 4),
}
const names = Object.keys(zoo)
const rates = new Map(names.map((name, i) => [name, [8000, 11025, 44100][i % 3]]))
const cages = names.map((name) => ({ name, f: zoo[name], rate: rates.get(name) }))
export default function (t) {
  const { f, rate } = cages[Math.floor(t * 10) % cages.length]
  const n = (t * rate) | 0
  return ((f(n) & 255) / 128 - 1) * 0.5
}
`,
});
