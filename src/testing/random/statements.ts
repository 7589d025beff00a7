/** Statements, and what is declared in them. */

import { access } from './access.ts';
import { changeArray } from './arrayUses.ts';
import { callOf, closure } from './calls.ts';
import { declareObject, declarePrimitive, destructure, shadow } from './declarations.ts';
import { nestedFunction } from './functions.ts';
import { BOOLEAN, CHARACTER, isNumbers, type Kind, MIXED, NUMBER } from './kinds.ts';
import { countLoop, doLoop, endlessLoop, forLoop, forOf, whileLoop } from './loops.ts';
import type { Maker } from './maker.ts';
import { bound, number } from './numbers.ts';
import { value } from './objects.ts';
import { exchange, patternAssignment } from './patterns.ts';
import {
  assignment,
  logicalAssignment,
  maybeAssignment,
  objectAssignment,
  place,
  primitive,
  update,
} from './places.ts';
import { boolean, character, mixed } from './primitives.ts';

/** What writes a statement; `null`: there is nothing here that it could be about. */
export type StatementWriter = (m: Maker) => string | null;

export const depthOf = (m: Maker): number => m.random.between(1, 3);

/** Statements that may stand anywhere. */
const SIMPLE: readonly (readonly [weight: number, writer: StatementWriter])[] = [
  [5, (m) => ended(assignment(m, m.random.pick([NUMBER, NUMBER, NUMBER, BOOLEAN, MIXED, CHARACTER]), depthOf(m)))],
  [3, keepState],
  [2, (m) => ended(update(m, 1))],
  [1, (m) => ended(logicalAssignment(m, depthOf(m)))],
  [2, (m) => ended(callOf(m, NUMBER, 2))],
  [2, (m) => ended(objectAssignment(m, m.pool.object(m.random), 2))],
  [0.7, (m) => ended(maybeAssignment(m))],
  [0.7, (m) => ended(exchange(m))],
  [0.7, (m) => ended(patternAssignment(m))],
  [0.5, (m) => ended(`${boolean(m, 2)} ${m.random.pick(['&&', '||'])} ${assignment(m, NUMBER, 2) ?? number(m, 2)}`)],
  [0.5, (m) => ended(`${boolean(m, 2)} ? ${assignment(m, NUMBER, 1) ?? '0'} : ${update(m, 1) ?? '1'}`)],
  [0.7, forEach],
  [0.5, fill],
  [0.7, changeArray],
];

/** Statements with others inside. */
const NESTING: readonly (readonly [weight: number, writer: StatementWriter])[] = [
  [4, ifElse],
  [2, forLoop],
  [1, whileLoop],
  [1, doLoop],
  [0.7, countLoop],
  [0.5, endlessLoop],
  [2, forOf],
  [1.5, switchOf],
  [2, labelledBlock],
];

const DECLARING: readonly (readonly [weight: number, writer: StatementWriter])[] = [
  [4, declarePrimitive],
  [3, declareObject],
  [1.5, destructure],
  [0.7, loopClosures],
];

/** Up to `count` statements in the scope that is open. */
export function statements(m: Maker, count: number): string {
  const written: string[] = [];
  // Functions are there before their declaration.
  const hoisted: string[] = [];
  for (let n = 0; n < count && m.takeStatement(); n++) {
    if (m.random.chance(0.08)) {
      const declared = nestedFunction(m);
      if (declared) (declared.isHoisted && m.random.chance(0.5) ? hoisted : written).push(declared.text);
      continue;
    }
    const text = statement(m);
    if (text !== null) written.push(text);
  }
  return [...written, ...hoisted].join('\n');
}

function statement(m: Maker): string | null {
  const jump = m.random.chance(m.fn.labels.length > 0 ? 0.25 : 0.12) ? jumpOf(m) : null;
  if (jump !== null) return jump;
  const group = m.random.weighted([
    [6, SIMPLE],
    [m.nesting < 3 ? 4 : 0, NESTING],
    [3, DECLARING],
  ]);
  return m.random.weighted(group)(m);
}

const ended = (text: string | null): string | null => text && `${/^[{[]/.test(text) ? ';' : ''}${text};`;

/** Statements in braces. */
export function braced(m: Maker, count = m.random.between(1, 3), canShadow = true): string {
  return m.inScope(() => {
    m.nesting++;
    const hidden = canShadow && m.random.chance(0.08) ? shadow(m) : '';
    const text = statements(m, count);
    m.nesting--;
    return `{ ${hidden}${text} }`;
  });
}

function keepState(m: Maker): string | null {
  const target = place(m, NUMBER, 1);
  return target && `${target.text} = keep(${number(m, depthOf(m))});`;
}

function ifElse(m: Maker): string {
  const test = m.random.chance(0.8) ? boolean(m, 2) : m.random.pick([number, mixed, character])(m, 2);
  const yes = braced(m);
  const no = m.random.weighted([
    [3, ''],
    [2, ` else ${braced(m)}`],
    [1, ` else if (${boolean(m, 1)}) ${braced(m, 1)} else ${braced(m, 1)}`],
  ]);
  return `if (${test}) ${yes}${no}`;
}

