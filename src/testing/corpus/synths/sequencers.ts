/** Small synths: sequencers, drum machines, arpeggios, songs in strings. */
import { complete } from '../patch.ts';

export const sequencers = complete('sequencers', {
  'sixteen steps': `
const bpm = 2400
const stepFrames = Math.round((sampleRate * 60) / bpm / 4)
const notes = [0, 12, 7, 3, 0, 10, 7, 12]
const midi = (n) => 440 * 2 ** ((n - 69) / 12)
let phase = 0
export default () => {
  const step = Math.floor(currentFrame / stepFrames)
  const into = (currentFrame % stepFrames) / stepFrames
  phase += midi(45 + notes[step % notes.length]) / sampleRate
  return ((phase % 1) - 0.5) * (1 - into) ** 2
}
`,
  'drums by switch': `
const pattern = 'k-h-s-hhk-hks-h-'
let at = -1, age = 0, seed = 22222
const noise = () => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed / 0x3fffffff - 1 }
export default () => {
  const step = (currentFrame / 90) | 0
  if (step !== at) { at = step; age = 0 }
  const e = Math.exp(-age++ / 40)
  switch (pattern[step % pattern.length]) {
    case 'k': return Math.sin(age * 0.05 * (1 + e)) * e
    case 's': return (noise() + Math.sin(age * 0.2)) * e * 0.5
    case 'h': return noise() * e * 0.2
    default: return 0
  }
}
`,
  'arpeggio up and down': `
const chord = [48, 52, 55, 59]
const order = [...chord, ...chord.slice(1, -1).reverse()]
const hz = (n) => 440 * Math.pow(2, (n - 69) / 12)
const freqs = order.map(hz)
let p = 0
export default () => {
  const i = Math.floor(currentFrame / 120) % freqs.length
  p = (p + freqs[i] / sampleRate) % 1
  return p < 0.25 ? 0.3 : -0.1
}
`,
  'a tune in letters': `
const tune = 'cegCbged'.split('')
const degrees = { c: 0, d: 2, e: 4, g: 7, b: 11, C: 12 }
const pitch = (name) => {
  switch (name) {
    case 'c': return degrees.c
    case 'd': return degrees.d
    case 'e': return degrees.e
    case 'g': return degrees.g
    case 'b': return degrees.b
    default: return degrees.C
  }
}
const steps = tune.map(pitch)
let ph = 0
export default () => {
  ph += (262 * 2 ** (steps[(currentFrame / 180 | 0) % steps.length] / 12)) / sampleRate
  return Math.sin(2 * Math.PI * ph) * 0.5
}
`,
  'euclidean rhythm': `
const euclid = (hits, steps) => Array.from({ length: steps }, (_, i) => (i * hits) % steps < hits)
const tracks = [
  { on: euclid(3, 8), hz: 120, amp: 0 },
  { on: euclid(5, 8), hz: 800, amp: 0 },
  { on: euclid(7, 16), hz: 2000, amp: 0 },
]
export default (t) => {
  const isStep = currentFrame % 100 === 0
  const n = currentFrame / 100
  let out = 0
  for (const track of tracks) {
    if (isStep && track.on[n % track.on.length]) track.amp = 1
    track.amp *= 0.98
    out += track.amp * Math.sin(2 * Math.PI * track.hz * t)
  }
  return out / tracks.length
}
`,
  'bars of chords': `
const song = [
  { root: 45, notes: [0, 3, 7], frames: 300 },
  { root: 41, notes: [0, 4, 7, 11], frames: 400 },
  { root: 48, notes: [0, 4, 7], frames: 200 },
]
const length = song.reduce((n, { frames }) => n + frames, 0)
const find = (n) => {
  let start = 0
  for (const bar of song) {
    if (n < start + bar.frames) return bar
    start += bar.frames
  }
  return song[0]
}
export default (t) => {
  const { root, notes } = find(currentFrame % length)
  return notes.map((n) => Math.sin(2 * Math.PI * t * 440 * 2 ** ((root + n - 69) / 12))).reduce((a, b) => a + b) / 5
}
`,
  'probability from a small generator': `
const rng = (seed) => () => {
  seed |= 0
  seed = (seed + 0x6d2b79f5) | 0
  let x = Math.imul(seed ^ (seed >>> 15), 1 | seed)
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
  return ((x ^ (x >>> 14)) >>> 0) / 4294967296
}
const chance = rng(42)
const scale = [0, 2, 3, 5, 7, 8, 10]
let hz = 220, env = 0, p = 0
export default () => {
  if (currentFrame % 96 === 0 && chance() < 0.6) {
    hz = 220 * 2 ** (scale[Math.floor(chance() * scale.length)] / 12)
    env = 1
  }
  env *= 0.99
  p = (p + hz / sampleRate) % 1
  return env * (4 * Math.abs(p - 0.5) - 1)
}
`,
  'swing and accents': `
const accents = new Float32Array([1, 0.4, 0.7, 0.4])
const swing = 0.3
let n = 0, left = 0, amp = 0
export default (t) => {
  if (left <= 0) {
    amp = accents[n & 3]
    left += n & 1 ? 100 * (1 - swing) : 100 * (1 + swing)
    n += 1
  }
  left -= 1
  amp *= 0.97
  return amp * Math.sin(t * 9000) * 0.8
}
`,
  'conductor of parts': `
const every = (frames, play) => {
  let count = 0
  return (...args) => {
    const isNow = count++ % frames === 0
    return play(isNow, ...args)
  }
}
const blip = (decay) => {
  let e = 0
  return (isNow, hz, t) => {
    e = isNow ? 1 : e * decay
    return e * Math.sin(6.28 * hz * t)
  }
}
const parts = [every(200, blip(0.98)), every(300, blip(0.97)), every(70, blip(0.9))]
export default (t) => parts.reduce((sum, part, i) => sum + part(200 * (i + 1), t), 0) / 3
`,
  'life of a row of cells': `
const width = 16
let cells = new Uint8Array(width)
let next = new Uint8Array(width)
cells[7] = 1
const rule = 30
const evolve = () => {
  for (let i = 0; i < width; i++) {
    const n = (cells[(i + width - 1) % width] << 2) | (cells[i] << 1) | cells[(i + 1) % width]
    next[i] = (rule >> n) & 1
  }
  ;[cells, next] = [next, cells]
}
export default () => {
  if (currentFrame % 64 === 63) evolve()
  return cells[(currentFrame >> 2) & 15] ? 0.4 : -0.2
}
`,
});
