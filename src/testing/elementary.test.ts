/**
 * The elementary functions as compiled give the bits of their source run as JavaScript, for arguments of all kinds; and the
 * oracle uses that source, for `**` as well.
 */
import { expect, it } from 'vitest';
import { Random, SPECIAL, seed } from '../library/math/testing/accuracy.ts';
import { bits, expectSameRender } from './compare.ts';
import { FreshPlays } from './corpus/freshPlays.ts';
import { ELEMENTARY_FUNCTIONS } from './libraryMath.ts';
import { renderOracle } from './oracle.ts';

const FRAMES = 700;
const plays = new FreshPlays();

const written = (values: readonly number[]): string =>
  `[${values.map((x) => (Object.is(x, -0) ? '-0' : Number.isFinite(x) ? String(x) : `${Math.sign(x)} / 0`)).join(', ')}]`;

function arguments_(): { xs: number[]; ys: number[] } {
  const random = new Random();
  const xs = [...SPECIAL, ...Array.from({ length: FRAMES - SPECIAL.length }, () => random.mixed())];
  const few = SPECIAL.filter((_, n) => n % 7 === 0);
  return { xs, ys: xs.map((_, n) => (n % 2 === 0 ? random.mixed() : few[(n >> 1) % few.length]!)) };
}

it.each(Object.keys(ELEMENTARY_FUNCTIONS))(
  `%s has the same bits compiled and as JavaScript (seed ${seed})`,
  async (name) => {
    const { xs, ys } = arguments_();
    const given = ELEMENTARY_FUNCTIONS[name]!;
    const text = `const xs = ${written(xs)}
const ys = ${written(ys)}
export default () => [Math.${name}(xs[currentFrame], ys[currentFrame]), Math.${name}(ys[currentFrame], xs[currentFrame])]`;
    const render = await plays.render(text, FRAMES);
    const expected = {
      left: xs.map((x, n) => given(...(given.length === 1 ? [x] : [x, ys[n]!]))),
      right: ys.map((y, n) => given(...(given.length === 1 ? [y] : [y, xs[n]!]))),
    };
    expectSameRender(name, render, expected, { tolerance: 0 });
    expectSameRender(`${name} in the oracle`, renderOracle(text, { frames: FRAMES }), expected, { tolerance: 0 });
  },
);

it.each(['x ** y', 'x ** 0.5', '2 ** y', 'Math.pow(x, 2)', '[x, y].reduce((a, b) => a ** b)'])(
  `%s is pow, constants or not (seed ${seed})`,
  async (expression) => {
    const { xs, ys } = arguments_();
    const constants = /\d/.test(expression);
    const sameWithVariables = expression.replace(/\b(0\.5|2)\b/g, 'given($1)');
    const text = (used: string): string => `const xs = ${written(xs)}
const ys = ${written(ys)}
let last = 0
const given = (value) => (last = value)
export default () => { const x = xs[currentFrame], y = ys[currentFrame]; return ${used} }`;
    const render = await plays.render(text(expression), FRAMES);
    expectSameRender(expression, render, renderOracle(text(expression), { frames: FRAMES }), { tolerance: 0 });
    if (constants) {
      expectSameRender(expression, await plays.render(text(sameWithVariables), FRAMES), render, { tolerance: 0 });
    }
  },
);

it('is not what this engine makes of them', () => {
  const differ = Array.from({ length: 20_000 }, (_, n) => n / 997 + 0.001).some((x) => {
    const names = ['sin', 'exp', 'tanh', 'log'] as const;
    return names.some((name) => bits(Math[name](x)) !== bits(ELEMENTARY_FUNCTIONS[name]!(x)));
  });
  // Otherwise the oracle could use the engine's and nobody would notice.
  expect(differ).toBe(true);
});
