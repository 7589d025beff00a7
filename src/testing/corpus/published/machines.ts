/** Instruments in which classes, kinds and tables of names meet. */
import { complete } from '../patch.ts';

export const machines = complete('machines', {
  'an additive organ with drawbars in a table': `
class Organ {
  static RATIOS = { sub: 0.5, fund: 1, third: 1.5, oct: 2, twelfth: 3 }
  constructor(bars) {
    this.partials = []
    for (const name in Organ.RATIOS) {
      if (!(name in bars)) throw new Error('a drawbar is missing')
      this.partials.push({ ratio: Organ.RATIOS[name], level: bars[name] / 8, phase: 0 })
    }
  }
  next(hz) {
    let sum = 0
    for (const partial of this.partials) {
      partial.phase += (hz * partial.ratio) / sampleRate
      partial.phase -= Math.floor(partial.phase)
      sum += partial.level * Math.sin(2 * Math.PI * partial.phase)
    }
    return sum / this.partials.length
  }
}
const organ = new Organ({ sub: 8, fund: 8, third: 4, oct: 6, twelfth: 2 })
const scale = { do: 262, re: 294, mi: 330, fa: 349, sol: 392 }
const melody = 'do mi sol mi re fa mi do'.split(' ')
export default () => {
  const note = melody[Math.floor(currentFrame / 700) % melody.length]
  return organ.next(scale[note]) * 0.5
}
`,
  'an envelope whose stages are strings': `
class Envelope {
  constructor(times) {
    this.times = times
    this.stage = 'idle'
    this.level = 0
    this.age = 0
  }
  trigger() { this.enter('attack') }
  enter(stage) { this.stage = stage; this.age = 0 }
  next() {
    this.age++
    switch (this.stage) {
      case 'attack':
        this.level += 1 / this.times.attack
        if (this.level >= 1) { this.level = 1; this.enter('decay') }
        break
      case 'decay':
        this.level -= 0.5 / this.times.decay
        if (this.level <= 0.5) this.enter('sustain')
        break
      case 'sustain':
        if (this.age > this.times.hold) this.enter('release')
        break
      case 'release':
        this.level *= this.times.release
        if (this.level < 0.001) { this.level = 0; this.enter('idle') }
        break
    }
    return this.level
  }
}
const env = new Envelope({ attack: 50, decay: 100, hold: 200, release: 0.98 })
export default (t) => {
  if (currentFrame % 1200 === 0) env.trigger()
  return env.next() * Math.sin(2 * Math.PI * 330 * t)
}
`,
  'modulation that is a number, a function or an object': `
class Lfo {
  constructor(rate, depth) { this.rate = rate; this.depth = depth; this.phase = 0 }
  value() {
    this.phase = (this.phase + this.rate / sampleRate) % 1
    return this.depth * Math.sin(2 * Math.PI * this.phase)
  }
}
const read = (source) => {
  if (typeof source === 'number') return source
  if (typeof source === 'function') return source()
  if (source instanceof Lfo) return source.value()
  return source.base + read(source.amount)
}
class Tone {
  constructor(hz, level) { this.hz = hz; this.level = level; this.phase = 0 }
}
function run(tone) {
  tone.phase = (tone.phase + read(tone.hz) / sampleRate) % 1
  return (tone.phase * 2 - 1) * read(tone.level)
}
const plain = new Tone(110, 0.3)
const wobbling = new Tone({ base: 220, amount: new Lfo(5, 8) }, new Lfo(0.7, 0.4))
const drifting = new Tone(() => 330 + 5 * Math.sin(currentTime * 40), 0.2)
export default () => run(plain) + run(wobbling) + run(drifting)
`,
  'a matrix and a vector for a feedback network': `
class Vec {
  constructor(values) { this.v = Float64Array.from(values) }
  static zeros(n) { return new Vec(Array(n).fill(0)) }
  get length() { return this.v.length }
  set(i, x) { this.v[i] = x; return this }
  dot(other) { let s = 0; for (let i = 0; i < this.length; i++) s += this.v[i] * other.v[i]; return s }
}
class Matrix {
  constructor(rows) { this.rows = rows.map((row) => new Vec(row)) }
  static householder(n) {
    const row = (i) => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0) - 2 / n)
    return new Matrix(Array.from({ length: n }, (_, i) => row(i)))
  }
  apply(x, out) { for (let i = 0; i < this.rows.length; i++) out.set(i, this.rows[i].dot(x)); return out }
}
class Fdn {
  #lines
  #at = 0
  constructor(sizes, decay) {
    this.#lines = sizes.map((n) => new Float32Array(n))
    this.matrix = Matrix.householder(sizes.length)
    this.taps = Vec.zeros(sizes.length)
    this.mixed = Vec.zeros(sizes.length)
    this.decay = decay
  }
  process(x) {
    this.#lines.forEach((line, i) => this.taps.set(i, line[this.#at % line.length]))
    this.matrix.apply(this.taps, this.mixed)
    this.#lines.forEach((line, i) => { line[this.#at % line.length] = x + this.mixed.v[i] * this.decay })
    this.#at++
    return this.taps.v.reduce((a, b) => a + b, 0) / this.taps.length
  }
}
const fdn = new Fdn([149, 211, 263, 293], 0.9)
export default () => fdn.process(currentFrame % 1500 === 0 ? 1 : 0)
`,
  'a drum machine from a table of rows': `
const kit = {
  kick: { from: 160, to: 45, decay: 0.9985, noise: 0 },
  snare: { from: 220, to: 180, decay: 0.998, noise: 0.6 },
  hat: { from: 6000, to: 6000, decay: 0.99, noise: 1 },
}
const rows = {
  kick: 'x---x---x-x-x---',
  snare: '----x-------x--x',
  hat: 'x-x-x-x-xxx-x-x-',
}
class Drum {
  static seed = 1
  static noise() { Drum.seed = (Drum.seed * 16807) % 2147483647; return Drum.seed / 1073741823.5 - 1 }
  constructor(options) { Object.assign(this, { level: 1 }, options); this.env = 0; this.phase = 0 }
  hit() { this.env = this.level; this.phase = 0 }
  next() {
    this.env *= this.decay
    this.phase += (this.to + (this.from - this.to) * this.env) / sampleRate
    return this.env * ((1 - this.noise) * Math.sin(2 * Math.PI * this.phase) + this.noise * Drum.noise())
  }
}
const drums = Object.entries(kit).map(([name, options]) => ({ drum: new Drum(options), row: rows[name] }))
export default () => {
  const step = Math.floor(currentFrame / 500)
  let sum = 0
  for (const { drum, row } of drums) {
    if (currentFrame % 500 === 0 && row[step % row.length] === 'x') drum.hit()
    sum += drum.next()
  }
  return sum / 3
}
`,
  'filters chosen by name from classes': `
class Filter { constructor(hz) { this.g = 1 - Math.exp((-2 * Math.PI * hz) / sampleRate); this.z = 0 } process(x) { return x } }
class LowPass extends Filter { process(x) { this.z += this.g * (x - this.z); return this.z } }
class HighPass extends LowPass { process(x) { return x - super.process(x) } }
class Steep extends Filter {
  constructor(hz, order = 2) { super(hz); this.stages = Array.from({ length: order }, () => new LowPass(hz)) }
  process(x) { return this.stages.reduce((y, stage) => stage.process(y), x) }
}
const make = { low: (hz) => new LowPass(hz), high: (hz) => new HighPass(hz), steep: (hz) => new Steep(hz, 3) }
const chain = [['steep', 1200], ['high', 100], ['low', 3000]].map(([name, hz]) => make[name](hz))
let phase = 0
export default () => {
  phase = (phase + 110 / sampleRate) % 1
  return chain.reduce((x, filter) => filter.process(x), phase * 2 - 1)
}
`,
  'an arpeggiator with modes in an object': `
const modes = {
  up: (i, n) => i % n,
  down: (i, n) => n - 1 - (i % n),
  bounce: (i, n) => { const k = i % (2 * n - 2); return k < n ? k : 2 * n - 2 - k },
}
function Arp(chord, mode) {
  if (!(this instanceof Arp)) return new Arp(chord, mode)
  this.chord = chord
  this.mode = mode
  this.i = 0
}
Arp.prototype.next = function () {
  var index = modes[this.mode](this.i++, this.chord.length)
  return this.chord[index]
}
Arp.prototype.setMode = function (mode) { this.mode = mode; return this }
var arp = Arp([57, 60, 64, 69], 'up')
var names = Object.keys(modes)
var hz = 220, p = 0
export default function () {
  if (currentFrame % 300 === 0) {
    if (currentFrame % 2400 === 0) arp.setMode(names[(currentFrame / 2400) % names.length])
    hz = 440 * Math.pow(2, (arp.next() - 69) / 12)
  }
  p += hz / sampleRate
  return Math.sin(2 * Math.PI * p) * 0.4
}
`,
});
