/** Values of several kinds: made, asked what they are, and used by what they turn out to be. */

import { fresh } from './everydayFresh.ts';
import { type BoxKind, CLOSURE_COST, type EverydayMaker, type EverydayName } from './everydayMaker.ts';
import { condition, number } from './everydayNumbers.ts';
import { keptText } from './everydayTexts.ts';

/** A value for a box. `isKept`: it will be kept where it may outlive the frame. */
export function box(m: EverydayMaker, depth: number, isKept = true): string {
  const known = m.find('box', (one) => one.isKept || !isKept);
  const list = m.find('boxes', (one) => one.isKept || !isKept);
  const map = m.find('boxesByText', (one) => one.isKept || !isKept);
  return m.random.weighted<() => string>([
    [5, () => single(m, m.random.pick(m.boxKinds), depth, isKept)],
    [known ? 2 : 0, () => known!.name],
    [list ? 1.5 : 0, () => `${list!.name}[${number(m, depth - 1)} & 3]`],
    [map ? 1 : 0, () => `${map!.name}.get(KEYS[${number(m, depth - 1)} & 3])`],
    [
      depth > 0 ? 1 : 0,
      () => `(${condition(m, depth - 1)} ? ${box(m, depth - 1, isKept)} : ${box(m, depth - 1, isKept)})`,
    ],
    [
      depth > 0 ? 1 : 0,
      () => `(${box(m, depth - 1, isKept)} ${m.random.pick(['??', '||', '&&'])} ${box(m, depth - 1, isKept)})`,
    ],
  ])();
}

/** A value of this one kind. */
function single(m: EverydayMaker, kind: BoxKind, depth: number, isKept: boolean): string {
  switch (kind) {
    case 'null':
    case 'undefined':
      return kind;
    case 'boolean':
      return m.random.pick(['true', 'false']);
    case 'number':
      return number(m, Math.min(1, depth));
    case 'text':
      return keptText(m, 0);
    default: {
      const known = m.find(kind, (one) => (one.isKept || !isKept) && one.cost <= CLOSURE_COST);
      const mayMake = m.phase === 'top' || !isKept;
      if (known && (!mayMake || m.random.chance(0.6))) return known.name;
      return (mayMake ? fresh(m, kind, depth) : null) ?? 'null';
    }
  }
}

/** A number that comes of asking a box, which stands in a variable, what it is. */
export function askedBox(m: EverydayMaker, depth: number): string | null {
  const found = m.find('box');
  if (!found) return null;
  const { name } = found;
  const other = (): string => number(m, depth);
  return m.one(
    () => `(typeof ${name} === 'number' ? num(${name}) : ${other()})`,
    () => `(typeof ${name} !== 'number' ? ${other()} : num(${name} * 2))`,
    () => `(Array.isArray(${name}) ? num(${name}[${number(m, 0)} & 1]) + ${name}.length : ${other()})`,
    () => `(typeof ${name} === 'function' ? ${callBoxed(m, found)} : ${other()})`,
    () => `(typeof ${name} === 'string' ? ${name}.length + num(${name}[0]) : ${other()})`,
    () => `(${name} === ${m.random.pick(["'a'", 'null', 'undefined', '3', 'true'])} ? ${other()} : ${other()})`,
    () => `(${name} == null ? ${other()} : num(${name}))`,
    () => `(${name} ? num(${name}) : ${other()})`,
    () => `(!${name} && ${name} !== 0 ? ${other()} : 2)`,
    () => `num(${name}${m.boxKinds.includes('list') && found.isMutable ? '?.[0]' : ''})`,
    () => `num(${name}${m.boxKinds.includes('record') && found.isMutable ? '?.p' : ''})`,
    () => `num(${name} ?? ${other()})`,
    () => (m.classes[0] ? `(${name} instanceof ${m.classes[0].name} ? num(${name}.n0) : ${other()})` : other()),
  );
}

/** What is in a box is cheap, and calls nothing that might call what is in a box. */
const callBoxed = (m: EverydayMaker, { name }: EverydayName): string =>
  m.takes(CLOSURE_COST) ? `num(${name}(${number(m, 0)}))` : '1';

/** Does one thing or another by the kind that a box is of. */
export function askBox(m: EverydayMaker, branch: (m: EverydayMaker) => string): string | null {
  const found = m.find('box');
  if (!found) return null;
  const { name } = found;
  const target = m.find('number', ({ isMutable }) => isMutable)?.name;
  if (!target) return null;
  const e = m.fresh('e');
  const parts = [
    `if (typeof ${name} === 'number') { ${target} = num(${target} + ${name}); ${branch(m)} }`,
    `if (Array.isArray(${name})) { for (const ${e} of ${name}) ${target} += num(${e}); ${branch(m)} }`,
    `if (typeof ${name} === 'string') { ${target} += ${name}.length; ${branch(m)} }`,
    `if (typeof ${name} === 'function') { ${target} = num(${callBoxed(m, found)}); ${branch(m)} }`,
    `if (${name} === null || ${name} === undefined) { ${branch(m)} }`,
    `if (${name}) { ${branch(m)} }`,
    `if (typeof ${name} === 'object' && ${name} !== null) { ${target} += num(${name}${m.boxKinds.includes('record') ? '.p' : ''}) }`,
  ];
  const some = m.random.shuffled(parts).slice(0, m.random.between(1, 4));
  const last = m.random.chance(0.5) ? ` else { ${branch(m)} }` : '';
  if (m.random.chance(0.25)) {
    const cases = m.random.shuffled(['number', 'string', 'function', 'object', 'undefined', 'boolean']).slice(0, 3);
    const written = cases.map((one) => `case '${one}': ${branch(m)} ${m.random.chance(0.7) ? 'break;' : ''}`);
    return `switch (typeof ${name}) { ${written.join('\n')} default: ${target} += 1 }`;
  }
  return `${some.join(' else ')}${last}`;
}
