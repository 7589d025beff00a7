/** Whole pieces as people bring them: more of pieces.ts. */
import { complete } from '../patch.ts';

export const songs = complete('songs', {
  'a game of life that is played as a scale': `
const W = 8, H = 8
let cells = '..x.....x.x......xx.....x..xx....xx..x....x.xx...x.x...x..xx.x..'.split('').map((c) => (c === 'x' ? 1 : 0))
let other = cells.slice()
const at = (grid, x, y) => grid[((y + H) % H) * W + ((x + W) % W)]
function evolve() {
  for (let y = 0; y < H; y++) {
    for (let x = 0; x < W; x++) {
      let near = 0
      for (const dy of [-1, 0, 1]) for (const dx of [-1, 0, 1]) if (dx || dy) near += at(cells, x + dx, y + dy)
      other[y * W + x] = near === 3 || (near === 2 && at(cells, x, y)) ? 1 : 0
    }
  }
  ;[cells, other] = [other, cells]
}
const scale = [0, 2, 4, 7, 9, 12, 14, 16].map((n) => 196 * 2 ** (n / 12))
const rows = scale.map((hz) => ({ hz, phase: 0, level: 0 }))
let column = -1
export default () => {
  if (currentFrame % 3000 === 0) {
    column++
    if (column === W) { column = 0; evolve() }
    rows.forEach((row, y) => { if (at(cells, column, y)) row.level = 0.2 })
  }
  let sum = 0
  for (const row of rows) {
    row.phase += row.hz / sampleRate
    if (row.phase >= 1) row.phase--
    row.level *= 0.9995
    sum += row.level * Math.sin(2 * Math.PI * row.phase)
  }
  return sum
}
`,
  'a voice whose envelope knows its states by name': `
class Envelope {
  state = 'off'
  level = 0
  constructor({ attack = 0.01, decay = 0.1, sustain = 0.6, release = 0.2 } = {}) {
    Object.assign(this, { attack, decay, sustain, release })
  }
  on() { this.state = 'attack' }
  off() { if (this.state !== 'off') this.state = 'release' }
  next() {
    switch (this.state) {
      case 'attack':
        this.level += 1 / (this.attack * sampleRate)
        if (this.level >= 1) { this.level = 1; this.state = 'decay' }
        break
      case 'decay':
        this.level -= (1 - this.sustain) / (this.decay * sampleRate)
        if (this.level <= this.sustain) this.state = 'sustain'
        break
      case 'release':
        this.level -= this.level / (this.release * 0.3 * sampleRate)
        if (this.level < 1e-4) { this.level = 0; this.state = 'off' }
        break
    }
    return this.level
  }
  get isSounding() { return this.state !== 'off' }
}
const pad = new Envelope({ attack: 0.03, release: 0.1 }), pluck = new Envelope({ decay: 0.05, sustain: 0 })
let phase = 0
export default (t) => {
  const beat = Math.floor(currentFrame) % 9600
  if (beat === 0) { pad.on(); pluck.on() }
  if (beat === 5000) { pad.off(); pluck.off() }
  phase = (phase + 165 / sampleRate) % 1
  const a = pad.next(), b = pluck.next()
  return pad.isSounding ? 0.3 * a * (2 * phase - 1) + 0.3 * b * Math.sin(12 * Math.PI * phase) : 0
}
`,
  'a mixer with sends, solo and mute': `
class Channel {
  #gain = 1
  static all = []
  constructor(name, source) {
    this.name = name
    this.source = source
    this.isMuted = false
    this.isSolo = false
    Channel.all.push(this)
  }
  set decibels(db) { this.#gain = 10 ** (db / 20) }
  get gain() {
    const someSolo = Channel.all.some((c) => c.isSolo)
    if (this.isMuted || (someSolo && !this.isSolo)) return 0
    return this.#gain
  }
  next(t) { return this.source(t) * this.gain }
}
const tone = (hz, shape) => {
  let p = 0
  return () => shape((p = (p + hz / sampleRate) % 1))
}
const lead = new Channel('lead', tone(330, (p) => (p < 0.3 ? 0.5 : -0.2)))
const bass = new Channel('bass', tone(82.5, (p) => 2 * p - 1))
const pulse = new Channel('pulse', (t) => (t * 8 % 1 < 0.05 ? 0.7 : 0))
lead.decibels = -9
bass.decibels = -6
let sent = 0
export default (t) => {
  const bar = Math.floor(t * 2) % 4
  bass.isMuted = bar === 1
  lead.isSolo = bar === 2
  let sum = 0
  for (const channel of Channel.all) sum += channel.next(t)
  sent += 0.002 * (lead.next(t) - sent)
  return 0.5 * sum + sent
}
`,
  'a small language for rhythms': `
function parse(text) {
  let at = 0
  function group(depth) {
    const out = []
    while (at < text.length) {
      const c = text.charAt(at++)
      if (c === ' ') continue
      if (c === ']') {
        if (depth === 0) throw new SyntaxError('a bracket too many at ' + at)
        return out
      }
      if (c === '[') out.push({ kind: 'group', parts: group(depth + 1), value: 0 })
      else out.push({ kind: c === '~' ? 'rest' : 'note', parts: [], value: c.charCodeAt(0) - 48 })
    }
    if (depth > 0) throw new SyntaxError('a bracket too few')
    return out
  }
  return group(0)
}
const flat = []
function lay(parts, start, length) {
  parts.forEach((part, n) => {
    const own = length / parts.length, begin = start + n * own
    if (part.kind === 'group') lay(part.parts, begin, own)
    else if (part.kind === 'note') flat.push({ begin, end: begin + own, hz: 110 * 2 ** (part.value / 5) })
  })
}
let broken = 0
for (const text of ['1 [3 5] ~ [2 [4 6]]', '1 [2', '] 3']) {
  try {
    lay(parse(text), 0, 1)
  } catch (e) {
    if (e instanceof SyntaxError) broken++
    else throw e
  }
}
let phase = 0
export default (t) => {
  const place = (t * 1.5) % 1
  const note = flat.find(({ begin, end }) => place >= begin && place < end)
  if (!note) return 0
  phase = (phase + note.hz / sampleRate) % 1
  return (0.5 - 0.1 * broken) * Math.sin(2 * Math.PI * phase) * (1 - (place - note.begin) / (note.end - note.begin))
}
`,
  'a spectrum that is made and unmade': `
const N = 64
const window = Float64Array.from({ length: N }, (_, n) => 0.5 - 0.5 * Math.cos(2 * Math.PI * n / N))
const re = new Float64Array(N), im = new Float64Array(N)
function transform(sign) {
  for (let i = 1, j = 0; i < N; i++) {
    let bit = N >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) { [re[i], re[j]] = [re[j], re[i]]; [im[i], im[j]] = [im[j], im[i]] }
  }
  for (let size = 2; size <= N; size *= 2) {
    const angle = sign * 2 * Math.PI / size
    for (let start = 0; start < N; start += size) for (let k = 0; k < size / 2; k++) {
      const c = Math.cos(angle * k), s = Math.sin(angle * k), a = start + k, b = a + size / 2
      const x = re[b] * c - im[b] * s, y = re[b] * s + im[b] * c
      re[b] = re[a] - x; im[b] = im[a] - y
      re[a] += x; im[a] += y
    }
  }
}
const input = new Float64Array(N), output = new Float64Array(N)
let at = 0, phase = 0
export default () => {
  phase = (phase + 700 / sampleRate) % 1
  input[at] = phase < 0.5 ? 0.4 : -0.4
  const y = output[at]
  output[at] = 0
  at = (at + 1) % N
  if (at % (N / 2) === 0) {
    for (let n = 0; n < N; n++) { re[n] = input[(at + n) % N] * window[n]; im[n] = 0 }
    transform(-1)
    for (let k = 6; k <= N - 6; k++) { re[k] = 0; im[k] = 0 }
    transform(1)
    for (let n = 0; n < N; n++) output[(at + n) % N] += re[n] / N
  }
  return y
}
`,
  'a bytebeat with its helpers in front': `
var rate = 8000, out = 0, held = [0, 0]
function mix() {
  var sum = 0
  for (var i = 0; i < arguments.length; i++) sum += arguments[i]
  return sum / arguments.length
}
function arp(t, notes, speed) {
  var step = (t >> speed) % notes.length
  return t * Math.pow(2, notes[step] / 12)
}
function saw(x) { return x & 127 }
function square(x) { return (x & 64) ? 127 : 0 }
function crush(x, bits) { return (x >> bits) << bits }
var lead = [0, 3, 7, 10, 12, 10, 7, 3], bass = [-24, -24, -17, -20]
export default (time) => {
  var t = Math.floor(time * rate)
  if (t !== held[0]) {
    held[0] = t
    held[1] = mix(
      saw(arp(t, lead, 10)),
      square(arp(t, bass, 13)) / 2,
      crush(((t * 7) ^ (t >> 4)) & 127, 3) * ((t >> 12) % 4 === 3 ? 1 : 0),
    )
  }
  out += 0.4 * (held[1] / 64 - 1 - out)
  return out * 0.5
}
`,
  'an arpeggiator that takes its ways from a table': `
const ways = {
  up: (notes) => [...notes],
  down: (notes) => [...notes].reverse(),
  both: (notes) => [...notes, ...[...notes].reverse().slice(1, -1)],
  thirds: (notes) => notes.flatMap((note, n) => [note, notes[(n + 2) % notes.length]]),
}
const held = new Set([57, 60, 64])
for (const note of [67, 60, 71]) if (!held.has(note)) held.add(note)
held.delete(57)
const sorted = [...held].sort((a, b) => a - b)
const lines = Object.entries(ways).map(([name, way]) => ({ name, notes: way(sorted) }))
const longest = Math.max(...lines.map(({ notes }) => notes.length))
const last = lines.at(-1)?.name ?? 'none'
class Pluck {
  constructor(length = 400) {
    this.line = new Float64Array(length)
    this.size = length
    this.at = 0
  }
  strike(note) {
    this.size = Math.min(this.line.length, Math.round(sampleRate / (440 * 2 ** ((note - 69) / 12))))
    for (let n = 0; n < this.size; n++) this.line[n] = ((n * 7919) % 101) / 50 - 1
    this.at = 0
  }
  next() {
    const { line, size } = this, then = (this.at + 1) % size
    const y = line[this.at]
    line[this.at] = 0.498 * (y + line[then])
    this.at = then
    return y
  }
}
const string = new Pluck()
let step = -1
export default (t) => {
  const now = Math.floor(t * 9)
  if (now !== step) {
    step = now
    const { notes, name } = lines[Math.floor(now / longest) % lines.length]
    string.strike(notes[now % notes.length] + (name === last ? 12 : 0))
  }
  return 0.3 * string.next()
}
`,
  'instruments that are told apart by what they are': `
const rack = [
  (t) => Math.sin(2 * Math.PI * 220 * t),
  { hz: 330, shape: 'square' },
  [440, 550, 660],
  0.1,
  { hz: 165, shape: 'saw' },
]
function sound(one, t) {
  if (typeof one === 'function') return one(t)
  if (typeof one === 'number') return one
  if (Array.isArray(one)) {
    let sum = 0
    for (const hz of one) sum += Math.sin(2 * Math.PI * hz * t)
    return sum / one.length
  }
  const place = (one.hz * t) % 1
  return one.shape === 'square' ? (place < 0.5 ? 0.5 : -0.5) : 2 * place - 1
}
const levels = rack.map((one) => (typeof one === 'object' && !Array.isArray(one) ? 0.4 : 0.7))
const gate = (t, n) => {
  const beat = (t * 3 + n / rack.length) % 1
  return beat < 0.5 ? 1 - 2 * beat : 0
}
export default (t) => {
  let sum = 0
  for (let n = 0; n < rack.length; n++) sum += gate(t, n) * levels[n] * sound(rack[n], t)
  return sum / 2
}
`,
});
