/** Instruments and effects in classes, as they are published. */
import { complete } from '../patch.ts';

export const instruments = complete('instruments', {
  'a polyphonic synth of voices that are stolen': `
class Adsr {
  static SILENT = 0.0001
  constructor(attack, decay, sustain, release) {
    this.attack = attack
    this.decay = decay
    this.sustain = sustain
    this.release = release
    this.stage = 0
    this.level = 0
  }
  gate(on) {
    this.stage = on ? 1 : 3
  }
  get active() {
    return this.level > Adsr.SILENT || this.stage === 1
  }
  next() {
    if (this.stage === 1) {
      this.level += this.attack
      if (this.level >= 1) {
        this.level = 1
        this.stage = 2
      }
    } else if (this.stage === 2) this.level += (this.sustain - this.level) * this.decay
    else this.level *= this.release
    return this.level
  }
}
class Voice {
  constructor() {
    this.env = new Adsr(0.01, 0.002, 0.4, 0.999)
    this.phase = 0
    this.inc = 0
    this.age = 0
  }
  start(note) {
    this.inc = 440 * 2 ** ((note - 69) / 12) / sampleRate
    this.age = 0
    this.env.gate(true)
  }
  next() {
    if (!this.env.active) return 0
    if (++this.age === 900) this.env.gate(false)
    this.phase = (this.phase + this.inc) % 1
    return (2 * this.phase - 1) * this.env.next()
  }
}
class Synth {
  constructor(count) {
    this.voices = Array.from({ length: count }, () => new Voice())
    this.turn = 0
  }
  play(note) {
    const voice = this.voices.find((v) => !v.env.active) ?? this.voices[this.turn++ % this.voices.length]
    voice.start(note)
  }
  next() {
    return this.voices.reduce((sum, voice) => sum + voice.next(), 0) / this.voices.length
  }
}
const synth = new Synth(4)
const notes = [57, 60, 64, 67, 72]
export default () => {
  if (currentFrame % 400 === 0) synth.play(notes[(currentFrame / 400) % notes.length])
  return synth.next()
}
`,
  'a reverb of combs and allpasses': `
class DelayLine {
  constructor(size) {
    this.buffer = new Float32Array(size)
    this.index = 0
  }
  get value() {
    return this.buffer[this.index]
  }
  write(x) {
    this.buffer[this.index] = x
    if (++this.index >= this.buffer.length) this.index = 0
  }
}
class Comb extends DelayLine {
  constructor(size, feedback, damp) {
    super(size)
    this.feedback = feedback
    this.damp = damp
    this.store = 0
  }
  process(x) {
    const out = this.value
    this.store = out * (1 - this.damp) + this.store * this.damp
    this.write(x + this.store * this.feedback)
    return out
  }
}
class Allpass extends DelayLine {
  process(x) {
    const held = this.value
    this.write(x + held * 0.5)
    return held - x
  }
}
class Reverb {
  constructor({ room = 0.8, damp = 0.3, mix = 0.4 } = {}) {
    this.combs = [111, 118, 127, 135].map((size) => new Comb(size, room, damp))
    this.allpasses = [55, 44].map((size) => new Allpass(size))
    this.mix = mix
  }
  process(x) {
    let wet = 0
    for (const comb of this.combs) wet += comb.process(x)
    for (const allpass of this.allpasses) wet = allpass.process(wet)
    return x * (1 - this.mix) + wet * this.mix * 0.25
  }
}
const reverb = new Reverb({ room: 0.85 })
let phase = 0
export default () => {
  phase = (phase + 220 / sampleRate) % 1
  const gate = currentFrame % 2400 < 300 ? 1 : 0
  return reverb.process(gate * (phase < 0.5 ? 0.5 : -0.5))
}
`,
  'a state variable filter with a private state': `
class Svf {
  #ic1 = 0
  #ic2 = 0
  #g = 0
  #k = 1
  set cutoff(hz) {
    this.#g = Math.tan((Math.PI * hz) / sampleRate)
  }
  set q(value) {
    this.#k = 1 / value
  }
  process(x, mode = 'low') {
    const g = this.#g
    const a1 = 1 / (1 + g * (g + this.#k))
    const v3 = x - this.#ic2
    const v1 = a1 * this.#ic1 + g * a1 * v3
    const v2 = this.#ic2 + g * v1
    this.#ic1 = 2 * v1 - this.#ic1
    this.#ic2 = 2 * v2 - this.#ic2
    switch (mode) {
      case 'low':
        return v2
      case 'band':
        return v1
      default:
        return x - this.#k * v1 - v2
    }
  }
}
const low = new Svf()
const band = new Svf()
low.cutoff = 800
low.q = 2
band.q = 5
const saw = { phase: 0, next(hz) { this.phase = (this.phase + hz / sampleRate) % 1; return this.phase * 2 - 1 } }
export default (t) => {
  band.cutoff = 400 + 300 * Math.sin(t * 9)
  const x = saw.next(82.5)
  return [low.process(x), band.process(x, 'band') + low.process(x, 'high') * 0.2]
}
`,
  'a step sequencer written with prototypes': `
function Clock(bpm, division) {
  this.frames = (60 / bpm / division) * sampleRate
  this.count = 0
  this.step = -1
  this.listeners = []
}
Clock.prototype = {
  constructor: Clock,
  onStep: function (listener) {
    this.listeners.push(listener)
    return this
  },
  tick: function () {
    if (this.count <= 0) {
      this.step++
      this.count += this.frames
      for (var i = 0; i < this.listeners.length; i++) this.listeners[i](this.step)
    }
    this.count--
  },
}
function Pluck(decay) {
  var self = this
  this.decay = decay
  this.amp = 0
  this.phase = 0
  this.inc = 0
  this.trigger = function (note) {
    self.amp = 1
    self.inc = Pluck.hz(note) / sampleRate
  }
}
Pluck.hz = function (note) {
  return 440 * Math.pow(2, (note - 69) / 12)
}
Pluck.prototype.next = function () {
  this.amp *= this.decay
  this.phase += this.inc
  if (this.phase > 1) this.phase -= 1
  return Math.sin(2 * Math.PI * this.phase) * this.amp
}
var pattern = [60, 0, 63, 67, 0, 70, 72, 0]
var pluck = new Pluck(0.9985)
var clock = new Clock(480, 4).onStep(function (step) {
  var note = pattern[step % pattern.length]
  if (note) pluck.trigger(note)
})
export default function () {
  clock.tick()
  return pluck.next() * 0.5
}
`,
  'an abstract oscillator and its shapes': `
abstract class Osc {
  protected phase = 0
  static made = 0
  constructor(protected hz: number, readonly level = 1) {
    Osc.made++
  }
  protected abstract shape(phase: number): number
  next(fm = 0): number {
    this.phase += (this.hz * (1 + fm)) / sampleRate
    this.phase -= Math.floor(this.phase)
    return this.shape(this.phase) * this.level
  }
}
class Sine extends Osc {
  protected shape(p: number) { return Math.sin(2 * Math.PI * p) }
}
class Pulse extends Osc {
  constructor(hz: number, private width: number) {
    super(hz, 0.5)
  }
  set duty(value: number) { this.width = Math.min(0.9, Math.max(0.1, value)) }
  protected shape(p: number) { return p < this.width ? 1 : -1 }
}
class Stack extends Osc {
  private readonly parts: Osc[]
  constructor(hz: number, n: number) {
    super(hz)
    this.parts = Array.from({ length: n }, (_, i) => (i % 2 ? new Pulse(hz * (i + 1), 0.3) : new Sine(hz * (i + 1))))
  }
  protected shape(p: number) {
    return this.parts.reduce((sum, part, i) => sum + part.next() / (i + 1), p * 0.01) / this.parts.length
  }
}
const lfo = new Sine(3, 0.02)
const pulse = new Pulse(110, 0.5)
const stack = new Stack(55, 4)
export default () => {
  const m = lfo.next()
  pulse.duty = 0.5 + m * 10
  return (pulse.next(m) + stack.next(m)) / Osc.made
}
`,
  'a graph of nodes that know their inputs': `
class AudioNode0 {
  constructor() { this.inputs = [] }
  connect(node) { node.inputs.push(this); return node }
  pull() { let sum = 0; for (const input of this.inputs) sum += input.render(); return sum }
  render() { return this.pull() }
}
class OscNode extends AudioNode0 {
  constructor(hz) { super(); this.hz = hz; this.p = 0 }
  render() { this.p = (this.p + this.hz / sampleRate) % 1; return Math.sin(2 * Math.PI * this.p) }
}
class GainNode0 extends AudioNode0 {
  constructor(gain) { super(); this.gain = gain }
  render() { return this.pull() * this.gain }
}
class Shaper extends AudioNode0 {
  constructor(fn) { super(); this.fn = fn }
  render() { return this.fn(this.pull()) }
}
const out = new AudioNode0()
const drive = new GainNode0(3)
new OscNode(110).connect(drive)
new OscNode(110.7).connect(drive)
drive.connect(new Shaper((x) => Math.tanh(x))).connect(new GainNode0(0.4)).connect(out)
new OscNode(55).connect(new GainNode0(0.2)).connect(out)
export default () => out.render()
`,
  'a ring buffer with taps and a moving average': `
class Ring {
  #data
  #at = 0
  constructor(size) { this.#data = new Float64Array(size) }
  get length() { return this.#data.length }
  push(x) { this.#data[this.#at] = x; this.#at = (this.#at + 1) % this.length; return this }
  at(delay) { return this.#data[(this.#at - 1 - delay + this.length * 2) % this.length] }
}
class Average extends Ring {
  #sum = 0
  push(x) {
    this.#sum += x - this.at(this.length - 1)
    return super.push(x)
  }
  get mean() { return this.#sum / this.length }
}
class Chorus {
  constructor(ring, taps) {
    this.ring = ring
    this.taps = taps.map((depth, i) => ({ depth, rate: 0.5 + i * 0.3, phase: i / taps.length }))
  }
  next(x) {
    this.ring.push(x)
    let sum = 0
    for (const tap of this.taps) {
      tap.phase = (tap.phase + tap.rate / sampleRate) % 1
      const delay = tap.depth * (1 + Math.sin(2 * Math.PI * tap.phase))
      const whole = Math.floor(delay)
      const f = delay - whole
      sum += this.ring.at(whole) * (1 - f) + this.ring.at(whole + 1) * f
    }
    return sum / this.taps.length
  }
}
const average = new Average(32)
const chorus = new Chorus(new Ring(256), [20, 35, 50])
let ph = 0
export default () => {
  ph = (ph + 180 / sampleRate) % 1
  const y = chorus.next(ph < 0.3 ? 1 : -0.4)
  return average.push(y).mean + y * 0.2
}
`,
  'closures, object literals and classes side by side': `
const envelope = (decay) => { let level = 0; return { hit() { level = 1 }, next: () => (level *= decay) } }
const counter = {
  n: 0,
  limit: 7,
  up() { this.n = (this.n + 1) % this.limit; return this.n },
  get last() { return this.n === this.limit - 1 },
  nested: { k: 2, twice() { return this.k * 2 } },
}
class Drum {
  envelope = envelope(0.997)
  sweep = envelope(0.99)
  constructor(from, to) { this.from = from; this.to = to; this.phase = 0 }
  hit = () => { this.envelope.hit(); this.sweep.hit(); this.phase = 0 }
  next() {
    const hz = this.to + (this.from - this.to) * this.sweep.next()
    this.phase += hz / sampleRate
    return Math.sin(2 * Math.PI * this.phase) * this.envelope.next()
  }
}
const kick = new Drum(200, 50)
const tom = new Drum(300, 120)
const hits = [kick.hit, tom.hit]
export default () => {
  if (currentFrame % 300 === 0) { counter.up(); if (counter.last) hits[1](); else if (counter.n % counter.nested.twice() === 0) hits[0]() }
  return (kick.next() + tom.next()) * 0.5
}
`,
});
