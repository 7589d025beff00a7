/** `Map` and `Set`. */
import { complete } from '../patch.ts';

export const maps = complete('maps and sets', {
  'pitches by name': `
const hz = new Map([['c', 261.6], ['e', 329.6], ['g', 392]])
hz.set('a', 440)
const tune = ['c', 'e', 'x', 'a', 'g']
export default (t) => {
  const f = hz.get(tune[Math.floor(t * 40) % 5])
  return f === undefined ? hz.size / 10 : Math.sin(2 * Math.PI * f * t)
}
`,
  'steps that are on': `
const on = new Set([1, 2, 3])
export default (t) => {
  const n = Math.floor(t * 100) % 6
  if (n === 4) on.delete(2)
  if (n === 5) on.add(2)
  let sum = 0
  for (const k of on) sum = sum * 0.5 + k / 10
  return sum + (on.has(n) ? 0.1 : 0)
}
`,
  'amplitudes by frequency, changed while it plays': `
const amps = new Map()
for (let i = 1; i < 5; i++) amps.set(i * 110, 1 / i)
export default (t) => {
  let sum = 0
  for (const [f, a] of amps) sum += a * Math.sin(2 * Math.PI * f * t)
  if (amps.has(220)) amps.set(220, 0.5 + 0.5 * Math.sin(t))
  amps.forEach((a, f) => { sum += a / f })
  return sum / 4 + [...amps.keys()].length / 100
}
`,
  'maps of other kinds beside one another': `
const shapes = new Map([['saw', (p) => 2 * p - 1], ['sine', (p) => Math.sin(2 * Math.PI * p)]])
const levels = new Map([['saw', 0.2], ['sine', 0.5]])
const seen = new Set('hello'.split(''))
export default (t) => {
  let sum = 0
  for (const [name, shape] of shapes) sum += shape((t * (name === 'saw' ? 220 : 55)) % 1) * (levels.get(name) ?? 0)
  levels.set('saw', 0.2 + 0.1 * Math.sin(t))
  return sum * (seen.has('l') ? 1 : 0) + seen.size / 100
}
`,
});
