/** Small synths: oscillators, FM, wavetables, additive and subtractive. */
import { complete } from '../patch.ts';

export const oscillators = complete('oscillators', {
  'four shapes of one phase': `
const osc = (shape) => {
  let p = 0
  return (hz) => {
    const x = shape(p)
    p += hz / sampleRate
    if (p >= 1) p -= 1
    return x
  }
}
const shapes = {
  sine: (p) => Math.sin(2 * Math.PI * p),
  saw: (p) => 2 * p - 1,
  square: (p) => (p < 0.5 ? 1 : -1),
  triangle: (p) => 4 * Math.abs(p - 0.5) - 1,
}
const { sine, saw, square, triangle } = shapes
const bank = [sine, saw, square, triangle].map(osc)
export default () => bank.reduce((sum, o, i) => sum + o(110 * (i + 1)) / 4, 0)
`,
  'two operators': `
const TAU = 2 * Math.PI
const op = (ratio, index = 1) => {
  let phase = 0
  return (hz, mod = 0) => {
    phase += (hz * ratio) / sampleRate
    return index * Math.sin(TAU * phase + mod)
  }
}
const carrier = op(1, 0.7), modulator = op(3.5, 2)
export default () => carrier(220, modulator(220))
`,
  'four operators with an algorithm': `
const operators = [
  { ratio: 1, level: 1, phase: 0, out: 0 },
  { ratio: 2, level: 1.5, phase: 0, out: 0 },
  { ratio: 3.01, level: 0.8, phase: 0, out: 0 },
  { ratio: 0.5, level: 2, phase: 0, out: 0 },
]
// Which operators change the phase of which.
const algorithm = [[1, 2], [3], [], [3]]
export default () => {
  for (let i = operators.length - 1; i >= 0; i--) {
    const o = operators[i]
    let mod = 0
    for (const from of algorithm[i]) mod += operators[from].out
    o.phase = (o.phase + (150 * o.ratio) / sampleRate) % 1
    o.out = o.level * Math.sin(2 * Math.PI * o.phase + mod)
  }
  return operators[0].out * 0.5
}
`,
  'feedback operator': `
let phase = 0, y1 = 0, y2 = 0
export default () => {
  phase += 196 / sampleRate
  const y = Math.sin(2 * Math.PI * phase + 0.6 * (y1 + y2))
  ;[y1, y2] = [y, y1]
  return y * 0.5
}
`,
  'wavetable with linear interpolation': `
const N = 256
const table = new Float32Array(N)
for (let i = 0; i < N; i++) for (let h = 1; h < 8; h++) table[i] += Math.sin((2 * Math.PI * h * i) / N) / h
let pos = 0
const read = (p) => {
  const i = p | 0
  const a = table[i], b = table[(i + 1) % N]
  return a + (b - a) * (p - i)
}
export default () => {
  pos = (pos + (N * 137) / sampleRate) % N
  return read(pos) * 0.4
}
`,
  'wavetables that morph': `
const size = 64
const make = (f) => Float32Array.from({ length: size }, (_, i) => f(i / size))
const frames = [
  make((x) => Math.sin(2 * Math.PI * x)),
  make((x) => (x < 0.5 ? 1 : -1)),
  make((x) => 1 - 2 * x),
  make((x) => Math.sin(2 * Math.PI * x) ** 3),
]
let p = 0
export default () => {
  p = (p + 300 / sampleRate) % 1
  const m = (currentFrame / 500) % (frames.length - 1)
  const k = Math.floor(m)
  const i = Math.floor(p * size)
  const mix = m - k
  return frames[k][i] * (1 - mix) + frames[k + 1][i] * mix
}
`,
  'sum of partials': `
const partials = [1, 0.5, 0.33, 0.2, 0.1].map((amp, i) => ({ amp, w: 2 * Math.PI * 100 * (i + 1) ** 1.02 }))
export default (t) => {
  let x = 0
  for (const { amp, w } of partials) x += amp * Math.sin(w * t)
  return x / 2
}
`,
  'detuned saws, left and right': `
const saw = (detune, p = 0) => (hz) => {
  p = (p + (hz * detune) / sampleRate) % 1
  return p * 2 - 1
}
const spread = [-2, -1, 0, 1, 2]
const left = spread.map((n) => saw(1 + n * 0.004, n * 0.1 + 0.3))
const right = spread.map((n) => saw(1 - n * 0.005))
const sum = (list, hz) => list.reduce((s, f) => s + f(hz), 0) / list.length
export default () => [sum(left, 110), sum(right, 110)]
`,
  'pulse width and sync': `
let master = 0, slave = 0
export default (t) => {
  const width = 0.5 + 0.4 * Math.sin(t * 30)
  master += 110 / sampleRate
  slave += 273 / sampleRate
  if (master >= 1) { master -= 1; slave = 0 }
  return (slave % 1 < width ? 0.3 : -0.3) + (slave % 1) * 0.1
}
`,
  'ladder of one-pole filters': `
const poles = new Float64Array(4)
let p = 0
function ladder(x, cutoff, resonance) {
  const g = 1 - Math.exp((-2 * Math.PI * cutoff) / sampleRate)
  let v = Math.tanh(x - resonance * poles[3])
  for (let i = 0; i < poles.length; i++) v = poles[i] += g * (v - poles[i])
  return v
}
export default (t) => {
  p = (p + 82.4 / sampleRate) % 1
  return ladder(p * 2 - 1, 400 + 300 * Math.sin(t * 40), 2.5)
}
`,
  'state variable filter over noise': `
let seed = 1
const noise = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) | 0
  return seed / 2147483648
}
const svf = (hz, q) => {
  const f = 2 * Math.sin((Math.PI * hz) / sampleRate)
  const s = { low: 0, band: 0 }
  return (x) => {
    s.low += f * s.band
    const high = x - s.low - s.band / q
    s.band += f * high
    return { low: s.low, band: s.band, high }
  }
}
const filters = [svf(500, 8), svf(1500, 12)]
export default () => {
  const n = noise()
  const [a, b] = [filters[0](n), filters[1](n)]
  return [a.band * 0.2, b.low * 0.2 + a.high * 0.05]
}
`,
  'biquad by its coefficients': `
const lowpass = (hz, q) => {
  const w = (2 * Math.PI * hz) / sampleRate
  const alpha = Math.sin(w) / (2 * q), c = Math.cos(w)
  const a0 = 1 + alpha
  return { b: [(1 - c) / 2 / a0, (1 - c) / a0, (1 - c) / 2 / a0], a: [(-2 * c) / a0, (1 - alpha) / a0] }
}
const biquad = ({ b: [b0, b1, b2], a: [a1, a2] }, x1 = 0, x2 = 0, y1 = 0, y2 = 0) => (x) => {
  const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2
  x2 = x1; x1 = x; y2 = y1; y1 = y
  return y
}
const filter = biquad(lowpass(900, 4))
export default () => filter(currentFrame % 200 < 100 ? 0.5 : -0.5)
`,
});
