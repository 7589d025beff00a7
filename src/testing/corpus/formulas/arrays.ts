/** Bytebeat: methods of arrays, spread and rest, inside one expression. */
import { bytebeats } from '../patch.ts';

export const methods = bytebeats(
  'methods of arrays',
  `
    [1, 2, 3].map(x => t * x & 63).reduce((a, b) => a + b)
    [1, 1.25, 1.5].reduce((s, r) => s + (t * r & 63), 0)
    [3, 5, 9].map((x, i) => t * x >> i & 63).reduce((a, b) => a ^ b)
    [4, 2, 7, 1].sort((a, b) => a - b)[t >> 9 & 3] * t
    [4, 2, 7, 1].reverse()[t >> 9 & 3] * t
    [1, 2, 3, 4, 5, 6].filter(x => x & t >> 8).length * 37 + (t & 15)
    [1, 2, 3].some(x => (t >> 6 & 7) == x) ? t : t * 2
    [1, 2, 3].every(x => t >> 8 & x) ? t : t * 2
    [3, 5, 7].find(x => x > (t >> 8 & 7)) * t
    [3, 5, 7].findIndex(x => x > (t >> 8 & 7)) * t
    [1, 2, 3, 4].slice(1)[(t >> 9) % 3] * t
    [1, 2, 3, 4].slice(t >> 9 & 1, -1).length * t
    [1, 2].concat([3, 5])[t >> 9 & 3] * t
    [[1, 2], [3, 5]].flat()[t >> 9 & 3] * t
    [1, 2].flatMap(x => [x, x * 3])[t >> 9 & 3] * t
    [5, 3, 1].reduceRight((a, b) => a * 2 ^ b * t)
    [1, 2, 3].map(x => [x, x * 2]).map(([a, b]) => t * a & b * 31).reduce((a, b) => a + b)
    [t, t * 2, t * 3].map(x => x & 63).sort((a, b) => b - a)[0]
    [1, 2, 3, 4].fill(9, 2)[t >> 9 & 3] * t
    [1, 2, 3, 4].map(n => n % 2 ? t * n : 0).filter(n => n & 64).length * 90
    [t & 63, t >> 4 & 63].map(Math.sqrt).reduce((a, b) => a * b)
    [t / 3, t / 5].map(Math.floor).reduce((a, b) => a ^ b)
    [1, 2, 3].map((x, i, all) => x * all[2 - i] * t & 63)[(t >> 9) % 3]
    [1, 2, 3].reduce((s, x, i) => s + x * i * t, 0)
    [0, 1, 2, 3].map(i => (t >> i) % 3).indexOf(0) * 60
    [t & 1, t & 2, t & 4].map(Boolean).filter(Boolean).length * 80
    [[3, 1], [2, 2]].map(([n, d]) => t * n >> d).reduce((a, b) => a | b)
    [3, 4, 5].map(n => t * n & 127).map(x => x > 64 ? 127 - x : x).reduce((a, b) => a + b) / 2
    [1, 0, 0, 1, 0, 1, 0, 0].map((on, i) => on && (t >> 8 & 7) === i)[t >> 8 & 7] * (t & 127)
    [2, 3].reduce((f, n) => f * n, t) ^ [t, 9].reduce((a, b) => a >> b % 3)
    [1, 2, 3].includes(t >> 8 & 3) && ![2].includes(t >> 8 & 3) ? t * 3 : t
    [0, 4, 7].map(n => t * 2 ** (n / 12) & 63).reduce((a, b) => a + b)
  `,
);

