/** Programs that make their data of texts, print what they do, and throw where something is wrong. */
import { complete } from '../patch.ts';

export const texts = complete('texts', {
  'tracker rows parsed into notes': `
const SEMITONES = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }
function midiOf(name) {
  const letter = name.charAt(0).toUpperCase()
  const isSharp = name.includes('#')
  const octave = Number(name.slice(isSharp ? 2 : 1))
  return SEMITONES[letter] + (isSharp ? 1 : 0) + 12 * (octave + 1)
}
const pattern = \`
  c4 . e4 .
  g4 . . f#4
  a3 . c4 .
  g3 . . .
\`
const steps = pattern.trim().split(/* lines */ '\\n').map((row) => row.trim()).join(' ').split(' ')
const notes = steps.map((step) => (step === '.' ? -1 : midiOf(step)))
console.log('steps', steps.length, steps.join('|'))
let phase = 0
let level = 0
export default (t) => {
  const position = t * 8
  const note = notes[Math.floor(position) % notes.length]
  if (note >= 0) {
    phase = (phase + 440 * 2 ** ((note - 69) / 12) / sampleRate) % 1
    level = 1 - (position % 1)
  } else level *= 0.999
  return 0.3 * level * (2 * phase - 1)
}
`,
  'a plant that grows by rules': `
const rules = { F: 'F+G', G: 'F-G' }
let axiom = 'F'
for (let generation = 0; generation < 8; generation++) {
  let next = ''
  for (const symbol of axiom) next += rules[symbol] ?? symbol
  axiom = next
}
const turns = axiom.split('').filter((c) => c === '+' || c === '-').map((c) => (c === '+' ? 1 : -1))
console.info(\`\${axiom.length} symbols, \${turns.length} turns\`)
const melody = []
let degree = 0
for (const turn of turns) {
  degree += turn
  melody.push(57 + [0, 3, 5, 7, 10][((degree % 5) + 5) % 5])
}
let phase = 0
export default (t) => {
  const hz = 440 * 2 ** ((melody[Math.floor(t * 9) % melody.length] - 69) / 12)
  phase = (phase + hz / sampleRate) % 1
  return 0.25 * Math.sin(2 * Math.PI * phase)
}
`,
  'numbers printed and read back': `
const values = [0.1, 1 / 3, 1e21, 1e-7, 123456.789, -0, 2 ** 53, 5e-324, 255]
const lines = values.map((x, i) => \`\${i}:\${x}:\${x.toFixed(3)}:\${Math.abs(x).toString(16).length}\`)
const back = lines.map((line) => {
  const [index, plain, fixed, digits] = line.split(':')
  return Number(index) + Number(plain) * 0.5 + parseFloat(fixed) * 0.25 + Number(digits)
})
const sum = back.filter((x) => Math.abs(x) < 1e6).reduce((a, b) => a + b, 0)
const bits = (181).toString(2).padStart(12, '0')
console.log(lines.join('\\n'), sum)
export default () => {
  const on = bits[Math.floor(currentFrame / 1000) % bits.length] === '1'
  return (on ? 0.5 : 0.1) * Math.sin(currentFrame * 0.01) + (sum % 1) * 0.001
}
`,
  'drums in a text, one row each': `
const rows = [
  'kick  x---x---x---x-x-',
  'snare ----x-------x---',
  'hat   x-x-x-x-x-x-x-xx',
]
const kit = {}
const names = rows.map((row) => row.split(' ')[0])
const lanes = rows.map((row) => row.substring(row.lastIndexOf(' ') + 1))
const longest = Math.max(...lanes.map((lane) => lane.length))
const padded = lanes.map((lane) => lane.padEnd(longest, '-'))
console.table(names)
const decays = [0.9995, 0.999, 0.99]
const levels = names.map(() => 0)
let last = -1
let seed = 1
const noise = () => {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff
  return seed / 0x40000000 - 1
}
export default (t) => {
  const step = Math.floor(t * 8) % longest
  if (step !== last) {
    for (let i = 0; i < padded.length; i++) if (padded[i][step] === 'x') levels[i] = 1
    last = step
  }
  let out = 0
  for (let i = 0; i < levels.length; i++) {
    levels[i] *= decays[i]
    switch (names[i]) {
      case 'kick':
        out += levels[i] * Math.sin(2 * Math.PI * 55 * t)
        break
      case 'snare':
        out += 0.5 * levels[i] * noise()
        break
      default:
        out += 0.2 * levels[i] * noise()
    }
  }
  return 0.4 * out
}
`,
  'states of an envelope by their names': `
let state = 'idle'
let level = 0
const rates = { attack: 0.002, decay: 0.0004, release: 0.0002 }
const history = []
const next = (name) => {
  state = name
}
const words = 'attack decay sustain release idle'.split(' ')
const order = words.map((word, i) => word + '>' + words[(i + 1) % words.length]).join(' ')
export default (t) => {
  const gate = t % 0.5 < 0.25
  switch (state) {
    case 'idle':
      if (gate) next('attack')
      break
    case 'attack':
      level += rates.attack
      if (level >= 1) next('decay')
      break
    case 'decay':
      level -= rates[state]
      if (level <= 0.6) next('sustain')
      break
    case 'sustain':
      if (!gate) next('release')
      break
    case 'release':
      level = Math.max(0, level - rates[state])
      if (level === 0 || gate) next(gate ? 'attack' : 'idle')
      break
  }
  const place = order.indexOf(state)
  return level * Math.sin(2 * Math.PI * 330 * t) * (place >= 0 ? 0.4 : 0)
}
`,
  'chord names taken apart': `
const NOTES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B']
const QUALITIES = { '': [0, 4, 7], m: [0, 3, 7], 7: [0, 4, 7, 10], m7: [0, 3, 7, 10], maj7: [0, 4, 7, 11] }
function chord(name) {
  const length = name.length > 1 && name[1] === '#' ? 2 : 1
  const root = NOTES.indexOf(name.slice(0, length))
  const quality = name.slice(length)
  const shape = QUALITIES[quality]
  return shape.map((step) => 48 + root + step)
}
const song = 'Am7 D7 Gmaj7 C F#m'.split(' ')
const chords = song.map(chord)
const title = song.map((name) => name.replace('maj', 'M').toLowerCase()).join('-')
console.log(title.length, title)
export default (t) => {
  const notes = chords[Math.floor(t * 2) % chords.length]
  let out = 0
  for (const note of notes) out += Math.sin(2 * Math.PI * 440 * 2 ** ((note - 69) / 12) * t)
  return (0.5 * out) / notes.length
}
`,
  'a table of parameters with units': `
const settings = \`
cutoff = 1200 Hz
resonance = 0.4
attack = 15 ms
name = "Soft Lead"
\`
const parsed = { cutoff: 0, resonance: 0, attack: 0 }
let label = ''
for (const line of settings.trim().split('\\n')) {
  const [key, value] = line.split('=').map((part) => part.trim())
  if (key === 'name') label = value.replaceAll('"', '')
  else {
    const [amount, unit] = value.split(' ')
    const scale = unit === 'ms' ? 0.001 : 1
    if (key === 'cutoff') parsed.cutoff = Number(amount) * scale
    else if (key === 'resonance') parsed.resonance = Number(amount) * scale
    else if (key === 'attack') parsed.attack = Number(amount) * scale
  }
}
console.log(label.toUpperCase(), parsed)
const k = 1 - Math.exp((-2 * Math.PI * parsed.cutoff) / sampleRate)
let low = 0
let band = 0
export default (t) => {
  const saw = 2 * ((110 * t) % 1) - 1
  band += k * (saw - low - band * (1 - parsed.resonance))
  low += k * band
  return 0.3 * low * Math.min(1, (t % 1) / parsed.attack) + 0.0001 * label.length
}
`,
  'a parser that throws and catches': `
function read(text) {
  const numbers = []
  let rest = text
  let failures = 0
  while (rest.length > 0) {
    const end = rest.indexOf(',')
    const word = end < 0 ? rest : rest.slice(0, end)
    rest = end < 0 ? '' : rest.slice(end + 1)
    try {
      const value = Number(word)
      if (word.trim() === '') throw new SyntaxError('empty')
      if (Number.isNaN(value)) throw new RangeError('no number: ' + word)
      numbers.push(value)
    } catch (error) {
      failures += error.message.length
      numbers.push(error.name === 'SyntaxError' ? 0 : -1)
    } finally {
      failures += 0.5
    }
  }
  console.warn(failures + ' points of failure')
  return { numbers, failures }
}
const { numbers, failures } = read('220, 330,,x, 440')
export default (t) => {
  const hz = Math.abs(numbers[Math.floor(t * 4) % numbers.length])
  return 0.2 * Math.sin(2 * Math.PI * hz * t) + failures * 0.0001
}
`,
  'morse code': `
const MORSE = { S: '...', O: '---', E: '.', G: '--.', U: '..-' }
const message = 'segue sos'
const units = message
  .toUpperCase()
  .split(' ')
  .map((word) => [...word].map((letter) => MORSE[letter].split('').map((mark) => (mark === '.' ? '1' : '111')).join('0')).join('000'))
  .join('0000000')
  .concat('0'.repeat(7))
console.log(units.length, 'units')
let envelope = 0
export default (t) => {
  const isOn = units.charAt(Math.floor(t * 12) % units.length) === '1'
  envelope += ((isOn ? 1 : 0) - envelope) * 0.01
  return 0.3 * envelope * Math.sin(2 * Math.PI * 600 * t)
}
`,
  'scales sorted and spread': `
const scales = { minor: [0, 2, 3, 5, 7, 8, 10], major: [0, 2, 4, 5, 7, 9, 11], penta: [0, 3, 5, 7, 10] }
const names = ['penta', 'minor', 'major'].sort()
const all = names.flatMap((name) => scales[name])
const unique = []
for (const step of all) if (!unique.includes(step)) unique.push(step)
unique.sort((a, b) => a - b)
const spans = [...names.map((name) => name.length), ...unique]
const highest = Math.max(...spans)
const triple = (a, b, c = 9, ...rest) => a * 100 + b * 10 + c + rest.length
const code = triple(...unique.slice(0, 2)) + triple(...unique)
const holes = [1, , 3]
const second = holes[1] ?? 2
const halves = unique.map?.((x) => x / 2)
const key = String.fromCharCode(...names.map((name) => name.charCodeAt(0)))
console.log(names.join(), key, code, highest)
export default (t) => {
  const step = Math.floor(t * 6)
  const note = 45 + unique[step % unique.length] + second + halves[step % halves.length] + key.indexOf('p')
  return 0.3 * Math.sin(2 * Math.PI * 440 * 2 ** ((note - 69) / 12) * t) * (1 - ((t * 6) % 1)) + code * 1e-6
}
`,
  'names of samples and keys put together while it plays': `
const table = { c2: 65.4, e2: 82.4, g2: 98, c3: 130.8, e3: 164.8, g3: 196 }
const letters = 'ceg'
let octave = 2
let previous = -1
export default (t) => {
  const step = Math.floor(t * 6)
  if (step !== previous) {
    octave = step % 6 < 3 ? 2 : 3
    previous = step
  }
  const hz = table[letters[step % 3] + octave]
  const isTop = \`\${letters[step % 3]}\${octave}\` === 'g3'
  return (isTop ? 0.2 : 0.3) * (((hz * t) % 1) * 2 - 1)
}
`,
  'a scrolling pattern of bits': `
const seedText = 'segue'
let bits = ''
for (let i = 0; i < seedText.length; i++) bits += seedText.charCodeAt(i).toString(2).padStart(8, '0')
const rotated = bits.slice(13) + bits.slice(0, 13)
const mixed = bits.split('').map((bit, i) => (bit === rotated[i] ? '0' : '1')).join('')
const runs = mixed.replaceAll('11', 'x').replaceAll('00', '_')
console.debug(mixed, runs.length)
const levels = mixed.split('').map(Number)
let smooth = 0
export default (t) => {
  const at = Math.floor(t * 40)
  smooth += (levels[at % levels.length] - smooth) * 0.005
  return smooth * Math.sin(2 * Math.PI * (110 + 10 * runs.length) * t) * 0.4
}
`,
});
