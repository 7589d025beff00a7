/**
 * State is only kept where the new text may hold it. A value that is absent, a boolean, or an object of a type that the new
 * text does not expect there would trap at once, or be read as something else: it begins as the text says, and the report
 * says so. The right sound is a third text that makes the change by itself, run as JavaScript.
 */
import { describe, expect, it } from 'vitest';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

const S = 512;
const FADE_FRAMES = 32;
const FRAMES = 1024;

interface Case {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** What JavaScript plays of the new text from S on. */
  readonly self: string;
  readonly kept?: readonly string[];
  readonly reset: readonly string[];
}

const never = 'currentFrame < 0';

const cases: readonly Case[] = [
  {
    name: 'an object that may be absent, where the new text follows it',
    before: `const a = { y: 0.5 }\nlet now = a
      export default () => { if (currentFrame === 50) now = undefined; return now ? now.y : 0 }`,
    after: 'const a = { y: 0.5 }\nlet now = a\nexport default () => now.y',
    self: 'export default () => 0.5',
    reset: ['now'],
  },
  {
    name: 'an object that is absent, where the new text expects that',
    before: `const a = { y: 0.5 }\nlet now = a
      export default () => { if (currentFrame === 50) now = null; return now ? now.y : 0.125 }`,
    after: `const a = { y: 0.5 }\nlet now = a
      export default () => { if (${never}) now = null; return now ? now.y : 0.25 }`,
    self: 'export default () => 0.25',
    kept: ['now'],
    reset: [],
  },
  {
    name: 'what an object that may be absent holds is kept',
    before: `const a = { y: 0.5 }\nlet now = a
      export default () => { a.y += 0.001; if (currentFrame === 50) now = undefined; return now ? now.y : 0 }`,
    after: 'const a = { y: 0.5 }\nlet now = a\nexport default () => { a.y += 0.001; return now.y }',
    self: `const a = { y: 0.5 }\nexport default () => { a.y += 0.001; return a.y }`,
    kept: ['a.y'],
    reset: ['now'],
  },
  {
    name: 'a closure that may be absent, where the new text calls it',
    before: `const f = () => 0.5\nlet now = f
      export default () => { if (currentFrame === 50) now = null; return now ? now() : 0 }`,
    after: 'const f = () => 0.25\nlet now = f\nexport default () => now()',
    self: 'export default () => 0.25',
    reset: ['now'],
  },
  {
    name: 'a number that may be absent or a boolean, where the new text knows no absence',
    before: `let x = 0.5
      export default () => {
        if (currentFrame === 20) x = true
        if (currentFrame === 50) x = undefined
        return x === true ? 1 : (x ?? 0)
      }`,
    after: `let x = 0.5
      export default () => { if (${never}) x = true; return x === true ? 1 : x * 0.5 }`,
    self: 'export default () => 0.25',
    reset: ['x'],
  },
  {
    name: 'elements that may be absent',
    before: `const a = { y: 0.5 }\nconst list = [a, a]
      export default () => { if (currentFrame === 50) list[1] = null; return list[1] ? list[1].y : 0 }`,
    after: `const a = { y: 0.5 }\nconst list = [a, a]
      export default () => { if (${never}) list[0] = a; return list[1].y }`,
    self: 'export default () => 0.5',
    reset: ['list[0]', 'list[1]'],
  },
  {
    name: 'numbers that may be absent in an array',
    before: `const list = [0.5, 0.25]
      export default () => { if (currentFrame === 50) list[1] = null; return list[1] ?? 0 }`,
    after: 'const list = [0.5, 0.25]\nexport default () => { list[0] += 0.001; return list[1] }',
    self: 'export default () => 0.25',
    reset: ['list'],
  },
  {
    name: 'a text that may be absent',
    before: `let s = 'ab'
      export default () => { if (currentFrame === 50) s = null; return s === null ? 0 : s.length * 0.1 }`,
    after: `let s = 'ab'
      export default () => { if (${never}) s = 'ab'; return s.length * 0.1 }`,
    self: 'export default () => 2 * 0.1',
    reset: ['s'],
  },
  {
    name: 'an object that lies in memory in another way than what the new text follows',
    before: `const a = { y: 0.5 }\nconst b = { z: 0.125, y: 0.25 }\nlet now = a
      export default () => { if (currentFrame === 50) now = b; return now.y + b.z * 0 }`,
    after: `const b = { z: 0.125, y: 0.25 }\nconst a = { y: 0.5 }\nlet now = a
      export default () => { if (${never}) now = a; return now.y + b.z * 0 + b.y * 0 }`,
    self: 'export default () => 0.5',
    reset: ['now'],
  },
  {
    name: 'the closure of another factory than the new text calls',
    before: `function f(k, l) { return () => k * 0.5 + l }\nfunction g(k) { return () => k * 0.25 }
      const one = f(1, 0)\nconst two = g(1)\nlet now = one
      export default () => { if (currentFrame === 50) now = two; return now() + two() * 0 }`,
    after: `function f(k, l) { return () => k * 0.5 + l }\nfunction g(k) { return () => k * 0.25 }
      const one = f(1, 0)\nconst two = g(1)\nlet now = one
      export default () => { if (${never}) now = one; return now() + two() * 0 }`,
    self: 'export default () => 0.5',
    reset: ['now'],
  },
  {
    name: 'one of several functions, where the new text calls others',
    before: `const one = () => 0.5\nconst two = () => 0.25\nlet now = one
      export default () => { if (currentFrame === 50) now = two; return now() + two() * 0 }`,
    after: `const one = () => 0.5\nconst two = () => 0.25\nconst three = () => 0.75\nlet now = one
      export default () => { if (${never}) now = three; return now() + two() * 0 }`,
    self: 'export default () => 0.5',
    reset: ['now'],
  },
];

describe.each(cases)('$name', ({ before, after, self, kept = [], reset }) => {
  it('begins as the text says, and the report says so', async () => {
    const swaps = [{ frame: S, text: after }];
    const render = await renderCompiled({ text: before, frames: FRAMES, fadeFrames: FADE_FRAMES, swaps });
    // What changes by itself does so in both texts from the first frame on.
    const expected = renderOracle(self, { frames: FRAMES });
    expectSameRender('after the swap', render, expected, { tolerance: 0, fromFrame: S + FADE_FRAMES });
    const [swap] = render.swaps;
    if (swap.kind !== 'committed') throw new Error(swap.kind);
    const { stateKept, stateReset } = swap.report;
    expect([stateKept, stateReset]).toEqual([kept, reset.map((path) => ({ path, reason: 'kind' }))]);
  });
});
