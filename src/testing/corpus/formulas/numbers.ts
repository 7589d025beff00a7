/** Bytebeat: literals of every kind, operators with edges, `Math` and its aliases, optional chains. */
import { bytebeats } from '../patch.ts';

export const literals = bytebeats(
  'literals',
  `
    0b1011 * t ^ 0o17 * t >> 2
    0xFf & t * 1_1
    t * 1e1 & .5e3
    t * 5e-1
    .5 * t
    5. * t
    t * 1E2 / 3_3.3
    0XaB ^ t & 0B1111111 | 0O7
    t & 0xdeadbeef
    t*.75|t*1.25
    1e3 / (t & 255)
    t % 1e2 * 2.55
    t * -3 & - -t >> 2
    t - -t + + +t
    t+ +t- -t
  `,
);

export const operators = bytebeats(
  'operators with edges',
  `
    t ** 2 >> 7
    t ** 1.5
    (-t) ** 3 >> 12
    2 ** (t >> 9 & 7) & t
    2 ** 3 ** 2 - 1 & t * 3
    t ** .5 * 9
    t ** -1 * 1e5
    t >>> 2 ^ t >>> 5
    -t >>> 24 ^ t
    t % .7 * 300
    -t % 7.5 * 12 + 128
    t % 0 || t
    t % -Infinity
    t / 3 % 1 * 255
    (t / 50 % 2 - 1) * 100
    1 / (t & 256 ? 0 : -0) > 0 ? t : t * 2
    t ^ NaN | Infinity
    -(t & 7) * 0 === 0 ? t : 1
    t & 7 & -t & 3 << 5 ^ t
    t-- * --t & 63
    t++ ^ ++t >> 3
    (t += 5) * (t -= 3) >> 6
    (t *= 1.5, t & 255)
    (t >>= 1, t ^= t >> 3, t)
    (t, t + 1, t * 3)
    t >= 100 ? t <= 200 ? 9 : t : t >> 1
  `,
  // Formulas that change `t` need a `t` of their own that may be changed.
  { clocks: ['parameter', 'called', 'defaulted'] },
);

export const mathematics = bytebeats(
  'Math',
  `
    isNaN([1, 2][t >> 9 & 3]) ? t * 3 : t * 2
    Number.isInteger(t / 3) * 100 + (t & 31)
    Number(t % 200 > 100) * 90
    Number.isFinite(1 / (t & 3)) ? t : t * 3
    isFinite(1 / (t & 3)) ? t : t * 3
    Math.PI * t ^ Math.E * t
    Math.abs((t & 255) - 128) * 2
    Math.sign((t & 255) - 128) * 60 + 60
    Math.trunc(-t / 7) + Math.round(t / 5) + Math.ceil(t / 3)
    Math.round(t / 2) ^ Math.round(-t / 2)
    Math.clz32(t) * 30 ^ t
    Math.fround(t / 3) * 3
    Math.imul(t, t) >> 8
    Math.sqrt(t * 50)
    Math.cbrt(t) * 10
    Math.log2(t + 1) * 40
    Math.min(t & 255, 255 - (t & 255), 99)
    Math.max(-Infinity, t & 63) + Math.min(Infinity, t & 31) + (Math.max() < Math.min()) * 40
    Math.max(t & 63, 32, t >> 3 & 63) * 3
    Math.sin(t / 30) * 127 + 128
    Math.sin(t * Math.PI / 64) * 60 + Math.cos(t / 33) * 60
    128 + 90 * Math.sin(t / 20 + 3 * Math.sin(t / 60))
    Math.atan(Math.tan(t / 40)) * 40 + 99
    Math.exp(-(t & 1023) / 200) * (t * 3 & 127)
    Math.tanh(Math.sin(t / 25) * 4) * 100 + 128
    Math.pow(t & 63, 2) / 16
    Math.pow(2, [0, 4, 7][(t >> 9) % 3] / 12) * t
    Math.hypot(t & 127, t >> 4 & 127)
    Math.atan2(t & 63, t >> 3 & 63) * 100
    Math.floor(t / 7) ** 2 % 256
    Math["floor"](t / 3) ^ t
    (t => Math.sin(t) > 0)(t / 20) * 200
    Math.log(t % 100 + 1) * 30 ^ Math.log10(t + 1) * 9
    (Math.floor(t / 100) * 7919) % 256
    Math.asin(Math.sin(t / 30)) * 70 + 128 ^ Math.acos(Math.cos(t / 50)) * 9
  `,
);

export const aliases = bytebeats(
  'Math under other names',
  `
    sin(t / 30) * 127 + 128
    int(t / 3.3) ^ int(t / 7.7)
    (abs(t % 256 - 128) + max(t & 31, t >> 4 & 31)) * 1.5
    m.sin(t / 25) * 100 + m.cos(t / 30) * 20
    f(t / 40) * 100 + 128
    random(t >> 6) * 255
    floor(sin(t * PI / 128) * 20) * 5 + 128
    [sin, cos, tan][t >> 9 & 1](t / 30) * 90 + 128
    (sq(t / 5) ^ saw(t / 3)) & tri(t)
    pow(t & 15, 3) >> 4 ^ min(t & 255, 99, 200)
    wave(sin)(t / 30) + wave(cos)(t / 77)
    ops.reduce((x, g) => g(x), t / 9)
    (({ sqrt, ceil }) => ceil(sqrt(t)) * 9)(Math)
    (x => int(x * 16) / 16)(sin(t / 50)) * 99
  `,
  {
    before: `
const { sin, cos, tan, floor, floor: int, abs, max, min, pow, PI } = Math
const m = Math
const f = Math.tanh
const random = n => (sin(n * 127.1) * 43758.5453 % 1 + 1) % 1
const sq = x => int(x) & 32 ? 90 : 0, saw = x => x % 128, tri = x => abs((x & 255) - 128) * 2
const wave = g => x => g(x) * 60 + 64
const ops = [abs, Math.sqrt, floor, x => x * 31]
`,
  },
);

export const optional = bytebeats(
  'optional chains and nullish values',
  `
    (t & 512 ? [1, 2, 3] : null)?.[t >> 7 & 3] * t
    ({ a: t })?.a * 3
    [{ n: 3 }, null][t >> 9 & 1]?.n * t
    ([{ n: 3 }, undefined][t >> 9 & 1]?.n ?? 5) * t
    [x => x * 3, null][t >> 9 & 1]?.(t)
    [x => x * 3][t >> 9 & 1]?.(t) ?? t >> 1
    ({ f: x => x * 3 })?.f?.(t)
    ([[1, 2], [3]][t >> 9 & 1][t >> 8 & 1] ?? 7) * t
    ([4, 5, 6].find(x => x === (t >> 8 & 7)) ?? 1) * t
    [4, 5, 6].find(x => x === (t >> 8 & 7)) * t
    (a => a?.b?.c ?? t >> 2)(t & 512 ? { b: { c: t * 3 } } : { b: null })
    ((a, b) => a * (b?.k ?? 4))(t, t & 256 ? { k: 2 } : undefined)
    ([3, 4].at(t >> 9 & 3) ?? 5) * t
    (t & 512 ? null : { x: t })?.x
  `,
);
