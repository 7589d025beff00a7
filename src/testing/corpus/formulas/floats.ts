/** Floatbeat: the value is the sample. Elementary functions everywhere, `t` in counts or in seconds. */
import { complete, floatbeats } from '../patch.ts';

/** `t` in seconds, at 48 kHz; each step a fraction of a frame's time or a multiple of it. */
const seconds = ['1 / 48000', '1 / 8000', '1 / 441', '0.01'];

export const tones = floatbeats(
  'tones',
  `
    Math.sin(t * 440 * 2 * Math.PI)
    Math.sin(2 * Math.PI * 220 * t) * Math.exp(-t % .25 * 12)
    Math.sin(t * 1382.3 + 3 * Math.sin(t * 691.15)) * .5
    (t * 110 % 1) * 2 - 1
    (t * 110 % 1 > .5 ? 1 : -1) * .3
    Math.abs(t * 220 % 2 - 1) * 2 - 1
    ((t * 110) % 1 - .5) * Math.exp(-(t % .5) * 8)
    Math.tanh(Math.sin(t * 600) * (2 + Math.sin(t * 3)))
    [1, 1.25, 1.5].map(r => Math.sin(t * 440 * r)).reduce((a, b) => a + b) / 3
    [0, 4, 7, 11].reduce((s, n) => s + Math.sin(t * 800 * 2 ** (n / 12)), 0) / 4
    Math.sin(t * 440 * 2 ** ([0, 3, 7, 10][t * 4 & 3] / 12) * 6.28)
    Math.sin(300 * t * [1, 9 / 8, 5 / 4, 3 / 2][Math.floor(t * 6) % 4]) * (1 - t * 6 % 1)
    Math.sin(1e3 * Math.exp(-(t % .5) * 20)) * Math.exp(-(t % .5) * 6)
    (Math.sin(t * 12.9898) * 43758.5453 % 1) * .3
    Math.sin(t * 800) * (t % 1 < .5) + Math.sin(t * 900) * (t % 1 >= .5)
    (t % .25 < .05 ? Math.sin(t * 5000) : 0) + (t % .5 < .1) * Math.cos(t * 250) * .5
    Math.atan(Math.tan(t * 300)) / 1.6
    Math.asin(Math.sin(t * 400)) / 1.6 * Math.max(0, 1 - t % .5 * 3)
    ((a, b) => Math.sin(a * t) * Math.cos(b * t))(440, 2)
    (f => f(200) + f(201.5) + f(99.2))(w => (t * w % 1 - .5) / 3)
    Math.sqrt(Math.abs(Math.sin(t * 300))) * Math.sign(Math.sin(t * 300))
    Math.round(Math.sin(t * 500) * 4) / 4
    Math.cbrt(Math.sin(t * 700)) * .6
    Math.min(.4, Math.max(-.4, Math.sin(t * 330)))
    Math.pow(Math.sin(t * 333), 3) + Math.sinh(Math.cos(t * 40)) / 4
    (n => Math.sin(n * t) / n)(330) * 300 + Math.log1p(t % 1) * .1
    Math.sin(t * 2 ** (parseInt('5793a'[t * 3 % 5 | 0], 16) / 12) * 700) * .5
    Math.sin(t * 300 * (1 + ('x.xx'[t * 8 & 3] == 'x') / 2)) * .6
    t * 333 % 1 * .5 - t * 334.5 % 1 * .5
    Math.cos(t * 440) * !(t * 4 & 1) + Math.sin(t * 330) * (t * 3 & 1) / 2
  `,
  { clocks: ['local', 'parameter', 'counter', 'called', 'defaulted', 'later'], steps: seconds },
);

export const countedFloats = floatbeats(
  'floats from whole numbers',
  `
    (t & 255) / 128 - 1
    ((t * 3 & t >> 8) % 256) / 127.5 - 1
    Math.sin(t / 8) * (1 - t % 4000 / 4000)
    ((t >> 4 ^ t) & 63) / 64 + Math.sin(t / 40) * .3
    (t % 100) / 50 - 1
    ((t * [2, 3, 4][(t >> 10) % 3] & 127) / 64 - 1) * .5 + Math.sin(t / 30) * .2
    ("4568"[t >> 9 & 3] * t & 255) / 128 - 1
    t / 1e5 % .3
    (t ^ t >> 7) % 64 / 64
    Math.sin(t >> 3) * .5
    t & 512 ? Math.sin(t / 9) : Math.cos(t / 7) / 2
    (t > 100) && Math.sin(t / 20) || .1
    !(t & 64) - .5
    (t & 64) > 0
    [1, -1][t >> 6 & 1] * .7
  `,
);

export const remembering = floatbeats(
  'floats that remember',
  `
    lp += (Math.sin(t / 9) - lp) * .1
    (ph += 220 / 48000, ph % 1 - .5)
    (ph += 110 / sampleRate * (1 + .1 * Math.sin(t / 999)), Math.sin(ph * 2 * Math.PI))
    hp = Math.sin(t / 20) - lp + .99 * hp, lp = Math.sin(t / 20), hp
    line[t % 700] = line[t % 700] * .7 + (t % 2000 < 30 ? .5 : 0)
    lp += .2 * ((t & 64 ? 1 : -1) - lp - hp), hp += .2 * lp, hp
    line[t & 511] = Math.sin(t / 15) * .5 + line[t + 99 & 511] * .4
    (line[t % 600] = (line[t % 600] + line[(t + 1) % 600]) / 2 * .99 || Math.sin(t * t)) / 2
    osc(220) * .3 + osc(221) * .3
    v.forEach(x => { x.p = (x.p + x.f / 48000) % 1 }), v.reduce((s, x) => s + x.p, 0) / v.length
    [lp, hp] = [lp * .9 + Math.sin(t / 5) * .1, lp], lp - hp
    env(t % 900) * (t * 3 % 200 / 100 - 1)
  `,
  {
    clocks: ['local', 'counter', 'parameter', 'called', 'later'],
    steps: ['1', '2'],
    before: `
let lp = 0, hp = 0, ph = 0
const line = new Float32Array(1000)
const osc = ((p) => (f) => (p = (p + f / 48000) % 1) * 2 - 1)(0)
const v = [100, 201, 303].map(f => ({ f, p: 0 }))
const env = n => n < 50 ? n / 50 : Math.exp((50 - n) / 200)
`,
  },
);

export const stereo = complete('two channels', {
  'a pair from an expression': `
export default (t) => [Math.sin(t * 440), Math.cos(t * 441)]
`,
  'a pair by map': `
export default (t) => [440, 660].map((f) => Math.sin(t * f * 6.283185307179586) * 0.5)
`,
  'a pair chosen': `
const pan = (x, p) => [x * (1 - p), x * p]
export default (t) => currentFrame & 256 ? pan(Math.sin(t * 900), 0.3) : [0.1, -0.1]
`,
  'a pair from a function of t in counts': `
const beat = (t) => [(t * 3 & 255) / 128 - 1, (t * 5 & 255) / 128 - 1]
export default () => beat(currentFrame / 6)
`,
  'a pair that was taken apart': `
const lr = (t) => ({ left: Math.sin(t), right: Math.sin(t * 1.01) })
export default (t) => {
  const { left, right } = lr(t * 2000)
  return [left, right]
}
`,
});
