/** Whole programs as people write them without looking anything up: synths, a tracker, a transform, a reverb. */
import { complete } from '../patch.ts';

export const engines = complete('whole programs: engines', {
  'a class-based synth with a voice allocator': `
class Voice {
  constructor(id, opts = {}) {
    this.id = id
    this.state = 'idle'
    this.note = null
    this.level = 0
    this.phase = 0
    this.attack = opts.attack ?? 0.01
    this.release = opts.release || 0.1
    this.age = 0
  }
  get free() { return this.state === 'idle' }
  start(note, age) {
    this.note = note
    this.state = 'attack'
    this.age = age
  }
  stop() { if (this.state !== 'idle') this.state = 'release' }
  next() {
    switch (this.state) {
      case 'attack':
        this.level += 1 / (this.attack * sampleRate)
        if (this.level >= 1) { this.level = 1; this.state = 'sustain' }
        break
      case 'sustain':
        break
      case 'release':
        this.level -= 1 / (this.release * sampleRate)
        if (this.level <= 0) { this.level = 0; this.state = 'idle'; this.note = null }
        break
      default:
        return 0
    }
    const hz = this.note === null ? 0 : 440 * 2 ** ((this.note - 69) / 12)
    this.phase = (this.phase + hz / sampleRate) % 1
    return this.level * (this.phase * 2 - 1)
  }
}
class Poly {
  static MAX = 4
  #age = 0
  constructor() {
    this.voices = Array.from({ length: Poly.MAX }, (_, i) => new Voice(i, i % 2 ? { release: 0.05 } : {}))
  }
  noteOn(note) {
    const voice = this.voices.find((v) => v.free) ?? this.voices.reduce((a, b) => (a.age < b.age ? a : b))
    voice.start(note, ++this.#age)
  }
  noteOff(note) {
    this.voices.filter((v) => v.note === note).forEach((v) => v.stop())
  }
  next() { return this.voices.reduce((sum, v) => sum + v.next(), 0) / Poly.MAX }
}
const synth = new Poly()
const events = [[0, 'on', 60], [2000, 'on', 64], [4000, 'on', 67], [6000, 'off', 60], [9000, 'on', 72], [10000, 'on', 76], [12000, 'off', 64], [14000, 'off', 67]]
let at = 0
export default () => {
  const now = currentFrame % 16000
  if (now === 0) at = 0
  while (at < events.length && events[at][0] <= now) {
    const [, kind, note] = events[at++]
    if (kind === 'on') synth.noteOn(note)
    else synth.noteOff(note)
  }
  return synth.next()
}
`,
  'a tracker with prototypes': `
function Channel(name, samples) {
  if (!(this instanceof Channel)) return new Channel(name, samples)
  this.name = name
  this.samples = samples
  this.pos = 0
  this.step = 0
  this.volume = 0
}
Channel.prototype.trigger = function (row) {
  var note = row[0], instrument = row[1], volume = row[2]
  if (note === '---') return
  if (note === '===') { this.volume = 0; return }
  this.step = Channel.rate(note)
  this.wave = this.samples[instrument]
  this.volume = volume === undefined ? 1 : parseInt(volume, 16) / 64
  this.pos = 0
}
Channel.rate = function (note) {
  var octave = +note[2], semi = 'C-C#D-D#E-F-F#G-G#A-A#B-'.indexOf(note.substr(0, 2)) / 2
  return 440 * Math.pow(2, (octave * 12 + semi - 57) / 12) / sampleRate
}
Channel.prototype.next = function () {
  if (!this.wave) return 0
  this.pos = (this.pos + this.step) % 1
  return this.volume * this.wave[Math.floor(this.pos * this.wave.length)]
}
function Tracker(song) {
  var self = this
  this.rows = song.trim().split('\\n').map(function (line) { return line.split('|').map(function (c) { return c.trim().split(' ') }) })
  this.row = -1
  var samples = { '01': wave(function (p) { return p < 0.5 ? 1 : -1 }), '02': wave(function (p) { return 1 - 2 * p }) }
  this.channels = this.rows[0].map(function (_, i) { return new Channel('ch' + i, samples) })
  this.tick = function () {
    self.row = (self.row + 1) % self.rows.length
    for (var i in self.channels) self.channels[i].trigger(self.rows[self.row][i])
  }
}
function wave(f) { var out = []; for (var i = 0; i < 32; i++) out.push(f(i / 32)); return out }
var tracker = new Tracker(\`
C-4 01 40 | E-3 02 30
--- 01    | --- 02
G-4 01 20 | ===
D#4 01    | A-2 02 40
\`)
export default function () {
  if (currentFrame % 3000 === 0) tracker.tick()
  var sum = 0
  tracker.channels.forEach(function (c) { sum += c.next() })
  return sum / 4
}
`,
  'a noise gate by a class for FFTs': `
class FFT {
  constructor(size) {
    this.size = size
    this.cos = new Float64Array(size / 2)
    this.sin = new Float64Array(size / 2)
    for (let i = 0; i < size / 2; i++) {
      this.cos[i] = Math.cos((2 * Math.PI * i) / size)
      this.sin[i] = Math.sin((2 * Math.PI * i) / size)
    }
    const bits = Math.log2(size)
    this.reversed = Uint32Array.from({ length: size }, (_, i) => parseInt(i.toString(2).padStart(bits, '0').split('').reverse().join(''), 2))
  }
  transform(re, im) {
    const n = this.size
    for (let i = 0; i < n; i++) {
      const j = this.reversed[i]
      if (j > i) { [re[i], re[j]] = [re[j], re[i]]; [im[i], im[j]] = [im[j], im[i]] }
    }
    for (let size = 2; size <= n; size *= 2) {
      const half = size / 2, step = n / size
      for (let i = 0; i < n; i += size) {
        for (let j = i, k = 0; j < i + half; j++, k += step) {
          const tre = re[j + half] * this.cos[k] + im[j + half] * this.sin[k]
          const tim = -re[j + half] * this.sin[k] + im[j + half] * this.cos[k]
          re[j + half] = re[j] - tre
          im[j + half] = im[j] - tim
          re[j] += tre
          im[j] += tim
        }
      }
    }
  }
  inverse(re, im) {
    this.transform(im, re)
    for (let i = 0; i < this.size; i++) { re[i] /= this.size; im[i] /= this.size }
  }
}
const N = 256, fft = new FFT(N), re = new Float64Array(N), im = new Float64Array(N)
let out = new Float64Array(N), at = 0
export default (t) => {
  re[at] = Math.sin(2 * Math.PI * 440 * t) + (Math.random() - 0.5) * 0.3
  im[at] = 0
  const y = out[at]
  if (++at === N) {
    at = 0
    fft.transform(re, im)
    for (let i = 0; i < N; i++) if (Math.hypot(re[i], im[i]) < 8) re[i] = im[i] = 0
    fft.inverse(re, im)
    out.set(re)
  }
  return y * 0.4
}
`,
  'a port of Freeverb': `
class Comb {
  constructor(size, { feedback = 0.84, damp = 0.2 } = {}) {
    this.buffer = new Float32Array(size)
    this.index = 0
    this.store = 0
    this.feedback = feedback
    Object.assign(this, { damp1: damp, damp2: 1 - damp })
  }
  process(input) {
    const output = this.buffer[this.index]
    this.store = output * this.damp2 + this.store * this.damp1
    this.buffer[this.index] = input + this.store * this.feedback
    if (++this.index >= this.buffer.length) this.index = 0
    return output
  }
}
class AllPass {
  constructor(size, feedback = 0.5) { this.buffer = new Float32Array(size); this.index = 0; this.feedback = feedback }
  process(input) {
    const { buffer, index, feedback } = this
    const old = buffer[index]
    buffer[index] = input + old * feedback
    this.index = (index + 1) % buffer.length
    return old - input
  }
}
class Freeverb {
  static COMBS = [1116, 1188, 1277, 1356, 1422, 1491, 1557, 1617]
  static ALLPASSES = [556, 441, 341, 225]
  static SPREAD = 23
  constructor(options) {
    const { room = 0.5, damp = 0.5, wet = 1 / 3, ...others } = options ?? {}
    this.settings = { room, damp, wet, width: others.width ?? 1 }
    const side = (spread) => ({
      combs: Freeverb.COMBS.map((n) => new Comb(n + spread, { feedback: room * 0.28 + 0.7, damp: damp * 0.4 })),
      passes: Freeverb.ALLPASSES.map((n) => new AllPass(n + spread)),
    })
    this.sides = [side(0), side(Freeverb.SPREAD)]
  }
  process(x) {
    const { wet, width } = this.settings
    const [l, r] = this.sides.map(({ combs, passes }) => {
      const sum = combs.reduce((acc, comb) => acc + comb.process(x * 0.015), 0)
      return passes.reduce((y, pass) => pass.process(y), sum)
    })
    const wet1 = wet * 3 * (width / 2 + 0.5), wet2 = wet * 3 * ((1 - width) / 2)
    return [l * wet1 + r * wet2 + x * (1 - wet), r * wet1 + l * wet2 + x * (1 - wet)]
  }
}
const verb = new Freeverb({ room: 0.8, width: 0.7 })
export default (t) => verb.process(t % 0.5 < 0.01 ? Math.sin(t * 4000) : 0)
`,
  'plucked strings whose tables shift and push at the top': `
function Pluck(hz, options) {
  var settings = Object.assign({ damping: 0.996, seed: 1 }, options)
  var queue = []
  for (var i = 0; i < Math.round(sampleRate / hz); i++) queue.push(Math.random() * 2 - 1)
  while (queue.length > 4 && Math.abs(queue[0]) < 0.1) queue.shift()
  queue.unshift(0)
  queue.splice(2, 1)
  this.line = new Float32Array(queue)
  this.at = 0
  this.next = () => {
    var n = this.line.length, here = this.line[this.at], after = this.line[(this.at + 1) % n]
    this.line[this.at] = (here + after) / 2 * settings.damping
    this.at = (this.at + 1) % n
    return here
  }
}
var strings = ['E2', 'A2', 'D3'].map(function (_, i) { return new Pluck(82.4 * Math.pow(4 / 3, i), i ? { damping: 0.99 } : null) })
export default function () { return strings.reduce(function (a, s) { return a + s.next() }, 0) / 3 }
`,
});
