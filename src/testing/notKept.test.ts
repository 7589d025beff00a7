/**
 * State that must not be kept: what takes the place of something is another thing, however alike the two begin. Each case is
 * a text that another one follows; from the end of the fade on the sound is that of the second text begun at the swap, as
 * JavaScript plays it. Kinds that do not fit are in typedState.test.ts; together they are a table of what must not happen.
 */
import { describe, expect, it } from 'vitest';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

const FADE_FRAMES = 32;
const FRAMES_AFTER = 640;
const MOMENTS = [64, 512, 1184];

interface Case {
  readonly name: string;
  readonly before: string;
  /** Does not ask what time it is. */
  readonly after: string;
}

const PHASE = `let ph = 0\nexport default () => { ph = (ph + 0.37) % 1; return ph }`;
const CELLS = 'const c = [0, 0, 0, 0, 0, 0, 0, 0]';

const cases: readonly Case[] = [
  {
    name: 'a phase, where an index is now',
    before: PHASE,
    after: `${CELLS}\nlet k = 0\nexport default () => { k = (k + 1) % 8; c[k] = c[k] * 0.5 + k; return c[3] }`,
  },
  {
    name: 'a phase of the same name, where an index is now',
    before: PHASE.replaceAll('ph', 'k'),
    after: `${CELLS}\nlet k = 0\nexport default () => { k = (k + 1) % 8; c[k] = c[k] * 0.5 + k; return c[3] }`,
  },
  {
    name: 'an index, where a phase is now',
    before: `${CELLS}\nlet k = 0\nexport default () => { k = (k + 1) % 8; c[k] += 1; return c[3] }`,
    after: PHASE,
  },
  {
    name: 'a phase, where a level is now',
    before: PHASE,
    after: 'let env = 0\nexport default () => { env = env * 0.99 + 0.01; return env }',
  },
  {
    name: 'a level that fell, where one that rises is now',
    before: 'let env = 1\nexport default () => { env *= 0.999; return env }',
    after: 'let gate = 1\nexport default () => { gate = gate * 0.5 + 0.75; return gate }',
  },
  {
    name: 'what moved, where something stands still now',
    before: 'let n = 0.5\nexport default () => { n = (n * 1.25 + 0.5) % 11; return n }',
    after: 'let gain = 0.5\nlet s = 2\nexport default () => { s = s * 0.5 + 1; return gain * s }',
  },
  {
    name: 'an initial value that was edited',
    before: 'let n = 0\nexport default () => (n = (n + 0.01) % 1)',
    after: 'let n = 0.25\nexport default () => (n = (n + 0.01) % 1)',
  },
  {
    name: 'a number, where a switch is now',
    before: 'let n = 0\nexport default () => (n = (n + 3) % 7)',
    after: 'let n = false\nexport default () => { n = !n; return n ? 0.5 : 0.25 }',
  },
  {
    name: 'a seed, where a level is now',
    before: `let seed = 1\nexport default () => { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }`,
    after: 'let level = 1\nexport default () => { level *= 0.999; return level }',
  },
  {
    name: 'a filter, where an oscillator with as many variables is now',
    before: `function filter() {
  let low = 0\nlet band = 0
  return (x) => { low += 0.1 * band; band += 0.1 * (x - low - band); return low }
}
const f = filter()\nexport default () => f(1)`,
    after: `function pair() {
  let a = 0\nlet b = 0
  return () => { a = (a + 0.01) % 1; b = (b + 0.013) % 1; return a - b }
}
const p = pair()\nexport default () => p()`,
  },
  {
    name: 'the counter of another factory, beside what has nothing to do with it',
    before: `function one() { let n = 0; let y = 5; return () => { n = (n + 1) % 9; y = y * 0.9 + n; return y } }
const a = one()\nexport default () => a()`,
    after: `function two() {
  let n1 = 0\nlet z = 6\nlet w = 7
  return () => { n1 = (n1 + 1) % 9; z = z * 0.5 + 1; w = (w + z) % 5; return n1 + z + w }
}
const b = two()\nexport default () => b()`,
  },
  {
    name: 'levels in an array, where counters are now',
    before: `const levels = [0, 0]
export default () => { for (let i = 0; i < 2; i++) levels[i] = levels[i] * 0.9 + i; return levels[1] }`,
    after: `const counts = [0, 0]
export default () => { for (let i = 0; i < 2; i++) counts[i] = (counts[i] + 1 + i) % 5; return counts[0] + counts[1] }`,
  },
  {
    name: 'two of three that are alike',
    before: `function counter() { let n = 0; return () => (n = (n + 1) % 17) }
const a = counter()\nconst b = counter()\nconst c = counter()
export default () => { a(); return a() + b() * 2 + c() * 4 }`,
    after: `function counter() { let n = 0; return () => (n = (n + 1) % 17) }
const all = [counter(), counter()]\nexport default () => all[0]() + all[1]() * 2`,
  },
  {
    name: 'a delay line, where one of another length in another object is now',
    before: `const echo = { line: new Float64Array(90), at: 0 }
export default () => {
  const y = echo.line[echo.at]
  echo.line[echo.at] = 0.25 + 0.5 * y
  echo.at = (echo.at + 1) % 90
  return y
}`,
    after: `const room = { past: new Float64Array(70), place: 0, low: 3 }
export default () => {
  room.low += 0.1 * (room.past[room.place] - room.low)
  room.past[room.place] = 0.1 + 0.7 * room.low
  room.place = (room.place + 1) % 70
  return room.low
}`,
  },
  ...['line[AT % SIZE]', 'w'].map((place) => {
    const echo = (size: number, at: string): string => `const ${at}Line = new Float64Array(${size})
let ${at} = 0
export default () => {
  const w = ${at} % ${size}
  const y = ${place === 'w' ? `${at}Line[w]` : `${at}Line[${at} % ${size}]`}
  ${at}Line[w] = 0.25 + 0.5 * y
  ${at} += 1
  return y
}`;
    return {
      name: `a count that is taken modulo a length, where that of another line is now: ${place}`,
      before: echo(37, 'near'),
      after: echo(34, 'far'),
    };
  }),
  {
    name: 'bytes, where floats are now',
    before: 'const line = new Uint8Array(4)\nexport default () => (line[0] += 3)',
    after: 'const line = new Float32Array(4)\nexport default () => (line[0] += 3)',
  },
];

describe.each(cases)('$name', ({ before, after }) => {
  it.each(MOMENTS)('at frame %i', async (frame) => {
    const options = { frames: frame + FRAMES_AFTER, fadeFrames: FADE_FRAMES, blockFrames: 32 };
    const render = await renderCompiled({ text: before, ...options, swaps: [{ frame, text: after }] });
    const begun = renderOracle(after, { frames: FRAMES_AFTER });
    const heard = { left: render.left.subarray(frame), right: render.right.subarray(frame) };
    expectSameRender('after the swap', heard, begun, { tolerance: 0, fromFrame: FADE_FRAMES });
    const [swap] = render.swaps;
    expect(swap.kind === 'committed' && swap.report.stateKept).toEqual([]);
  });
});
