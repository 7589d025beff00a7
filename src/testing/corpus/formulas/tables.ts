/** Bytebeat: arrays as tables, arrays of arrays, records, and what is read past their ends. */
import { bytebeats, complete } from '../patch.ts';

export const tables = bytebeats(
  'arrays as tables',
  `
    t * [1, 2, 4, 3][t >> 9 & 3]
    [1,1.5,2,1.25,3][(t>>10)%5]*t&127
    t*[1,2,3,4,5,6,7,8][t>>9&7]&t>>4
    [t, t * 2, t * 3][(t >> 8) % 3]
    [t & 64, t ^ t >> 3, 255 - t][(t >> 9) % 3] * 2
    t * 2 ** ([0, 3, 7, 10, 12][(t >> 9) % 5] / 12)
    t * [1, 9/8, 5/4, 4/3, 3/2][(t >> 10) % 5] | t >> 6
    [1,2,3,4][t/512&3]*t
    [1,2,3,4][Math.floor(t / 700) % 4] * t
    [1,2,3,4][~~(t / 333) % 4] * t
    [1,2,3,4][(t / 333 | 0) % 4] * t
    [6,6,8,9][t>>11&3]*[1,2,1,3][t>>9&3]*t>>2
    (t*[3,4,5,4][t>>10&3]&128)+(t*[6,5,8,9][t>>12&3]&64)
    [t>>3,t>>2,t>>1,t][[0,2,1,3][t>>9&3]]
    [0,,2,,5][(t>>8)%5]*t
    [2,3,][t>>10&1]*t
    t*([8,9,11,12,14][(t>>9)%5]/8)&255^t>>5
    t/[1,2,3,5][t>>10&3]&[127,63,31,255][t>>8&3]
    (t>>[2,3,4,5][t>>10&3])*[1,3,5][(t>>9)%3]
    [-1,1,-2,2][t>>8&3]*t>>1
    [1e1,0x10,0b11,.5][t>>9&3]*t
    [3 + 1, 2 * 4, 6 / 4, -2][t >> 9 & 3] * t
    t*[1,2,4][t>>12&3]|t>>3
  `,
);

export const tableEnds = bytebeats(
  'past the ends of tables',
  `
    [1, 2, 3][t >> 8 & 7] * t
    ([1, 2, 3][t >> 8 & 7] || 5) * t
    ([1, 2, 3][t >> 8 & 7] ?? 1.5) * t
    [1, 2, 3][t / 32 % 3] * t
    // The index -0 is 0, -1 is nothing.
    [5, 2, 3][-(t >> 8 & 1)] * t
    [5, 7, 9][t >> 8 & 7] === undefined ? t : t * 2
    [5, 7, 9][(t >> 8 & 7) - 2] | t & 31
    [1, null, 2, undefined][t >> 9 & 3] * t
    ([4, null, 2, undefined][t >> 9 & 3] ?? 3) * t
    [true, false, true, true][t >> 9 & 3] * t
    [1, true, 0.5, false][t >> 9 & 3] * t
    [1, 2, 3][[2, 1, 0][t >> 9 & 3]] * t
    [[1, 2], [3, 5]][t >> 11 & 3]?.[t >> 9 & 3] * t
    !([1, 0, 1][t >> 8 & 3]) * t
    [7, 5][t & 512 ? NaN : 0] * t
    +[1, 2, 3][t >> 8 & 3] ? t : t >> 2
    // What is true is no index.
    [5, 6][t % 100 > 50] ?? t
    [5, 6][+(t % 100 > 50)] * t
  `,
);

