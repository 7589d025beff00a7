/**
 * What the top level draws at random has other bytes as soon as something else is drawn before it, and is unchanged all the
 * same. Each case is held to one program in JavaScript that makes everything at the start and plays the new voice later.
 */
import { describe, expect, it } from 'vitest';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

const S = 512;
const FRAMES = 1024;
const FADE_FRAMES = 32;

const SUM = `export default () => {
  let sum = 0
  for (const v of voices) { v.phase = (v.phase + v.k) % 1; sum = sum * 0.5 + v.phase * v.gain }
  return sum
}`;

interface Case {
  readonly name: string;
  /** Makes the voices from their steps. */
  readonly made: (steps: string) => string;
  /** The same, where the first voice has what a text that begins with it draws first. */
  readonly self: string;
}

const PLAY = `export default () => {
  let sum = 0
  for (const v of voices) {
    if (v.k === 0.05 && currentFrame < ${S}) continue
    v.phase = (v.phase + v.k) % 1
    sum = sum * 0.5 + v.phase * v.gain
  }
  return sum
}`;
const GENERATOR = 'let seed = 77\nconst draw = () => { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }';

const cases: Case[] = [
  {
    name: 'a phase from Math.random',
    made: (steps) => `const voices = [${steps}].map((k) => ({ k, gain: 1, phase: Math.random() }))\n${SUM}`,
    self: `const drawn = [Math.random(), Math.random()]
const voices = [[0.05, drawn[0]], [0.01, drawn[0]], [0.02, drawn[1]]].map(([k, phase]) => ({ k, gain: 1, phase }))\n${PLAY}`,
  },
  {
    name: 'a gain that no frame writes, from Math.random',
    made: (steps) => `const voices = [${steps}].map((k) => ({ k, gain: 0.5 + Math.random(), phase: 0 }))\n${SUM}`,
    self: `const drawn = [Math.random(), Math.random()].map((x) => 0.5 + x)
const voices = [[0.05, drawn[0]], [0.01, drawn[0]], [0.02, drawn[1]]].map(([k, gain]) => ({ k, gain, phase: 0 }))\n${PLAY}`,
  },
  {
    name: 'a phase from a generator of the patch',
    made: (steps) => `${GENERATOR}\nconst voices = [${steps}].map((k) => ({ k, gain: 1, phase: draw() }))\n${SUM}`,
    self: `${GENERATOR}\nconst drawn = [draw(), draw()]
const voices = [[0.05, drawn[0]], [0.01, drawn[0]], [0.02, drawn[1]]].map(([k, phase]) => ({ k, gain: 1, phase }))\n${PLAY}`,
  },
  {
    name: 'a phase that a factory is given',
    made: (steps) => `function voice(k, start) { const v = { k, gain: 1, phase: start }; return v }
const voices = [${steps}].map((k) => voice(k, Math.random()))\n${SUM}`,
    self: `const drawn = [Math.random(), Math.random()]
const voices = [[0.05, drawn[0]], [0.01, drawn[0]], [0.02, drawn[1]]].map(([k, phase]) => ({ k, gain: 1, phase }))\n${PLAY}`,
  },
];

describe.each(cases)('$name', ({ made, self }) => {
  it('is kept behind one that is inserted in front', async () => {
    const swaps = [{ frame: S, text: made('0.05, 0.01, 0.02') }];
    const options = { frames: FRAMES, fadeFrames: FADE_FRAMES, blockFrames: 32 };
    const render = await renderCompiled({ text: made('0.01, 0.02'), ...options, swaps });
    const expected = renderOracle(self, { frames: FRAMES });
    expectSameRender('before', render, expected, { tolerance: 0, toFrame: S });
    expectSameRender('after', render, expected, { tolerance: 0, fromFrame: S + FADE_FRAMES });
  });
});

it('is reset where the expression is another one', async () => {
  const text = (made: string) => `let x = ${made}\nexport default () => { x *= 0.99; return x }`;
  const swaps = [{ frame: 32, text: text('Math.random() + 1') }];
  const render = await renderCompiled({
    text: text('Math.random()'),
    frames: 128,
    fadeFrames: 32,
    blockFrames: 32,
    swaps,
  });
  const [swap] = render.swaps;
  expect(swap?.kind === 'committed' && swap.report.stateReset).toEqual([{ path: 'x', reason: 'edited' }]);
});

describe('a state that is drawn unless there is a seed', () => {
  const patch = (...made: readonly string[]) => `function noise(seed = 0) {
  let s = seed === 0 ? Math.random() : seed
  return () => { s = (s * 7.1 + 0.1) % 1; return s }
}
${made.map((call, n) => `const ${'abc'[n]} = ${call}`).join('\n')}
export default () => ${made.map((_, n) => `${'abc'[n]}()`).join(' + ')}`;
  const reset = async (before: string, after: string) => {
    const swaps = [{ frame: 32, text: after }];
    const { swaps: done } = await renderCompiled({ text: before, frames: 128, fadeFrames: 32, blockFrames: 32, swaps });
    const [swap] = done;
    return swap?.kind === 'committed' ? swap.report.stateReset : null;
  };

  it('is reset where the seed is edited, and nothing else is', async () => {
    expect(await reset(patch('noise(0.1)', 'noise()'), patch('noise(0.2)', 'noise()'))).toEqual([
      { path: 'a.s', reason: 'edited' },
    ]);
  });

  it('is kept where one more draws before it, or one fewer', async () => {
    const one = patch('noise()');
    const two = one.replace('const a', 'const z = noise()\nconst a').replace('a()', 'a() + z()');
    expect(await reset(one, two)).toEqual([]);
    expect(await reset(two, one)).toEqual([{ path: 'z.s', reason: 'gone' }]);
  });
});
