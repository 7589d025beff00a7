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
    [m.hasTry ? 1.5 : 0, () => `new Fault(${literalText(m)}, ${m.random.below(9)})`],
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
  m.isInTry = true;
  const body = m.inScope(() => `{ ${statements(m, 1)}\n${throwing(m)}\n${statements(m, 1)} }`);
  m.isInTry = outer && !hasFinally;
  const target = place(m);
  const error = m.fresh('error');
  const what = m.random.pick([
    ...[error, error, `${error}.message`, `${error}?.message`, `${error} instanceof RangeError`],
    ...[`${error} instanceof Fault ? ${error}.code : ${error} instanceof Error ? 2 : 3`, `\`\${${error}}\`.length`],
  ]);
  const seen = target ? `${target} = num(${what});` : '';
  const caught = m.random.chance(0.75)
    ? ` catch (${error}) { ${seen} ${m.inScope(() => statements(m, 1))} }`
    : ` catch ${braced(m, 1)}`;
  m.isInTry = outer;
  const last = hasFinally ? ` finally ${m.inScope(() => `{ ${statements(m, 1)} }`)}` : '';
  return `try ${body}${caught}${last}`;
}