export const nestedTables = bytebeats(
  'arrays of arrays, and records',
  `
    [[1, 2, 3], [2, 3, 5], [3, 5, 8]][(t >> 12) % 3][(t >> 10) % 3] * t
    [[0, 3, 7], [2, 5], [0, 4, 7, 11]][(t >> 11) % 3].length * t
    [[1,2],[3,4]][t>>11&1][t>>10&1]*t
    [[[1,2],[3,4]],[[5,6],[7,8]]][t>>12&1][t>>11&1][t>>10&1]*t
    [[t, t >> 1], [t * 3, t >> 3]][t >> 10 & 1][t >> 9 & 1]
    [3, 5, 8].length * t
    [4, 5, 6]['length'] * t
    [8, 10, 12, 15].at(-1 - (t >> 9 & 3)) * t >> 3
    [5, 6, 7, 8].indexOf(5 + (t >> 8 & 3)) * t
    [3, 5, 8].includes(t >> 8 & 15) * t
    ({ a: 2, b: 3 }).a * t
    ({ a: 2, 'b': 3, ['c']: 5 })['c'] * t
    [{ f: 2, g: 3 }, { f: 4, g: 5 }][t >> 10 & 1].f * t
    [{ n: [1, 2, 3] }, { n: [4, 5, 6] }][t >> 11 & 1].n[(t >> 9) % 3] * t
    ({ bass: { notes: [2, 3, 4, 6] } }).bass.notes[t >> 10 & 3] * t
    [...[1, 2], ...[3, 4]][t >> 9 & 3] * t
    [1, ...[2, 3], 5][t >> 9 & 3] * t
    Math.max(...[t & 255, t * 2 & 255, t * 3 & 255])
    [[2, 1], [3, 2], [5, 4]].map(([a, b]) => t * a / b & 63)[0] + t
    [[t, 2], [t >> 1, 3]].map(([a, b]) => a * b & 127).reduce((a, b) => a + b)
    [{ f: 3, d: 1 }, { f: 4, d: 2 }].map(({ f, d }) => t * f / d & 127).reduce((a, b) => a + b)
    [[3, x => x & 63], [5, x => x >> 2 & 31]].map(([n, f]) => f(t * n)).reduce((a, b) => a + b)
    [[1, [2, 3]], [4, [5, 6]]][t >> 10 & 1][1][t >> 9 & 1] * t
    ({ 0: 3, 1: 5 })[1] * t
    [t, t >> 1]['1']
    ((o, k) => o.b[k] * t)({ b: [2, 3, 5] }, t >> 9 & 1)
    [3, 5].map((n, i) => [n, 'ab'[i]]).map(([n, c]) => (c === 'b' ? t : 0) + n)[t >> 9 & 1]
    ({ f: t * 3, g: t >> 4 }).f ^ ({ f: 1, g: t >> 5 }).g
  `,
);

export const namedTables = bytebeats(
  'tables declared before',
  `
    scale[t >> 9 & 7] * t >> 3
    t * song[t >> 12 & 3][t >> 10 & 3] >> 2
    t * scale[song[t >> 12 & 3][t >> 10 & 3]] >> 3
    drums[t >> 11 & 1][t >> 8 & 7] * (t & 127)
    (scale[(t >> 9) % scale.length] * t >> 3) + (song[t >> 12 & 3][0] * t >> 4)
    parts.lead[t >> 9 & 3] * t + (parts.bass[t >> 11 & 3] * t >> 1) >> 1
    voices[t >> 11 & 1].play(t)
    voices.map(v => v.play(t) & 63).reduce((a, b) => a + b)
    bytes[t >> 3 & 7] * (t >> 8 & 3)
    deep[0][1].notes[t >> 10 & 1] * t
  `,
  {
    before: `
const scale = [8, 9, 10, 12, 13, 15, 16, 18]
const song = [[0, 2, 4, 7], [1, 3, 5, 7], [0, 2, 4, 6], [3, 5, 6, 1]]
const drums = [[1, 0, 0, 1, 0, 0, 1, 0], [1, 0, 1, 0, 1, 0, 1, 1]]
const parts = { lead: [4, 5, 6, 8], bass: [2, 2, 3, 3] }
const voices = [{ n: 3, play: (t) => t * 3 & 127 }, { n: 5, play: (t) => t * 5 >> 1 & 127 }]
const bytes = new Uint8Array([1, 30, 60, 90, 255, 256, 300, -1])
const deep = [[{ notes: [1, 2] }, { notes: [3, 4] }]]
`,
  },
);

export const madeTables = complete('tables computed before', {
  'a typed array from a length': `
const ramp = Float32Array.from({ length: 64 }, (_, i) => i * 1.7)
export default () => ((ramp[currentFrame & 63] * (currentFrame >> 6 & 3)) & 255) / 127.5 - 1
`,
  'a typed array from a list': `
const squares = Int16Array.from([1, 2, 3, 4, 5, 6, 7, 8], (x) => x * x)
export default () => ((squares[currentFrame & 7] + (currentFrame >> 4)) & 255) / 127.5 - 1
`,
  'a sorted typed array': `
const sorted = new Float64Array([4, 1, 3, 2]).sort()
export default () => ((sorted[currentFrame >> 7 & 3] * currentFrame) & 255) / 127.5 - 1
`,
  'a typed array mapped': `
const wave = new Float32Array(64).map((_, i) => Math.abs(i - 32) * 2)
export default () => ((wave[currentFrame & 63] + wave[currentFrame >> 3 & 63]) & 255) / 127.5 - 1
`,
  'a grid by spread': `
const grid = [...Array(4)].map(() => [0, 0, 0, 0])
export default () => {
  const t = currentFrame
  grid[t & 3][t >> 2 & 3] ^= t
  return ((grid[t >> 3 & 3][1]) & 255) / 127.5 - 1
}
`,
  'an array by keys': `
const notes = [...Array(8).keys()].map((n) => n * 3 % 8 + 1)
export default () => ((notes[currentFrame >> 6 & 7] * currentFrame) & 255) / 127.5 - 1
`,
});
