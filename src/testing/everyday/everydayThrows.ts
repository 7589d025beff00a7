/** `throw` and what catches it. */

import type { EverydayMaker } from './everydayMaker.ts';
import { condition, number, place } from './everydayNumbers.ts';
import { braced, statements } from './everydayStatements.ts';
import { literalText } from './everydayTexts.ts';

/** Throws in some frames. */
export function throwing(m: EverydayMaker): string {
  const what = m.random.weighted<() => string>([
    [3, () => `new Error(${literalText(m)})`],
    [1, () => `new RangeError('range')`],
    [1, () => number(m, 0)],
    [1, () => literalText(m)],
  ])();
  return `if (${condition(m, 1)}) throw ${what};`;
}

/** `try`, which catches what is thrown in it. */
export function attempt(m: EverydayMaker): string | null {
  if (!m.hasTry) return null;
  const outer = m.isInTry;
  const hasFinally = m.random.chance(0.35);
  const { labels, isInLoop } = m;
  m.isInTry = true;
  // Jumps do not leave what has something to do at its end.
  if (hasFinally) Object.assign(m, { labels: [], isInLoop: false });
  const body = m.inScope(() => `{ ${statements(m, 1)}\n${throwing(m)}\n${statements(m, 1)} }`);
  m.isInTry = outer && !hasFinally;
  const target = place(m);
  const error = m.fresh('error');
  const seen = target ? `${target} = num(${error}${m.random.pick(['', '', '.message', '?.message'])});` : '';
  const caught = m.random.chance(0.75)
    ? ` catch (${error}) { ${seen} ${m.inScope(() => statements(m, 1))} }`
    : ` catch ${braced(m, 1)}`;
  m.isInTry = outer;
  const last = hasFinally ? ` finally ${m.inScope(() => `{ ${statements(m, 1)} }`)}` : '';
  Object.assign(m, { labels, isInLoop });
  return `try ${body}${caught}${last}`;
}
