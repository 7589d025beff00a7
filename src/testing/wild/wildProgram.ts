/**
 * Whole patches that may go wrong: variables of the top level that only a frame uses and that it assigns on some ways only,
 * jumps out of everything, effects within optional chains and on the right of assignments, uses before the declaration,
 * indices, bounds and lengths that are none. JavaScript may throw, in any frame; all of them end. Tests only.
 */

import { changedMeanwhile, grown, oddLength } from './wildArrays.ts';
import { declareEarly } from './wildEarly.ts';
import { type WildKind, WildMaker } from './wildMaker.ts';
import { statements } from './wildStatements.ts';
import { assignment, freshObject, number } from './wildValues.ts';

const PROLOGUE = 'const num = (x) => (x === x && x < 1e6 && x > -1e6 ? +x : 7);';

/** A write so far out that JavaScript's array grows beyond the memory of whoever spreads it; 2 ** 32 is an index of none. */
const FAR_WRITE = /\[(2 \*\* (2[89]|3[01])( - 1)?|0x7ffffff8)\](?= (?:[-+*/%&|^?<>]*=(?!=))|\+\+|--)/g;

/** The text of the patch that this seed stands for. */
export function wildProgram(seed: number): string {
  // Other seeds than those of the other generators.
  const m = new WildMaker(seed ^ 0x5eed_0000);
  const items = [PROLOGUE];
  for (let count = m.random.between(3, 7); count > 0; count--) items.push(declareVariable(m));
  for (let count = m.random.below(3); count > 0; count--) items.push(topItem(m));
  m.isFrame = true;
  m.statementsLeft = m.random.between(6, 14);
  const body = m.inScope(() => statements(m, m.random.between(3, 7)));
  items.push(`export default () => {\n${body}\nreturn [num(${number(m, 2)}), ${probes(m)}]\n}`);
  return items.join('\n').replace(FAR_WRITE, '[2 ** 32]');
}

function declareVariable(m: WildMaker): string {
  const kind = m.random.pick<WildKind>(['number', 'number', 'number', 'numbers', 'bytes', 'record', 'function']);
  const isMutable = m.random.chance(0.75);
  const isMaybe = isMutable && kind !== 'number' && m.random.chance(0.3);
  const isShared = m.random.chance(0.4);
  const name = m.fresh({ number: 'y', numbers: 'a', bytes: 'u', record: 'r', function: 'f' }[kind]);
  const value = m.random.chance(0.5) ? freshObject(m, kind, 1) : plain(m, kind);
  const start = (isMaybe && m.random.chance(0.6)) || (kind === 'number' && isMutable && m.random.chance(0.1));
  m.declare({ name, kind, isMutable, isMaybe, isShared });
  return `${isMutable ? 'let' : 'const'} ${name}${start ? '' : ` = ${value}`};`;
}

/** A start value as people write it. */
const plain = (m: WildMaker, kind: WildKind): string =>
  ({
    number: String(m.random.below(3)),
    numbers: '[1, 2, 3]',
    bytes: 'new Float64Array(4)',
    record: '{ a: 1, b: 2, c: 3 }',
    function: '(x) => x + 1',
  })[kind];

function topItem(m: WildMaker): string {
  m.statementsLeft = 5;
  return m.random.weighted<() => string>([
    [3, () => changedMeanwhile(m)],
    [2, () => oddLength(m)],
    [1, () => grown(m)],
    [1, () => sharedFunction(m)],
    [1, () => topEarly(m)],
    [1, () => statements(m, 2)],
    [0.5, () => `${assignment(m, 2) ?? '0'};`],
  ])();
}

/** A function of the top level, which frames call. */
function sharedFunction(m: WildMaker): string {
  const name = m.fresh('f');
  m.isOutside = true;
  m.isFrame = true;
  const text = m.inFunction(() => {
    const parameter = m.fresh('p');
    m.declare({ name: parameter, kind: 'number', isMutable: true, isMaybe: false, isShared: true });
    return `function ${name}(${parameter}) { ${statements(m, 3)} return ${number(m, 2)} }`;
  });
  m.isOutside = false;
  m.isFrame = false;
  m.declare({ name, kind: 'function', isMutable: false, isMaybe: false, isShared: true });
  return text;
}

/** Early uses at the top level: what frames use as well, or what throws at once. */
function topEarly(m: WildMaker): string {
  m.isOutside = true;
  const text = declareEarly(m).replaceAll(/currentFrame % \d/g, () => String(m.random.below(4)));
  m.isOutside = false;
  return text;
}

/** What the variables of the top level hold, one after the other. */
function probes(m: WildMaker): string {
  const seen = m.names.flatMap(({ name, kind, isMaybe }) => {
    const access = isMaybe ? '?.' : '.';
    const element = isMaybe ? '?.[' : '[';
    switch (kind) {
      case 'number':
        return [name];
      case 'numbers':
      case 'bytes':
        return [`${name}${element}0]`, `${name}${element}1]`, `${name}${access}length`];
      case 'record':
        return [`${name}${access}a`, `${name}${access}c`];
      default:
        return [];
    }
  });
  const some = m.random.shuffled(seen).slice(0, 6);
  return some.reduce((rest, text, n) => `currentFrame % ${some.length} === ${n} ? num(${text}) : ${rest}`, '0');
}