export const makers = bytebeats(
  'arrays made by counting',
  `
    Array(4).fill(0).map((_, i) => t * (i + 1) & 31).reduce((a, b) => a + b)
    Array(5).fill(t).map((x, i) => x >> i & 31).reduce((a, b) => a + b, 0)
    Array(8).fill().map((_, i) => (t >> i & 1) << 7 - i).reduce((a, b) => a | b)
    new Array(3).fill(2).map((x, i) => x ** i * t & 63).reduce((a, b) => a + b)
    Array.from({ length: 4 }, (_, i) => t * (i + 2) & 63).reduce((a, b) => a + b)
    Array.from(Array(3), (_, i) => t >> i & 63).reduce((a, b) => a + b)
    Array.from(Array(4).keys()).map(i => t * i & 31).reduce((a, b) => a + b)
    Array.from([1, 2, 3], x => t * x & 63).reduce((a, b) => a + b)
    Array.of(3, 4, 5)[(t >> 9) % 3] * t
    [...Array(4)].map((_, i) => t >> i & 31).reduce((a, b) => a + b)
    [...Array(4).keys()].map(i => t * i & 31).reduce((a, b) => a + b)
    [...[1, 2, 3], 4].length * t
    [...new Uint8Array([3, 255, 256])].map(x => x & t).reduce((a, b) => a + b)
    Uint8Array.from([t, t * 3, t * 5])[(t >> 8) % 3]
    new Uint8Array([t * 7, -t, t / 3])[(t >> 8) % 3]
    new Int8Array([t])[0] + 128
    new Float32Array([t / 3])[0] * 3
    new Uint8ClampedArray([t / 9, -5, 300])[(t >> 9) % 3]
    new Int16Array([t << 6])[0] >> 8
    Math.max(...[1, 2, 3].map(x => t * x & 255))
    Math.min(...[1, 2, 3].map(x => t * x & 255), 200)
    Math.max(...'135', t & 7) * t
    Math.hypot(...[t & 63, t >> 3 & 63])
    (a => [...a, ...a].map((x, i) => x * t >> i & 31).reduce((x, y) => x + y))([1, 3, 5])
    (a => [...a, 4][t >> 9 & 3] * t)([1, 2, 3])
    (([first, ...rest]) => rest.map(x => x * t & first).reduce((x, y) => x ^ y))([127, 3, 5])
    [1, 2, 3].forEach(x => total += x * t & 15), total &= 255
    Array(3).fill(0).forEach((_, i) => total ^= t >> i), total & 255
  `,
  { before: 'let total = 0' },
);

export const buffers = bytebeats(
  'arrays that remember',
  `
    echo[t & 1023] = (t * 3 & 127) + echo[t - 700 & 1023] * .5
    echo[t % 999] = echo[t % 999] / 2 + (t * [2, 3, 4, 5][t >> 9 & 3] & 127)
    echo[i = ++i % 600] = echo[i] * .6 + (t * 5 & 63)
    (i = (i + 1) & 255, bytes[i] = bytes[i - 9 & 255] + (t >> 3 & 7) * 5)
    bytes[t & 255] += t >> 4
    shorts[t & 63] += t * 300, shorts[t & 63] >> 8
    ints[0] = ints[0] * 1103515245 + 12345, ints[0] >>> 24
    words[0] = words[0] * 1664525 + 1013904223, words[0] >>> 24
    plain[i++ & 15] = t & 255, plain[i & 15]
    plain.reduce((s, x, k) => s + (plain[k] = x + k & 127), 0) / 8
    (echo[i % 500] = t * 4 & 127, i++, echo[i % 500] + echo[(i + 250) % 500])
    bytes[t >> 2 & 255] = bytes[(t >> 2) + 1 & 255] ^ t
    (plain[0] || plain.fill(5), plain[t & 15] += t & 3)
    bytes.map((x) => x + 1)[3] + (bytes[3] = t)
    (echo.set([t & 255, t >> 3 & 255]), echo[t & 1])
    (bytes.copyWithin(1, 0), bytes[0] = t * 3, bytes[200])
    bytes.subarray(4, 8)[t & 3] + (bytes[4 + (t & 3)] = t >> 1)
    (line.buf[line.at] = t * 3 & 127, line.at = (line.at + 1) % line.buf.length, line.buf[line.at])
    delay(t * 5 & 127) + comb(t * 3 & 63)
  `,
  {
    clocks: ['local', 'counter', 'parameter', 'called', 'later'],
    before: `
const echo = new Float32Array(1024)
const bytes = new Uint8Array(256)
const shorts = new Int16Array(64)
const ints = new Int32Array(1)
const words = new Uint32Array(1)
const plain = Array(16).fill(0)
const line = { buf: new Float64Array(300), at: 0 }
let i = 0
const delay = ((buf, p) => x => (buf[p = (p + 1) % buf.length], buf[p] = x))(new Float32Array(400), 0)
const comb = (() => { const buf = Array(200).fill(0); let p = 0; return x => { const y = buf[p]; buf[p] = x + y * .5; p = ++p % 200; return y } })()
`,
  },
);

export const grids = bytebeats(
  'arrays of arrays that remember',
  `
    grid[t & 3][t >> 2 & 3] ^= t, grid[t >> 3 & 3][1] & 255
    rows[t & 1][t & 7] += t & 31, rows[t & 1][t >> 1 & 7]
    [rows[0], rows[1]] = [rows[1], rows[0]], rows[0][0] = t & 127, rows[1][0]
    (table[t & 3].n += t & 7) * 5
  `,
  {
    clocks: ['local', 'counter', 'parameter', 'called', 'later'],
    before: `
const grid = [0, 0, 0, 0].map(() => [0, 0, 0, 0])
const rows = [new Uint8Array(8), new Uint8Array(8)]
const table = Array.from(Array(4), (_, n) => ({ n }))
`,
  },
);
