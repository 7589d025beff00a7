/** Small synths: envelopes, gates, glides. */
import { complete } from '../patch.ts';

export const envelopes = complete('envelopes', {
  'attack and decay on a clock': `
const attack = 80, decay = 400
const env = (n) => (n < attack ? n / attack : Math.max(0, 1 - (n - attack) / decay))
export default (t) => Math.sin(2 * Math.PI * 330 * t) * env(currentFrame % 600)
`,
  'adsr as a state machine': `
function adsr({ a = 0.002, d = 0.004, s = 0.6, r = 0.008 } = {}) {
  let level = 0
  let stage = 0
  return (gate) => {
    if (gate && (stage === 0 || stage === 4)) stage = 1
    if (!gate && stage > 0 && stage < 4) stage = 4
    switch (stage) {
      case 1:
        level += 1 / (a * sampleRate)
        if (level >= 1) { level = 1; stage = 2 }
        break
      case 2:
        level -= (1 - s) / (d * sampleRate)
        if (level <= s) { level = s; stage = 3 }
        break
      case 4:
        level -= s / (r * sampleRate)
        if (level <= 0) { level = 0; stage = 0 }
    }
    return level
  }
}
const env = adsr({ s: 0.5 })
let phase = 0
export default () => {
  phase = (phase + 220 / sampleRate) % 1
  return (phase * 2 - 1) * env(currentFrame % 900 < 500)
}
`,
  'exponential decay, struck again': `
const decay = (seconds) => {
  const k = Math.exp(-1 / (seconds * sampleRate))
  let v = 0
  return (hit) => (v = hit ? 1 : v * k)
}
const kick = decay(0.01), click = decay(0.001)
let ph = 0
export default () => {
  const hit = currentFrame % 700 === 0
  const e = kick(hit)
  ph += (50 + 200 * e) / sampleRate
  return Math.sin(ph * 2 * Math.PI) * e + click(hit) * 0.3
}
`,
  'glide between notes': `
const glide = (time) => {
  let y
  return (x) => {
    y ??= x
    y += (x - y) / (time * sampleRate)
    return y
  }
}
const slide = glide(0.003)
const notes = [220, 330, 275, 440]
let p = 0
export default () => {
  const hz = slide(notes[Math.floor(currentFrame / 400) % notes.length])
  p += hz / sampleRate
  p -= Math.floor(p)
  return p < 0.5 ? 0.4 : -0.4
}
`,
  'envelope from break points': `
const points = [[0, 0], [100, 1], [250, 0.4], [600, 0.3], [800, 0]]
const at = (n) => {
  for (let i = 1; i < points.length; i++) {
    const [x0, y0] = points[i - 1]
    const [x1, y1] = points[i]
    if (n < x1) return y0 + ((y1 - y0) * (n - x0)) / (x1 - x0)
  }
  return 0
}
export default (t) => at(currentFrame % 850) * Math.sin(t * 2500)
`,
  'two voices that take turns': `
const voice = () => {
  const v = { hz: 0, amp: 0, ph: 0 }
  return {
    start(hz) { v.hz = hz; v.amp = 1 },
    next() {
      v.amp *= 0.995
      v.ph = (v.ph + v.hz / sampleRate) % 1
      return v.amp * (v.ph - 0.5)
    },
  }
}
const voices = [voice(), voice()]
const tune = [220, 277, 330, 440, 554]
let turn = 0
export default () => {
  if (currentFrame % 250 === 0) {
    voices[turn & 1].start(tune[turn % tune.length])
    turn++
  }
  return voices.reduce((sum, v) => sum + v.next(), 0)
}
`,
  'tremolo and gate pattern': `
const gate = 'x-xx--x-'
const { sin, PI } = Math
const on = (n) => gate[n % gate.length] === 'x'
let level = 0
export default (t) => {
  const target = on((currentFrame / 150) | 0) ? 1 : 0
  level += (target - level) * 0.05
  return sin(2 * PI * 440 * t) * level * (0.7 + 0.3 * sin(2 * PI * 60 * t))
}
`,
  'follower and ducking': `
let follow = 0
const duck = (x, by) => {
  const size = Math.abs(by)
  follow += (size - follow) * (size > follow ? 0.1 : 0.002)
  return x * (1 - Math.min(1, follow))
}
export default (t) => {
  const n = currentFrame % 500
  const kick = n < 120 ? Math.sin(n * 0.05) * (1 - n / 120) : 0
  const pad = ((t * 440) % 1) - 0.5 + ((t * 443) % 1) - 0.5
  return [kick + duck(pad, kick) * 0.4, kick - duck(pad, kick) * 0.4]
}
`,
});
