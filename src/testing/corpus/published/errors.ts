/** Instruments that check what they are given, as classes with errors of their own, bound methods and `finally`. */
import { complete } from '../patch.ts';

export const errors = complete('errors', {
  'a score that is checked note by note': `
class ScoreError extends Error {
  constructor(message, at) {
    super(message)
    this.name = 'ScoreError'
    this.at = at
  }
}
const NOTES = { c: 0, d: 2, e: 4, f: 5, g: 7, a: 9, b: 11 }
function parse(text, at) {
  const name = text[0]
  if (!(name in NOTES)) throw new ScoreError('no such note: ' + text, at)
  const octave = Number(text[1])
  if (isNaN(octave)) throw new ScoreError('no octave: ' + text, at)
  return 440 * 2 ** ((NOTES[name] - 9 + 12 * (octave - 4)) / 12)
}
const tune = []
let mistakes = 0
'c4 e4 x4 g4 a c5'.split(' ').forEach((text, at) => {
  try {
    tune.push(parse(text, at))
  } catch (error) {
    if (!(error instanceof ScoreError)) throw error
    mistakes += error.at
  }
})
let phase = 0
export default () => {
  const hz = tune[Math.floor(currentFrame / 500) % tune.length]
  phase = (phase + hz / sampleRate) % 1
  return (phase < 0.5 ? 0.3 : -0.3) / mistakes
}
`,
  'a rack whose modules are bound to it': `
class Lfo {
  constructor(hz) {
    this.hz = hz
    this.phase = 0
    this.next = this.next.bind(this)
  }
  next() {
    this.phase = (this.phase + this.hz / sampleRate) % 1
    return Math.sin(2 * Math.PI * this.phase)
  }
}
class Mixer {
  constructor(gain) {
    this.gain = gain
    this.inputs = []
  }
  add(input, level) {
    this.inputs.push({ input, level })
    return this
  }
  next() {
    return this.inputs.reduce(function (sum, { input, level }) {
      return sum + input() * level * this.gain
    }.bind(this), 0)
  }
}
const slow = new Lfo(3), tone = new Lfo(220), high = new Lfo(331)
const mixer = new Mixer(0.4).add(tone.next, 0.7).add(high.next, 0.3)
const out = mixer.next.bind(mixer)
export default () => out() * (0.6 + 0.4 * slow.next())
`,
  'a patch bay that puts everything back': `
const bay = { cutoff: 0.1, drive: 1, wet: 0.5 }
const log = { tried: 0, failed: 0 }
function set(name, value) {
  const before = bay[name]
  log.tried++
  try {
    if (before === undefined) throw new ReferenceError('no knob is called ' + name)
    if (value < 0 || value > 4) throw new RangeError('out of range: ' + value)
    bay[name] = value
    return true
  } catch (error) {
    log.failed += error instanceof RangeError ? 1 : 10
    return false
  } finally {
    bay.wet = Math.min(1, bay.wet + 0.1)
  }
}
for (const [name, value] of [['cutoff', 0.05], ['drive', 9], ['noise', 1], ['drive', 2.5]]) {
  if (!set(name, value)) continue
}
let low = 0
let seed = 7
export default () => {
  seed = (seed * 16807) % 2147483647
  const noise = seed / 1073741823.5 - 1
  low += bay.cutoff * (Math.tanh(noise * bay.drive) - low)
  return low * bay.wet + noise * 0.001 * (log.failed + log.tried)
}
`,
  'a sequencer whose steps are of several kinds': `
class Voice {
  static count = 0
  static get level() { return 0.8 / Voice.count }
  constructor(hz) {
    this.hz = hz
    this.phase = 0
    this.gate = 0
    Voice.count++
  }
  play(hz) { this.hz = hz; this.gate = 1 }
  next() {
    this.phase = (this.phase + this.hz / sampleRate) % 1
    this.gate *= 0.9995
    return (2 * this.phase - 1) * this.gate * Voice.level
  }
}
class Sub extends Voice {
  play(hz) { super.play(hz / 2); super.gate = 0.7 }
}
const voices = [new Voice(110), new Voice(165), new Sub(55)]
const steps = [220, [220, 275, 330], null, (n) => 110 * (n % 4 + 1), 'rest', 330]
function trigger(step, n) {
  switch (typeof step) {
    case 'number':
      voices[0].play(step)
      break
    case 'function':
      voices[2].play(step(n))
      break
    case 'object':
      if (step === null) break
      step.forEach((hz, i) => voices[i].play(hz))
      break
  }
}
export default () => {
  const n = Math.floor(currentFrame / 600)
  if (currentFrame % 600 === 0) trigger(steps[n % steps.length], n)
  return voices.reduce((sum, voice) => sum + voice.next(), 0)
}
`,
  'filters chosen by name, with what is unknown told': `
class Filter {
  constructor(cutoff) { this.k = cutoff; this.y = 0 }
  static kinds = ['low', 'high', 'band']
  static make(kind, cutoff) {
    if (!this.kinds.includes(kind)) throw new TypeError('no filter is called ' + kind)
    if (kind === 'high') return new High(cutoff)
    return kind === 'band' ? new Band(cutoff) : new Filter(cutoff)
  }
  next(x) { this.y += this.k * (x - this.y); return this.y }
}
class High extends Filter {
  next(x) { return x - super.next(x) }
}
class Band extends Filter {
  constructor(cutoff) { super(cutoff); this.z = 0 }
  next(x) { this.z += this.k * (super.next(x) - this.z); return this.y - this.z }
}
const wanted = 'low high notch band'.split(' ')
let skipped = ''
const chain = []
for (const [i, kind] of wanted.entries()) {
  try {
    chain.push(Filter.make(kind, 0.05 + 0.1 * i))
  } catch (error) {
    skipped += String(error)
  } finally {
    skipped += '.'
  }
}
let phase = 0
export default () => {
  phase = (phase + 110 / sampleRate) % 1
  return chain.reduce((x, filter) => filter.next(x), 2 * phase - 1) + skipped.length / 1e6
}
`,
  'an old program with arguments and apply': `
function mix() {
  var list = Array.prototype.slice.call(arguments, 1)
  var gain = arguments[0]
  var sum = 0
  for (var i = 0; i < list.length; i++) sum += list[i]
  return sum * gain / list.length
}
function Tone(hz) {
  if (!(this instanceof Tone)) return new Tone(hz)
  this.hz = hz
  this.t = 0
}
Tone.prototype.next = function () {
  this.t += 1 / sampleRate
  return Math.sin(2 * Math.PI * this.hz * this.t)
}
function loudest() { return Math.max.apply(null, arguments) }
var a = new Tone(220), b = Tone(277), c = new Tone(330)
var peak = 0
decide()
function decide() { peak = typeof window !== 'undefined' ? 1 : 0.5 }
export default function () {
  var x = a.next(), y = b.next(), z = c.next()
  var top = loudest(x, y, z)
  return mix(peak, x, y, z) + 0.1 * top
}
`,
});
