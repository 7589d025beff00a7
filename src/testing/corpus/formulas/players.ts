/** Bytebeat: whole patches, as people put a formula into them: statements, counters and songs around it. */
import { complete } from '../patch.ts';

export const players = complete('patches around a formula', {
  'a counter beside the wrapper': `
let t = 0
const formula = () => t * (t >> 7 & 5) | t >> 4
export default () => {
  t++
  return (formula() & 255) / 127.5 - 1
}
`,
  'a counter in the wrapper': `
let t = 0
export default () => ((t++ * 3 & t >> 4) & 255) / 127.5 - 1
`,
  'a counter after the formula': `
let t = 0
export default () => {
  const out = ((t * [2, 3, 4, 3][t >> 7 & 3]) & 255) / 127.5 - 1
  t = t + 1
  return out
}
`,
  'a closure that counts': `
const makeClock = (rate) => {
  let n = 0
  return () => (n += rate / sampleRate)
}
const clock = makeClock(8000)
export default () => { const t = clock(); return ((t * 5 & t >> 2) & 255) / 127.5 - 1 }
`,
  'a player of formulas': `
const player = (f, rate) => () => {
  const t = (currentFrame * rate / sampleRate) | 0
  return (f(t) & 255) / 127.5 - 1
}
export default player((t) => t * 9 & t >> 3, 11025)
`,
  'two formulas one after the other': `
const verse = (t) => t * (2 + (t >> 6 & 1)) & 127
const chorus = (t) => t * [3, 4, 5, 6][t >> 6 & 3] & 255
export default () => {
  const t = currentFrame
  const f = t & 512 ? chorus : verse
  return ((f(t)) & 255) / 127.5 - 1
}
`,
  'formulas in a list': `
const formulas = [
  (t) => t * 3 & t >> 5,
  (t) => t ^ t >> 3,
  (t) => [t, t * 2, t >> 1][(t >> 6) % 3],
]
export default () => {
  const t = currentFrame
  return ((formulas[(t >> 8) % formulas.length](t)) & 255) / 127.5 - 1
}
`,
  'functions by statement': `
function bass(t) {
  const notes = [2, 2, 3, 4]
  return t * notes[t >> 8 & 3] & 127
}
function drum(t) {
  if ((t >> 7) % 4 === 0) return (3000 / (t & 127)) & 63
  return 0
}
export default function () {
  const t = currentFrame
  return ((bass(t) + drum(t)) & 255) / 127.5 - 1
}
`,
  'switch over bars': `
export default () => {
  const t = currentFrame * 9
  let n
  switch (t >> 11 & 3) {
    case 0:
    case 1: n = 2; break
    case 2: { n = 3; break }
    default: n = 4
  }
  return ((t * n & t >> 4) & 255) / 127.5 - 1
}
`,
  'switch over letters': `
const song = 'aabacada'
const note = (c) => {
  switch (c) {
    case 'a': return 4
    case 'b': return 5
    case 'c': return 6
  }
  return 3
}
export default () => ((currentFrame * note(song[currentFrame >> 7 & 7])) & 255) / 127.5 - 1
`,
  'chords from a table of tables': `
const chords = [[0, 4, 7], [5, 9, 12], [7, 11, 14], [0, 4, 7]]
const hz = (n) => 1.059463 ** n
export default () => {
  const t = currentFrame * 6
  let sum = 0
  for (const n of chords[t >> 11 & 3]) sum += (t * hz(n)) & 63
  return (sum & 255) / 127.5 - 1
}
`,
  'a pattern parsed at the start': `
const rows = ['x---x---', '--x---x-', 'xxxxxxxx'].map((r) => r.split('').map((c) => (c === 'x' ? 1 : 0)))
const sounds = [(t) => 900 / (t + 1) & 127, (t) => (t * t) & 63, (t) => t & 15]
export default () => {
  const t = currentFrame
  const step = t >> 7 & 7
  let out = 0
  rows.forEach((row, i) => { if (row[step]) out += sounds[i](t & 127) })
  return (out & 255) / 127.5 - 1
}
`,
  'notes pushed at the start': `
const notes = []
for (let i = 0; i < 8; i++) notes.push(2 + (i * 5) % 7)
while (notes.length < 12) notes.push(1)
export default () => ((currentFrame * notes[(currentFrame >> 6) % notes.length]) & 255) / 127.5 - 1
`,
  'a table filled at the start': `
const table = new Uint8Array(256)
for (let i = 0; i < 256; i++) table[i] = i < 128 ? i * 2 : 510 - i * 2
const read = (p) => table[p & 255]
export default () => ((read(currentFrame * 3) + read(currentFrame * 4.5) >> 1) & 255) / 127.5 - 1
`,
  'an echo': `
const size = 500
const echo = new Float32Array(size)
export default () => {
  const t = currentFrame
  const dry = (t * (t & 256 ? 3 : 4) & 127) * (t % 512 < 200)
  const i = t % size
  const wet = dry + echo[i] * 0.5
  echo[i] = wet
  return (wet & 255) / 127.5 - 1
}
`,
  'labels and early ends': `
const hits = [3, 5, 8, 13]
export default () => {
  const t = currentFrame
  let n = 0
  search: for (let i = 0; i < 16; i++) {
    for (const h of hits) {
      if (i * h === (t >> 4)) { n = i; break search }
      if (h > i) continue search
    }
  }
  return ((t * (n + 2)) & 255) / 127.5 - 1
}
`,
  'random by multiplication': `
let seed = 12345
const rnd = () => (seed = (seed * 16807) % 2147483647) / 2147483647
let held = 0
export default () => {
  if (currentFrame % 60 === 0) held = 2 + Math.floor(rnd() * 6)
  return ((currentFrame * held) & 255) / 127.5 - 1
}
`,
  'everything in a record': `
const song = {
  tempo: 7,
  lead: '3456',
  bass: [2, 3],
  at(t) { return t * song.lead[t >> song.tempo & 3] / 2 + (t * song.bass[t >> 9 & 1] & 63) },
}
export default () => ((song.at(currentFrame)) & 255) / 127.5 - 1
`,
  'the parameter in seconds': `
export default (s) => {
  let t = s * 8000
  t = t * (t >> 6 & 3 || 1)
  return ((t) & 255) / 127.5 - 1
}
`,
  'types around it': `
type Formula = (t: number) => number
const a: Formula = (t) => t * 3 & t >> 4
const b: Formula = (t) => t ^ (t >> 5)
const list: readonly Formula[] = [a, b]
export default (): number => ((list[currentFrame >> 8 & 1]!(currentFrame)) & 255) / 127.5 - 1
`,
  'hoisted helpers': `
export default () => ((mix(one(currentFrame), two(currentFrame))) & 255) / 127.5 - 1
function mix(...parts) { let s = 0; for (const p of parts) s += p; return s }
function one(t) { return t * 3 & 63 }
function two(t) { return one(t >> 1) + (t & 31) }
`,
  'ternaries over several lines': `
const t8 = () => currentFrame * 4
export default () => {
  const t = t8(),
    bar = t >> 11,
    beat = (t >> 9) & 3
  const n =
    bar % 4 === 3 ? (beat === 3 ? 7 : 6)
    : bar % 2 ? 5
    : beat < 2 ? 4
    : 3
  return ((t * n) & 255) / 127.5 - 1
}
`,
  'semicolons, or none': `
let t = 0;; let k = 3
;[1, 2].forEach((n) => { k += n });
export default () => { t += 2; ;return ((t * k) & 255) / 127.5 - 1 };
`,
  'comments between': `
/* header */ let t = 0 // time
export default /* each frame */ () => ((/* the formula: */ t++ * (t >> 6 & 3) // ends here
) & 255) / 127.5 - 1
`,
  'stereo by halves': `
const f = (t) => t * 3 & t >> 5
const out = (x) => (x & 255) / 127.5 - 1
export default () => [out(f(currentFrame)), out(f(currentFrame + 100))]
`,
});
