/** Small synths: delay lines, plucked strings, combs, reverbs. */
import { complete } from '../patch.ts';

export const lines = complete('delay lines', {
  'a plucked string': `
const pluck = (hz) => {
  const n = Math.round(sampleRate / hz)
  const line = new Float32Array(n)
  let i = 0, s = 7
  for (let k = 0; k < n; k++) {
    s = (s * 16807) % 2147483647
    line[k] = s / 1073741823.5 - 1
  }
  return () => {
    const j = (i + 1) % n
    const y = line[i]
    line[i] = 0.498 * (y + line[j])
    i = j
    return y
  }
}
const string = pluck(220)
export default () => string()
`,
  'strings plucked in turn': `
const noise = ((s) => () => (s = (s * 48271) % 2147483647) / 2147483647 - 0.5)(99)
const makeString = (hz, damp = 0.996) => {
  const buf = Array(Math.floor(sampleRate / hz)).fill(0)
  let at = 0
  return {
    pluck: () => buf.forEach((_, i) => { buf[i] = noise() }),
    next: () => {
      const next = at + 1 < buf.length ? at + 1 : 0
      const out = buf[at]
      buf[at] = damp * 0.5 * (out + buf[next])
      at = next
      return out
    },
  }
}
const strings = [196, 246.9, 293.7].map((hz) => makeString(hz))
export default () => {
  if (currentFrame % 400 === 0) strings[(currentFrame / 400) % strings.length].pluck()
  return strings.reduce((sum, s) => sum + s.next(), 0)
}
`,
  'ping pong': `
const frames = 333
const left = new Float32Array(frames), right = new Float32Array(frames)
let i = 0
export default (t) => {
  const dry = currentFrame % 800 < 60 ? Math.sin(t * 6000) : 0
  const [l, r] = [left[i], right[i]]
  left[i] = dry + r * 0.6
  right[i] = l * 0.6
  i = ++i % frames
  return [dry + l, dry + r]
}
`,
  'fractional delay, as a chorus': `
const size = 1024
const ring = new Float64Array(size)
let w = 0, ph = 0
const tap = (d) => {
  const pos = w - d + size
  const i = Math.floor(pos)
  const f = pos - i
  return ring[i % size] * (1 - f) + ring[(i + 1) % size] * f
}
export default (t) => {
  ph = (ph + 150 / sampleRate) % 1
  ring[w] = ph - 0.5
  const out = ring[w] + tap(200 + 40 * Math.sin(t * 9)) + tap(311 + 30 * Math.cos(t * 7))
  w = (w + 1) & (size - 1)
  return out / 3
}
`,
  'reverb of combs and allpasses': `
const comb = (n, g) => {
  const b = new Float32Array(n)
  let i = 0
  return (x) => {
    const y = b[i]
    b[i] = x + y * g
    i = i === n - 1 ? 0 : i + 1
    return y
  }
}
const allpass = (n, g = 0.5) => {
  const b = new Float32Array(n)
  let i = 0
  return (x) => {
    const d = b[i]
    const y = d - g * x
    b[i] = x + g * y
    i = (i + 1) % n
    return y
  }
}
const combs = [101, 149, 173, 211].map((n) => comb(n, 0.8))
const passes = [31, 17].map((n) => allpass(n))
export default () => {
  const x = currentFrame % 700 === 0 ? 1 : 0
  const wet = combs.reduce((sum, c) => sum + c(x), 0) / combs.length
  return passes.reduce((v, pass) => pass(v), wet)
}
`,
  'flanger with feedback': `
const line = { data: new Float32Array(512), head: 0 }
const write = (l, x) => { l.data[l.head] = x; l.head = (l.head + 1) % l.data.length }
const read = (l, ago) => l.data[(l.head - 1 - ago + l.data.length) % l.data.length]
let s = 1
export default (t) => {
  s ^= s << 13; s ^= s >>> 17; s ^= s << 5
  const x = s / 2 ** 31
  const y = x * 0.4 + 0.7 * read(line, Math.floor(60 + 50 * Math.sin(t * 50)))
  write(line, y)
  return y * 0.5
}
`,
  'moving average': `
const taps = 16
const history = new Array(taps).fill(0)
let sum = 0, k = 0
const smooth = (x) => {
  sum += x - history[k]
  history[k] = x
  k = (k + 1) % taps
  return sum / taps
}
export default () => smooth((currentFrame >> 5) & 1 ? 1 : -1) + smooth(0) * 0.25
`,
  'finite impulse response': `
const kernel = [0.1, 0.2, 0.4, 0.2, 0.1]
const past = kernel.map(() => 0)
const fir = (x) => {
  for (let i = past.length - 1; i > 0; i--) past[i] = past[i - 1]
  past[0] = x
  return past.reduce((acc, v, i) => acc + v * kernel[i], 0)
}
export default () => fir(currentFrame % 37 < 9 ? 1 : -0.25)
`,
  'waveguide with two rails': `
const N = 120
const up = new Float32Array(N), down = new Float32Array(N)
for (let i = 0; i < N; i++) up[i] = down[i] = i < N / 3 ? i / N : (N - i) / N / 2
let p = 0
export default () => {
  const a = up[p], b = down[p]
  const bridge = -0.98 * a, nut = -b
  up[p] = nut
  down[p] = bridge
  p = (p + 1) % N
  return up[(p + 40) % N] + down[(p + 80) % N]
}
`,
  'granular reader': `
const source = Float32Array.from({ length: 2000 }, (_, i) => Math.sin(i * 0.1) * Math.sin(i * 0.003))
const grains = Array.from({ length: 4 }, (_, i) => ({ start: i * 300, at: i * 50 }))
const window = (x) => Math.sin(Math.PI * x) ** 2
export default () => {
  let out = 0
  for (const g of grains) {
    out += source[(g.start + g.at) % source.length] * window(g.at / 200)
    g.at += 1
    if (g.at >= 200) {
      g.at = 0
      g.start = (g.start * 5 + 77) % source.length
    }
  }
  return out / 2
}
`,
});
