/** Boxes that hold objects go on through an edit, wherever those lie afterwards, and never as what they are not. */
import { describe, expect, it } from 'vitest';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

const S = 512;
const FRAMES = 1024;
const FADE_FRAMES = 32;

/** `first`: what stands in front, so that all lies elsewhere after the edit. `gain` is what the edit is about. */
const held = (first: string, gain: string): string => `${first}
const lists = [[1, 2], [3, 4], [5, 6]]
const record = { v: 7 }
let now = 1
const slots = [0, 0, null, 'none']
export default (t) => {
  const n = currentFrame
  if (n === 100) now = lists[1]
  if (n === 101) slots[0] = lists[2]
  if (n === 102) slots[1] = record
  if (n === 103) slots[2] = 0.25
  if (n === 104) slots[3] = null
  if (n === 700) now = lists[0]
  if (n === 800) now = 3
  let sum = typeof now === 'number' ? now : now[0] + now[1] * 10
  for (const s of slots) {
    if (typeof s === 'number') sum += s
    else if (Array.isArray(s)) sum += s[0] * 100 + s[1]
    else if (s === null) sum += 0.125
    else if (typeof s === 'object') sum += s.v * 1000
  }
  return sum * (${gain})
}`;

async function swapped(before: string, after: string) {
  const options = { frames: FRAMES, fadeFrames: FADE_FRAMES, blockFrames: 32 };
  const render = await renderCompiled({ text: before, ...options, swaps: [{ frame: S, text: after }] });
  const [swap] = render.swaps;
  if (swap?.kind !== 'committed') throw new Error(swap?.kind);
  return { render, report: swap.report };
}

describe('a box that is state', () => {
  it.each([
    ['where nothing moves', ''],
    ['where all lies elsewhere', 'const other = [9, 9, 9, 9, [8], { w: 1 }]\nconst first = other.length'],
  ])('holds what it held, %s', async (_, first) => {
    const after = held(first, '2');
    const { render, report } = await swapped(held('', '1'), after);
    const self = held('', `currentFrame < ${S} ? 1 : 2`);
    const expected = renderOracle(self, { frames: FRAMES });
    const skipFrames: readonly [number, number] = [S, S + FADE_FRAMES];
    for (const channel of ['left', 'right'] as const) {
      for (let n = 0; n < FRAMES; n++) {
        if (n >= skipFrames[0] && n < skipFrames[1]) continue;
        expect(render[channel][n], `${channel} ${n}`).toBe(expected[channel][n]);
      }
    }
    expect(report.stateKept).toContain('now');
    expect(report.stateReset.map(({ path }) => path)).not.toContain('slots');
  });

  it('is reset where it may hold a kind that the new text has no branch for', async () => {
    const before = `const list = [5]\nlet now = 1\nexport default () => { if (currentFrame === 9) now = list; return Array.isArray(now) ? now[0] : now }`;
    const after = `const list = [5]\nlet now = 1\nexport default () => { if (currentFrame === 9) now = list[0]; return now * 2 }`;
    const { render, report } = await swapped(before, after);
    expect(report.stateReset).toContainEqual({ path: 'now', reason: 'kind' });
    expect(render.left[FRAMES - 1]).toBe(2);
  });

  it('plays like JavaScript where it changes its kind in every frame', async () => {
    const text = `const kinds = [1, [2], { v: 3 }, (x) => x + 4, 'five', null, undefined, true, new Int8Array([9])]
let x = 0
export default () => {
  x = kinds[currentFrame % kinds.length]
  if (typeof x === 'function') return x(1)
  if (Array.isArray(x)) return x[0]
  if (typeof x === 'number') return x
  if (typeof x === 'string') return x.length
  if (typeof x === 'boolean') return x ? 10 : 11
  if (x === null) return 20
  if (x === undefined) return 21
  return 30
}`;
    const { render } = await swapped(text, text.replace('return 30', 'return 31'));
    expectSameRender(
      text,
      { left: render.left.slice(0, S), right: render.right.slice(0, S) },
      renderOracle(text, { frames: S }),
      {
        tolerance: 0,
      },
    );
  });
});

it.each([
  ['objects', '{ p: 0 }', "m.get('a').p += 1; m.get('b').p += 10; return m.get('a').p + m.get('b').p * 1000"],
  ['numbers', '0', "m.set('a', m.get('a') + 1); m.set('b', m.get('b') + 10); return m.get('a') + m.get('b') * 1000"],
])('keeps what is under each key of a map of %s when another is put between them', async (_, value, frame) => {
  const patch = (keys: readonly string[]) =>
    `const m = new Map([${keys.map((key) => `['${key}', ${value}]`).join()}])\nexport default () => { ${frame} }`;
  const swaps = [{ frame: 32, text: patch(['a', 'c', 'b']) }];
  const { left } = await renderCompiled({ text: patch(['a', 'b']), frames: 64, fadeFrames: 8, blockFrames: 32, swaps });
  expect([left[31], left[60]]).toEqual([320_032, 610_061]);
});

it.each([
  ['as they were', ['a', 'b', 'c'], [2011, 2011]],
  ['with another key between', ['a', 'd', 'b', 'c'], [2011, 3011]],
  ['the other way round', ['c', 'b', 'a'], [2011, 2011]],
  ['without the one that was taken out', ['b', 'c'], [2011, 2011]],
] as const)('keeps which keys of a set and a map were taken out: %s', async (_, keys, expected) => {
  const patch = (made: string, add: string, names: readonly string[]) =>
    `let n = 0\nconst s = ${made}(${JSON.stringify(names)}${made === 'new Map' ? '.map((k) => [k, 7])' : ''})
export default () => {
  if (++n === 10) s.delete('a')
  if (n === 12) { s.delete('b'); s.${add} }
  return s.size * 1000 + (s.has('a') ? 100 : 0) + (s.has('b') ? 10 : 0) + (s.has('c') ? 1 : 0)
}`;
  for (const [made, add] of [
    ['new Set', "add('b')"],
    ['new Map', "set('b', 8)"],
  ] as const) {
    const swaps = [{ frame: 32, text: patch(made, add, keys) }];
    const options = { frames: 64, fadeFrames: 8, blockFrames: 32, swaps };
    const { left } = await renderCompiled({ text: patch(made, add, ['a', 'b', 'c']), ...options });
    expect([left[31], left[60]], made).toEqual(expected);
  }
});

it.each([
  ['texts', "'a'", "'z'"],
  ['numbers', '1', '2'],
])('does not take over that a key was taken out, for another key, of %s', async (_, before, after) => {
  const patch = (name: string, key: string) =>
    `let n = 0\nconst ${name} = new Set([${key}])\nexport default () => { if (++n === 10) ${name}.delete(${key}); return ${name}.has(${key}) ? 1 : 0 }`;
  for (const name of ['s', 'other']) {
    const swaps = [{ frame: 32, text: patch(name, after) }];
    const { left } = await renderCompiled({
      text: patch('s', before),
      frames: 64,
      fadeFrames: 8,
      blockFrames: 32,
      swaps,
    });
    expect([left[5], left[31], left[60]], name).toEqual([1, 0, 1]);
  }
});
