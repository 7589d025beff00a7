/** Texts of programs in everyday JavaScript: states and names that are kept, and texts that are put together and used at once. */

import type { EverydayMaker } from './everydayMaker.ts';
import { KEYS, TEXTS } from './everydayMaker.ts';
import { condition, number } from './everydayNumbers.ts';

export const literalText = (m: EverydayMaker): string => `'${m.random.pick([...TEXTS, ...KEYS])}'`;

/** A text that frames may keep. */
export function keptText(m: EverydayMaker, depth: number): string {
  const known = m.find('text', ({ isKept }) => isKept);
  const list = m.find('texts', ({ isKept }) => isKept);
  const object = m.find('object', (one) => one.isKept && one.class!.fields.some(({ kind }) => kind === 'text'));
  return m.random.weighted<() => string>([
    [3, () => literalText(m)],
    [known ? 3 : 0, () => known!.name],
    [list ? 1 : 0, () => `(${list!.name}[${number(m, 0)} & 1] ?? ${literalText(m)})`],
    [object ? 1 : 0, () => `${object!.name}.${object!.class!.fields.find(({ kind }) => kind === 'text')!.name}`],
    [depth > 0 ? 1 : 0, () => `(${condition(m, depth - 1)} ? ${keptText(m, depth - 1)} : ${keptText(m, depth - 1)})`],
    [m.phase === 'top' && depth > 0 ? 2 : 0, () => usedText(m, depth)],
  ])();
}

/** A text of any kind, which is used where it stands. */
export function usedText(m: EverydayMaker, depth: number): string {
  const d = depth - 1;
  if (depth <= 0) return m.find('text')?.name ?? literalText(m);
  const inner = (): string => usedText(m, d);
  const whole = (): string => `(${number(m, d)} | 0)`;
  return m.random.weighted<() => string>([
    [3, () => keptText(m, d)],
    [1, () => `(${inner()} + ${inner()})`],
    [1, () => `\`\${${inner()}}\${${whole()} & 7}\``],
    [1, () => `${inner()}.slice(${m.random.between(-2, 3)}${m.random.chance(0.5) ? `, ${m.random.below(4)}` : ''})`],
    [0.5, () => `${inner()}.${m.random.pick(['trim()', 'toUpperCase()', 'toLowerCase()', 'substring(1, 3)'])}`],
    [0.5, () => `String(${whole()})`],
    [0.5, () => `${whole()}.toString(${m.random.pick(['', '2', '16'])})`],
    [0.5, () => `${inner()}.repeat(${m.random.below(3)})`],
    [0.5, () => `${inner()}.replace('a', ${inner()})`],
    [0.5, () => `${inner()}.padStart(3, '-')`],
    [0.3, () => `(typeof ${m.find('box')?.name ?? number(m, d)})`],
  ])();
}

/** A number that a text gives. */
export function textNumber(m: EverydayMaker, depth: number): string {
  const text = (): string => usedText(m, depth);
  return m.one(
    () => `${text()}.length`,
    () => `(${text()}.charCodeAt(${m.random.below(3)}) || 0)`,
    () => `${text()}.indexOf(${literalText(m)})`,
    () => `num(Number(${text()}))`,
    () => `num(parseInt(${text()}, 36))`,
    () =>
      `(${text()} ${m.random.pick(['===', '!==', '<', '>='])} ${text()} ? ${number(m, depth)} : ${number(m, depth)})`,
    () => `num(${text()}[${number(m, 0)} & 3])`,
  );
}

/** A key that maps and tables mostly have. */
export function key(m: EverydayMaker, depth: number): string {
  const known = m.find('text');
  return m.random.weighted<() => string>([
    [4, () => `'${m.random.pick(KEYS)}'`],
    [2, () => `${keysOf(m)}[${number(m, depth - 1)} & 3]`],
    [known ? 2 : 0, () => known!.name],
    [depth > 0 ? 1 : 0, () => usedText(m, depth)],
  ])();
}

/** The list of keys that every program has. */
export const keysOf = (_: EverydayMaker): string => 'KEYS';
