/** What a swap says it has kept, lost and found, in the words of the text. */

import { describe, expect, it } from 'vitest';
import { renderCompiled } from './compiled.ts';

const COUNTER = `function counter(step) {
  let n = 0
  return () => (n = (n + step) % 17)
}`;
const sum = (list: string) =>
  `export default () => { let s = 0; for (const v of ${list}) s = s * 0.5 + v(); return s }`;

const cases = [
  {
    name: 'an initial value that was edited, and a variable that is new',
    before: 'let a = 1\nexport default () => (a += 1)',
    after: 'let a = 2\nlet b = 3\nexport default () => (a += 1) + (b += 1)',
    says: { stateKept: [], stateReset: [{ path: 'a', reason: 'edited' }], stateNew: ['b'] },
  },
  {
    name: 'an array of another kind',
    before: 'const line = new Float32Array(4)\nexport default () => (line[0] += 1)',
    after: 'const line = new Float64Array(4)\nexport default () => (line[0] += 1)',
    says: { stateKept: [], stateReset: [{ path: 'line', reason: 'kind' }], stateNew: [] },
  },
  {
    name: 'a fraction that an index takes the place of',
    before: 'let k = 0\nexport default () => (k = (k + 0.37) % 8)',
    after: `let k = 0\nconst c = [0, 0, 0, 0, 0, 0, 0, 0]
export default () => { k = (k + 1) % 8; c[k] = k; return c[0] }`,
    says: { stateKept: [], stateReset: [{ path: 'k', reason: 'kind' }], stateNew: ['c'] },
  },
  {
    name: 'a voice that is gone',
    before: `${COUNTER}\nconst voices = [1, 3].map((s) => counter(s))\n${sum('voices')}`,
    after: `${COUNTER}\nconst voices = [1].map((s) => counter(s))\n${sum('voices')}`,
    says: { stateKept: ['voices[0].n'], stateReset: [{ path: 'voices[1].n', reason: 'gone' }], stateNew: [] },
  },
  {
    name: 'a voice in front is new, and resets none',
    before: `${COUNTER}\nconst voices = [1, 3].map((s) => counter(s))\n${sum('voices')}`,
    after: `${COUNTER}\nconst voices = [2, 1, 3].map((s) => counter(s))\n${sum('voices')}`,
    says: { stateKept: ['voices[1].n', 'voices[2].n'], stateReset: [], stateNew: ['voices[0].n'] },
  },
  {
    name: 'entries of maps and sets, and members by keys of their own, as the text would read them',
    before: `const levels = new Map([['bd', 1], ['sn', 2]])
const on = new Set([1, 'two'])
const voices = new Map([[60, { phase: 0 }], [64, { phase: 0 }]])
const table = {}
for (const key of ['x', 'two words', '7']) table[key] = 0
const keys = ['x', 'two words', '7']
export default () => {
  levels.set('bd', levels.get('bd') + 1)
  on.delete(1)
  voices.get(60).phase += 0.1
  table[keys[currentFrame % 3]] += 1
  return levels.get('bd') + voices.get(60).phase + table.x
}`,
    after: `const levels = new Map([['bd', 5], ['sn', 2]])
const on = new Set([1, 'two'])
const voices = new Map([[60, { phase: 0 }], [67, { phase: 0 }]])
const table = {}
for (const key of ['x', 'two words', '7', 'y']) table[key] = 0
const keys = ['x', 'two words', '7']
export default () => {
  levels.set('bd', levels.get('bd') + 1)
  on.delete(1)
  voices.get(60).phase += 0.1
  table[keys[currentFrame % 3]] += 1
  return levels.get('bd') + voices.get(60).phase + table.x
}`,
    says: {
      stateKept: [
        "levels.get('sn')",
        'on.has(1)',
        "on.has('two')",
        'table.x',
        "table['two words']",
        'table[7]',
        'voices.get(60).phase',
      ],
      stateReset: [
        { path: "levels.get('bd')", reason: 'edited' },
        { path: 'voices.get(64).phase', reason: 'gone' },
      ],
      stateNew: ['table.y', 'voices.get(67).phase'],
    },
  },
  {
    name: 'two of three that are alike',
    before: `${COUNTER}\nconst a = counter(1)\nconst b = counter(1)\nconst c = counter(1)
export default () => a() + b() * 2 + c() * 4`,
    after: `${COUNTER}\nconst all = [counter(1), counter(1)]\nexport default () => all[0]() + all[1]() * 2`,
    says: {
      stateKept: [],
      stateReset: [
        { path: 'all[0].n', reason: 'ambiguous' },
        { path: 'all[1].n', reason: 'ambiguous' },
        { path: 'a.n', reason: 'gone' },
        { path: 'b.n', reason: 'gone' },
        { path: 'c.n', reason: 'gone' },
      ],
      stateNew: [],
    },
  },
];

describe.each(cases)('$name', ({ before, after, says }) => {
  it('is told', async () => {
    const options = { frames: 256, fadeFrames: 32, blockFrames: 32 };
    const render = await renderCompiled({ text: before, ...options, swaps: [{ frame: 64, text: after }] });
    const [swap] = render.swaps;
    if (swap?.kind !== 'committed') throw new Error(swap?.kind);
    const { stateKept, stateReset, stateNew } = swap.report;
    expect({ stateKept, stateReset, stateNew }).toEqual(says);
  });
});

it('lists no unit as changed whose neighbour is added', async () => {
  const voices = (more: string, call: string) => `${COUNTER}\nconst a = counter(1)\nconst b = counter(2)\n${more}
export default () => a() + b()${call}`;
  const swaps = [{ frame: 64, text: voices('const c = counter(3)', ' + c()') }];
  const render = await renderCompiled({ text: voices('', ''), frames: 256, fadeFrames: 32, blockFrames: 32, swaps });
  const [swap] = render.swaps;
  if (swap?.kind !== 'committed') throw new Error(swap?.kind);
  expect(swap.report.changed).toEqual(['c', 'default']);
  expect(swap.report.kept).toEqual(['counter', 'a', 'b']);
});