/** An end of the loop, block, switch or function around, in some cases. */
function jumpOf(m: Maker): string | null {
  const jumps: string[] = [];
  const { fn } = m;
  if (fn.isInLoop) jumps.push('break;', 'continue;');
  else if (fn.isInSwitch) jumps.push('break;');
  for (const { name, isLoop } of fn.labels) {
    jumps.push(`break ${name};`);
    if (isLoop) jumps.push(`continue ${name};`);
  }
  if (fn.result) jumps.push(`return ${value(m, fn.result.kind, fn.result.region, 1) ?? 'undefined'};`);
  return jumps.length > 0 ? `if (${boolean(m, 2)}) ${m.random.pick(jumps)}` : null;
}

function labelledBlock(m: Maker): string {
  if (m.random.chance(0.4)) return braced(m);
  const name = m.fresh('block');
  const { labels } = m.fn;
  m.fn.labels = [...labels, { name, isLoop: false }];
  const text = braced(m);
  m.fn.labels = labels;
  return `${name}: ${text}`;
}

/** What a switch asks for, and the cases there may be. */
function subject(m: Maker): { readonly text: string; readonly test: () => string } {
  const digit = (): string => String(m.random.below(5));
  return m.random.weighted<() => { text: string; test: () => string }>([
    [4, () => ({ text: `(${number(m, 2)}) & 3`, test: digit })],
    [2, () => ({ text: number(m, 2), test: () => m.random.pick([digit(), number(m, 1)]) })],
    [0.7, () => ({ text: boolean(m, 1), test: () => boolean(m, 1) })],
    [0.7, () => ({ text: 'true', test: () => boolean(m, 1) })],
    [0.7, () => ({ text: mixed(m, 1), test: () => m.random.pick([mixed(m, 0), 'undefined', 'null', digit()]) })],
    [0.7, () => ({ text: character(m, 1), test: () => character(m, 1) })],
  ])();
}

function switchOf(m: Maker): string {
  const { text, test } = subject(m);
  const outer = m.fn.isInSwitch;
  const { isInLoop } = m.fn;
  const count = m.random.between(1, 4);
  const fallback = m.random.chance(0.7) ? m.random.below(count) : -1;
  const cases = Array.from({ length: count }, (_, position) => {
    const head = position === fallback ? 'default:' : `case ${test()}:`;
    if (m.random.chance(0.15)) return head;
    m.fn.isInSwitch = true;
    m.nesting++;
    const inside = m.inScope(() => (m.random.chance(0.3) ? braced(m, 2) : plainCase(m)));
    m.nesting--;
    m.fn.isInSwitch = outer;
    const end = m.random.weighted([
      [4, ' break;'],
      [3, ''],
      [isInLoop ? 0.5 : 0, ' continue;'],
    ]);
    return `${head} ${inside}${end}`;
  });
  return `switch (${text}) { ${cases.join('\n')} }`;
}

/** Statements of a case that declare no functions: those would be seen by the other cases. */
const plainCase = (m: Maker): string => m.random.weighted(SIMPLE)(m) ?? '';

/** Closures made by the turns of a loop, each with its own variables. */
function loopClosures(m: Maker): string | null {
  if (m.fn.phase === 'both') return null;
  const kind = m.random.pick(m.pool.functions);
  const length = 4;
  const [name, count, own] = [m.fresh('c'), m.fresh('i'), m.fresh('q')];
  const first = closure(m, kind, 1);
  const body = m.repeated(length, () =>
    m.inScope(() => {
      m.declare(count, NUMBER);
      const start = primitive(m, NUMBER, 1);
      m.declare(own, NUMBER, { isMutable: true });
      return `let ${own} = ${start}; ${name}[${count}] = ${closure(m, kind, 2)};`;
    }),
  );
  m.declare(name, { kind: 'array', element: kind, length });
  return `const ${name} = [${Array.from({ length }, () => first).join(', ')}];
for (let ${count} = 0; ${count} < ${length}; ${count}++) { ${body} }`;
}

function forEach(m: Maker): string | null {
  const found = access(m, (kind) => kind.kind === 'array' || kind.kind === 'typed', 1, 'read', null);
  if (found === null || (found.kind.kind !== 'array' && found.kind.kind !== 'typed')) return null;
  const element: Kind = found.kind.kind === 'array' ? found.kind.element : NUMBER;
  const [name, position] = [m.fresh('e'), m.fresh('i')];
  const body = m.inCallback(null, found.kind.length, () => {
    m.declare(name, element, { region: found.region });
    m.declare(position, NUMBER);
    return braced(m, 2, false);
  });
  return `${found.text}.forEach((${name}, ${position}) => ${body});`;
}

function fill(m: Maker): string | null {
  const found = access(m, isNumbers, 1, 'read', null);
  if (found === null) return null;
  const bounds = m.random.pick(['', `, ${bound(m, 1)}`, `, ${bound(m)}, ${bound(m)}`]);
  return `${found.text}.fill(${number(m, 2)}${bounds});`;
}
