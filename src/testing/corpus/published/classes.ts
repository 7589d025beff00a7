/** Classes as people write them: every form of them once. */
import { complete } from '../patch.ts';

export const classes = complete('classes', {
  'accessors and privates': `
class Env {
  #level = 0
  #target = 0
  rate
  constructor(rate = 0.01) { this.rate = rate }
  get level() { return this.#level }
  set target(v) { this.#target = Math.max(0, Math.min(1, v)) }
  get target() { return this.#target }
  #step() { this.#level += (this.#target - this.#level) * this.rate }
  next() { this.#step(); return this.level }
}
const env = new Env(0.02)
export default (t) => {
  if (currentFrame % 400 === 0) env.target = env.target > 0.5 ? 0 : 1.5
  env.target *= 0.9999
  return env.next() * Math.sin(2 * Math.PI * 220 * t)
}
`,
  statics: `
class Voice {
  static count = 0
  static names = ['a', 'b']
  static detune(n) { return 1 + n * 0.01 * this.spread }
  static spread = 0.5
  static { this.spread += 0.25 }
  constructor(hz) { Voice.count++; this.hz = hz * Voice.detune(Voice.count); this.phase = 0 }
  next() { this.phase += this.hz / sampleRate; this.phase -= Math.floor(this.phase); return this.phase * 2 - 1 }
}
const voices = [110, 220, 330].map((hz) => new Voice(hz))
export default () => {
  let s = 0
  for (const v of voices) s += v.next()
  return s / Voice.count
}
`,
  'super everywhere': `
class Base {
  constructor(a, b = 2) { this.a = a; this.b = b; this.reset() }
  reset() { this.n = 0 }
  get size() { return this.a + this.b }
  step(d) { this.n += d; return this.n }
}
class Mid extends Base {
  scale = 3
  step(d) { return super.step(d * this.scale) + super.size }
}
class Leaf extends Mid {
  constructor(a) { super(a, 5); this.extra = [1, 2, 3] }
  reset() { super.reset(); this.n = 7 }
  step(d) { return super.step(d) + this.extra[this.n % 3 | 0] }
}
const all = [new Base(1), new Mid(2, 4), new Leaf(3)]
export default () => all[currentFrame % 3].step(1) % 11
`,
  prototypes: `
function Phasor(hz) {
  this.phase = 0
  this.setHz(hz)
}
Phasor.prototype.setHz = function (hz) { this.inc = hz / sampleRate }
Phasor.prototype.next = function () {
  this.phase += this.inc
  if (this.phase >= 1) this.phase -= 1
  return this.phase
}
function Square(hz, duty) {
  Phasor.call(this, hz)
  this.duty = duty
}
Square.prototype = Object.create(Phasor.prototype)
Square.prototype.constructor = Square
Square.prototype.next = function () {
  return Phasor.prototype.next.call(this) < this.duty ? 1 : -1
}
var a = new Phasor(100), b = new Square(150, 0.3)
export default function () { return a.next() * 0.5 + b.next() * 0.25 }
`,
  'guard idiom': `
function Lfo(hz) {
  if (!(this instanceof Lfo)) return new Lfo(hz)
  var self = this
  this.hz = hz
  this.p = 0
  this.tick = function () { self.p += self.hz / sampleRate; return Math.sin(2 * Math.PI * self.p) }
}
var l1 = Lfo(5), l2 = new Lfo(7)
export default () => l1.tick() * l2.tick()
`,
  'object literal this': `
const osc = {
  phase: 0,
  hz: 220,
  next() { this.phase = (this.phase + this.hz / sampleRate) % 1; return this.wave() },
  wave: function () { return this.phase < 0.5 ? 1 : -1 },
  get period() { return sampleRate / this.hz },
  set note(n) { this.hz = 440 * 2 ** ((n - 69) / 12) },
}
export default () => {
  if (currentFrame % 500 === 0) osc.note = 60 + currentFrame / 500 % 12
  return osc.next() * 0.5 + osc.period / 1000
}
`,
  'arrows keep this': `
class Seq {
  constructor(notes) {
    this.notes = notes
    this.i = 0
    this.scaled = notes.map((n) => n * this.factor())
    this.advance = () => { this.i = (this.i + 1) % this.notes.length; return this.scaled[this.i] }
  }
  factor() { return 2 }
  tick = (n) => { this.last = n; return this.advance() + this.last }
}
const seq = new Seq([60, 62, 64])
export default () => seq.tick(currentFrame % 5) / 200
`,
  instanceof: `
class Shape { area() { return 0 } }
class Circle extends Shape { constructor(r) { super(); this.r = r } area() { return Math.PI * this.r ** 2 } }
class Sq extends Shape { constructor(s) { super(); this.s = s } area() { return this.s * this.s } }
const shapes = [new Circle(1), new Sq(2), new Shape(), new Circle(0.5)]
const value = (s) => s instanceof Circle ? s.r : s instanceof Sq ? -s.s : s instanceof Shape ? 0.25 : 9
export default () => { const s = shapes[currentFrame % 4]; return s.area() * value(s) }
`,
  'composition and polymorphism': `
class Node2 { process(x) { return x } }
class Gain extends Node2 { constructor(g) { super(); this.g = g } process(x) { return x * this.g } }
class OnePole extends Node2 {
  z = 0
  constructor(a) { super(); this.a = a }
  process(x) { this.z += this.a * (x - this.z); return this.z }
}
class Chain extends Node2 {
  constructor(...nodes) { super(); this.nodes = nodes }
  process(x) { for (const n of this.nodes) x = n.process(x); return x }
}
class Delay extends Node2 {
  constructor(n, fb) { super(); this.buf = new Float32Array(n); this.w = 0; this.fb = fb }
  process(x) { const y = this.buf[this.w]; this.buf[this.w] = x + y * this.fb; this.w = (this.w + 1) % this.buf.length; return y }
}
const fx = new Chain(new Gain(0.5), new OnePole(0.2), new Delay(100, 0.4), new Chain(new Gain(2), new OnePole(0.1)))
export default () => fx.process(currentFrame % 50 === 0 ? 1 : 0)
`,
  'this returned, chaining': `
class Builder {
  constructor() { this.parts = []; this.total = 0 }
  add(x) { this.parts.push(x); this.total += x; return this }
  scale(k) { this.parts = this.parts.map((p) => p * k); return this }
}
const b = new Builder().add(1).add(2).scale(0.5).add(3)
export default () => b.parts[currentFrame % 3] + b.total / 10
`,
  'per-frame instances': `
class Complex {
  constructor(re, im) { this.re = re; this.im = im }
  mul(o) { return new Complex(this.re * o.re - this.im * o.im, this.re * o.im + this.im * o.re) }
  add(o) { return new Complex(this.re + o.re, this.im + o.im) }
  get abs() { return Math.sqrt(this.re ** 2 + this.im ** 2) }
  static polar(r, a) { return new Complex(r * Math.cos(a), r * Math.sin(a)) }
}
export default (t) => {
  const a = Complex.polar(1, t * 100), b = new Complex(0.5, 0.2)
  const c = a.mul(b).add(new Complex(0.1, 0))
  return c.re * c.abs
}
`,
  'classes in functions': `
const makeSynth = (base) => {
  class Tone {
    constructor(n) { this.hz = base * n; this.p = 0 }
    next() { this.p = (this.p + this.hz / sampleRate) % 1; return this.p }
  }
  class Soft extends Tone { next() { return Math.sin(6.28 * super.next()) } }
  const tones = [new Tone(1), new Soft(2)]
  return () => tones.reduce((s, t) => s + t.next(), 0)
}
const s1 = makeSynth(110), s2 = makeSynth(165)
export default () => (s1() + s2()) / 4
`,
  'class values': `
class Sine { constructor(hz) { this.w = hz * 6.28 } at(t) { return Math.sin(this.w * t) } }
class Saw { constructor(hz) { this.w = hz } at(t) { return (this.w * t) % 1 } }
const kinds = [Sine, Saw]
const made = kinds.map((K, i) => new K(100 + i * 50))
const table = { sine: Sine, saw: Saw }
const one = new table.saw(33)
const Anon = class extends Saw { at(t) { return super.at(t) * 0.5 } }
const two = new Anon(5)
export default (t) => made[currentFrame % 2].at(t) + one.at(t) + two.at(t)
`,
  'typescript forms': `
abstract class Unit {
  protected abstract tick(x: number): number
  public constructor(private readonly gain: number, protected bias = 0.1) {}
  run(x: number): number { return this.tick(x) * this.gain + this.bias }
}
interface Named { name: number }
class Fold extends Unit implements Named {
  readonly name: number = 3
  declare other: number
  private hist: number[] = []
  constructor(gain: number, public depth: number) { super(gain); this.hist = [0, 0, 0] }
  protected override tick(x: number): number { this.hist[this.name % 3] = x; return Math.sin(x * this.depth) }
}
const u: Unit = new Fold(0.5, 3)
export default (t: number) => u.run(t * 10)
`,
  'undefined fields and late fields': `
class Late {
  x
  constructor(n) { this.n = n; if (n > 1) this.big = n; for (let i = 0; i < n; i++) this.loop = i }
  read() { return (this.x === undefined ? 1 : 2) + (this.big === undefined ? 10 : 20) + (this.loop ?? 100) + (this.never ?? 1000) }
  poke() { this.x = 1; this.never = 2 }
}
const ls = [new Late(0), new Late(2)]
export default () => { const l = ls[currentFrame % 2]; if (currentFrame === 50) l.poke(); return l.read() }
`,
  'fields read before set': `
class Early {
  constructor() { this.show(); this.a = 1; this.show(); this.b = this.a + 1; this.seen2 = this.peek() }
  show() { this.seen = (this.a === undefined ? 5 : this.a) + (this.seen ?? 0) }
  peek() { return this.b + (this.c === undefined ? 0.5 : 0) }
  c = 9
}
const e = new Early()
export default () => e.seen + e.seen2 + e.c + currentFrame % 2
`,
  'getters with inheritance': `
class P { get v() { return 1 } set v(x) { this.w = x } get z() { return this.v * 2 } }
class Q extends P { w = 3; get v() { return this.w } set v(x) { this.w = x / 2 } get z() { return super.z + 1 } }
const q = new Q(), p = new P()
p.v = 4
export default () => { q.v = currentFrame % 9; q.v += 1; q.v++; return q.z + p.z + (p.w ?? 0) }
`,
  bind: `
class Btn {
  constructor() { this.n = 0; this.f = this.inc.bind(this); this.cb = [1, 2].map(this.dbl.bind(this)) }
  inc(d) { this.n += d; return this.n }
  dbl(x) { return x * 2 + this.n }
}
const bt = new Btn()
export default () => (bt.f(0.5) + bt.cb[1]) % 7
`,
});
