/** Small synths with types written: annotations, interfaces, generics, `as`, `satisfies`, `!`. */
import { complete } from '../patch.ts';

export const typed = complete('synths with types', {
  'interfaces and a factory': `
interface Voice { hz: number; next(): number }
type Shape = (phase: number) => number
const makeVoice = (hz: number, shape: Shape): Voice => {
  let phase = 0
  return {
    hz,
    next() {
      phase = (phase + hz / sampleRate) % 1
      return shape(phase)
    },
  }
}
const voices: Voice[] = [makeVoice(110, (p) => p - 0.5), makeVoice(165, (p: number): number => (p < 0.5 ? 0.5 : -0.5))]
export default (): number => voices.reduce((sum: number, v: Voice) => sum + v.next() / v.hz, 0) * 100
`,
  'generic helpers': `
function pick<T>(list: readonly T[], n: number): T {
  return list[((n % list.length) + list.length) % list.length]!
}
const zip = <A, B, C>(a: A[], b: B[], f: (x: A, y: B) => C): C[] => a.map((x, i) => f(x, b[i]!))
const identity = <T>(x: T): T => x
const amps = zip([1, 2, 3], [true, false, true], (n, on) => (on ? 1 / n : 0))
const shapes = [(x: number) => x, (x: number) => x * x]
export default (t: number): number => {
  const n = Math.floor(currentFrame / 100)
  return identity(pick(amps, n) * pick(shapes, n)(Math.sin(t * 3000)))
}
`,
  'tuples and as const': `
type Step = readonly [note: number, length: number]
const steps: readonly Step[] = [[60, 200], [64, 100], [67, 300]] as const
const TOTAL = steps.reduce((n, [, length]) => n + length, 0)
const noteAt = (frame: number): number => {
  let left = frame % TOTAL
  for (const [note, length] of steps) {
    if (left < length) return note
    left -= length
  }
  return 0
}
let p: number = 0
export default (): [number, number] => {
  p += (440 * 2 ** ((noteAt(currentFrame) - 69) / 12)) / sampleRate
  return [Math.sin(2 * Math.PI * p), Math.cos(2 * Math.PI * p)]
}
`,
  'satisfies and non-null': `
interface Preset { cutoff: number; drive?: number }
const presets = {
  soft: { cutoff: 500 },
  hard: { cutoff: 3000, drive: 4 },
} satisfies Record<string, Preset>
const list: Preset[] = [presets.soft, presets.hard]
let y = 0
export default () => {
  const preset = list[(currentFrame >> 8) & 1]!
  const x = (currentFrame % 109) / 54.5 - 1
  y += (x * (preset.drive ?? 1) - y) * Math.min(1, preset.cutoff / sampleRate * 6)
  return y * 0.5 as number
}
`,
  'optional parameters': `
function blend(a: number, b: number, mix?: number): number {
  return mix === undefined ? (a + b) / 2 : a * (1 - mix) + b * mix
}
function tri(p: number, skew: number = 0.5): number {
  return p < skew ? p / skew : (1 - p) / (1 - skew)
}
export default (t: number) => blend(tri((t * 200) % 1), tri((t * 301) % 1, 0.1)) + blend(0, tri((t * 99) % 1), 0.2) - 0.6
`,
  'unions of kinds by number': `
const KICK = 0, HAT = 1, REST = 2
type Kind = typeof KICK | typeof HAT | typeof REST
interface Event { kind: Kind; at: number }
const events: Event[] = [{ kind: KICK, at: 0 }, { kind: HAT, at: 200 }, { kind: REST, at: 300 }, { kind: HAT, at: 350 }]
const sound = (kind: Kind, age: number): number => {
  if (kind === REST) return 0
  return kind === KICK ? Math.sin(age * 0.04) * Math.exp(-age / 60) : ((age * 7919) % 13) / 13 * Math.exp(-age / 20)
}
export default (): number => {
  const now = currentFrame % 500
  let current: Event = events[0]!
  for (const e of events) if (e.at <= now) current = e
  return sound(current.kind, now - current.at)
}
`,
  'functions of functions': `
type Signal = (t: number) => number
const gain = (k: number) => (s: Signal): Signal => (t) => s(t) * k
const mix = (...signals: Signal[]): Signal => (t) => signals.reduce((sum, s) => sum + s(t), 0)
const pipe = (s: Signal, ...fs: ((s: Signal) => Signal)[]): Signal => fs.reduce((acc, f) => f(acc), s)
const sine = (hz: number): Signal => (t) => Math.sin(2 * Math.PI * hz * t)
const clip = (s: Signal): Signal => (t) => Math.max(-0.5, Math.min(0.5, s(t)))
const patch = pipe(mix(sine(220), gain(0.5)(sine(333))), gain(1.5), clip)
export default patch
`,
  'typed arrays and views of types': `
type Buffer = Float32Array
const delay = (frames: number): ((x: number) => number) => {
  const buffer: Buffer = new Float32Array(frames)
  let index: number = 0
  return (x: number): number => {
    const out: number = buffer[index] as number
    buffer[index] = x
    index = (index + 1) % buffer.length
    return out
  }
}
const d1 = delay(100), d2 = delay(333)
export default (): number => d1(currentFrame % 90 / 90 - 0.5) + <number>d2(currentFrame % 71 / 71 - 0.5)
`,
});
