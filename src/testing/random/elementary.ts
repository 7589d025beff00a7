/** Math's elementary functions: one whose value is heard. */

import type { Maker } from './maker.ts';
import { number } from './numbers.ts';

const OF_ONE = 'acos acosh asin asinh atan atanh cbrt cos cosh exp expm1 log log10 log1p log2 sin sinh tan tanh'.split(
  ' ',
);
const OF_TWO = ['atan2', 'pow', 'hypot'];

/** The name of the value. */
export const WAVE = 'wave';

/** `const wave = …`: a number that is there. */
export function wave(m: Maker): string {
  const x = number(m, 2);
  const name = m.random.pick(OF_ONE);
  const value = m.random.weighted<() => string>([
    [5, () => `Math.${name}(${x})`],
    [2, () => `Math.${m.random.pick(OF_TWO)}(${x}, ${number(m, 2)})`],
    [1, () => `((${x}) ** (${number(m, 1)}))`],
    [1, () => `[${x}, ${number(m, 1)}].map(Math.${name})[${m.random.below(2)}]`],
    [1, () => `(({ ${name}: f }) => f(${x}))(Math)`],
    [1, () => `[Math.${name}, Math.${m.random.pick(OF_ONE)}][currentFrame % 2](${x})`],
    [0.5, () => `Math.hypot(${x}, ${number(m, 1)}, ${number(m, 1)})`],
  ])();
  return `const ${WAVE} = ${value} || 0.25;`;
}
