/** Whole pieces as people bring them: a song, its instruments and its effects in one text. */
import { complete } from '../patch.ts';

export const pieces = complete('pieces', {
  'a drum machine whose patterns are texts': `
var steps = 16, tempo = 120
var patterns = {
  kick: 'x...x...x...x.x.',
  snare: '....x.......x..x',
  hat: 'x.x.x.xxx.x.x.x.',
}
function Drum(pattern, sound) {
  if (!(this instanceof Drum)) return new Drum(pattern, sound)
  this.hits = pattern.split('').map(function (c) { return c === 'x' })
  this.sound = sound
  this.age = 1e6
}
Drum.prototype.strike = function (step) {
  if (this.hits[step % this.hits.length]) this.age = 0
}
Drum.prototype.next = function () {
  var y = this.sound(this.age / sampleRate)
  this.age++
  return y
}
var seed = 7
function noise() {
  seed = (seed * 16807) % 2147483647
  return seed / 1073741823.5 - 1
}
var drums = [
  new Drum(patterns.kick, function (t) { return Math.sin(2 * Math.PI * (50 * t + 8 * (1 - Math.exp(-30 * t)))) * Math.exp(-8 * t) }),
  new Drum(patterns['snare'], (t) => (0.6 * noise() + 0.4 * Math.sin(2 * Math.PI * 190 * t)) * Math.exp(-18 * t)),
  new Drum(patterns['h' + 'at'], (t) => 0.4 * noise() * Math.exp(-70 * t)),
]
var last = -1
export default (t) => {
  var step = Math.floor(t * tempo / 60 * 4) % steps
  if (step !== last) for (var d of drums) d.strike(step)
  last = step
  return drums.reduce((sum, d) => sum + d.next(), 0) * 0.4
}
`,
  'a chord organ that reads names of chords': `
const ROOTS = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }
const QUALITIES = { '': [0, 4, 7], m: [0, 3, 7], 7: [0, 4, 7, 10], m7: [0, 3, 7, 10], dim: [0, 3, 6] }
function chord(name) {
  let at = 1
  let root = ROOTS[name[0]]
  if (root === undefined) throw new Error('not a chord: ' + name)
  if (name[1] === '#') { root += 1; at = 2 }
  if (name[1] === 'b') { root -= 1; at = 2 }
  const quality = QUALITIES[name.slice(at)]
  return quality.map((step) => 220 * 2 ** ((root - 9 + step) / 12))
}
const song = []
for (const name of 'Am F C G Dm7 E7 Bbm C#dim'.split(' ')) {
  try {
    song.push({ name, hz: chord(name) })
  } catch { song.push({ name, hz: [] }) }
}
class Pipe {
  #phase = 0
  constructor(harmonic, level) { this.harmonic = harmonic; this.level = level }
  next(hz) {
    this.#phase = (this.#phase + hz * this.harmonic / sampleRate) % 1
    return this.level * Math.sin(2 * Math.PI * this.#phase)
  }
}
const voices = Array.from({ length: 4 }, () => [1, 2, 3, 4].map((n) => new Pipe(n, 1 / (n * n))))
export default (t) => {
  const { hz } = song[Math.floor(t * 2) % song.length]
  let sum = 0
  for (let v = 0; v < voices.length; v++) {
    const own = hz[v] ?? 0
    if (!own) continue
    for (const pipe of voices[v]) sum += pipe.next(own)
  }
  return sum * 0.08
}
`,
  'a chain of chances over the names of notes': `
const chances = new Map()
for (const line of ['c: e3 g2 a1', 'e: g3 c1', 'g: a2 c2 e1', 'a: g2 e2']) {
  const [from, to] = line.split(': ')
  const row = {}
  for (const one of to.split(' ')) row[one[0]] = Number(one.slice(1))
  chances.set(from, row)
}
const pitch = Object.fromEntries([...chances.keys()].map((name, n) => [name, [262, 330, 392, 440][n]]))
let seed = 12345
const random = () => {
  seed = (seed * 1103515245 + 12345) % 2147483648
  return seed / 2147483648
}
function next(name) {
  const row = chances.get(name)
  let total = 0
  for (const key in row) total += row[key]
  let at = random() * total
  for (const [key, weight] of Object.entries(row)) {
    at -= weight
    if (at < 0) return key
  }
  return name
}
const melody = ['c']
while (melody.length < 32) melody.push(next(melody[melody.length - 1]))
const counts = {}
for (const name of melody) counts[name] = (counts[name] ?? 0) + 1
const most = Object.keys(counts).sort((a, b) => counts[b] - counts[a])[0]
let phase = 0, level = 0, before = -1
export default (t) => {
  const at = Math.floor(t * 6) % melody.length
  if (at !== before) { before = at; level = melody[at] === most ? 0.5 : 0.35 }
  level *= 0.9996
  phase += pitch[melody[at]] / sampleRate
  phase -= Math.floor(phase)
  return level * (4 * Math.abs(phase - 0.5) - 1)
}
`,
  'a delay that grows out of a ring': `
class Ring {
  static made = 0
  constructor(length) {
    this.data = new Float64Array(length)
    this.at = 0
    Ring.made++
  }
  get length() { return this.data.length }
  write(x) {
    this.data[this.at] = x
    if (++this.at === this.length) this.at = 0
  }
  read(back = this.length) {
    let at = this.at - back
    while (at < 0) at += this.length
    return this.data[at % this.length]
  }
}
class Echo extends Ring {
  constructor(seconds, feedback) {
    super(Math.round(seconds * sampleRate))
    this.feedback = feedback
    this.low = 0
  }
  next(x) {
    const y = this.read()
    this.low += 0.3 * (y - this.low)
    this.write(x + this.feedback * this.low)
    return y
  }
}
const echoes = [new Echo(0.03, 0.6), new Echo(0.047, 0.55)]
const spread = 1 / Ring.made
let clock = 0
export default () => {
  const x = clock++ % 6000 < 40 ? 0.8 : 0
  const wet = echoes.map((e) => e.next(x))
  return [x + wet[0] * spread, x + wet[1] * spread]
}
`,
  'a sequencer of notes, chords, rests and changes': `
const events = [60, [60, 64, 67], '-', 67, null, [65, 69], 'half', 72, 'full', 71, '-', 67]
const hz = (note) => 440 * Math.pow(2, (note - 69) / 12)
let gain = 1
const voices = [0, 1, 2].map(() => ({ hz: 0, phase: 0, level: 0 }))
function play(event) {
  if (event === null) return
  if (typeof event === 'string') {
    switch (event) {
      case 'half': gain = 0.5; break
      case 'full': gain = 1; break
      default: for (const v of voices) v.level *= 0.2
    }
    return
  }
  const notes = Array.isArray(event) ? event : [event]
  notes.forEach((note, n) => {
    voices[n].hz = hz(note)
    voices[n].level = 0.3
  })
}
let step = -1
export default (t) => {
  const now = Math.floor(t * 8)
  if (now !== step) {
    step = now
    play(events[now % events.length])
  }
  let sum = 0
  for (const v of voices) {
    v.phase = (v.phase + v.hz / sampleRate) % 1
    v.level *= 0.9998
    sum += v.level * (2 * v.phase - 1)
  }
  return gain * sum
}
`,
  'a filter bank made by a function of a function': `
var TWO_PI = 2 * Math.PI
function biquad(kind) {
  var shapes = {
    low: function (c, q) { return [(1 - c) / 2, 1 - c, (1 - c) / 2] },
    high: function (c, q) { return [(1 + c) / 2, -1 - c, (1 + c) / 2] },
    band: function (c, q) { return [q, 0, -q] },
  }
  var numerator = shapes[kind]
  return function (hz, q) {
    var w = TWO_PI * hz / sampleRate, c = Math.cos(w), alpha = Math.sin(w) / (2 * (q || 0.7))
    var b = numerator(c, alpha), a0 = 1 + alpha
    var b0 = b[0] / a0, b1 = b[1] / a0, b2 = b[2] / a0, a1 = -2 * c / a0, a2 = (1 - alpha) / a0
    var s1 = 0, s2 = 0
    return function (x) {
      var y = b0 * x + s1
      s1 = b1 * x - a1 * y + s2
      s2 = b2 * x - a2 * y
      return y
    }
  }
}
var low = biquad('low'), band = biquad('band'), high = biquad('high')
var bank = [low(300), band(800, 4), band(1700, 6), high(4000)]
var levels = [1, 0.8, 0.6, 0.3]
var phase = 0
export default function (t) {
  phase = (phase + 110 / sampleRate) % 1
  var x = phase < 0.2 ? 0.5 : -0.125, y = 0
  for (var i = 0; i < bank.length; i++) y += bank[i](x) * levels[(i + Math.floor(t * 3)) % levels.length]
  return y
}
`,
});
