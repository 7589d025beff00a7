/** Statements of programs in everyday JavaScript. */

import { askBox, box } from './everydayBoxes.ts';
import { fresh } from './everydayFresh.ts';
import { overTable } from './everydayLoops.ts';
import type { EverydayKind, EverydayMaker } from './everydayMaker.ts';
import { CLOSURE_COST, TEXTS } from './everydayMaker.ts';
import { assignment, call, condition, number, place } from './everydayNumbers.ts';
import { changeTable } from './everydayTables.ts';
import { keptText, usedText } from './everydayTexts.ts';
import { attempt, throwing } from './everydayThrows.ts';

type Writer = (m: EverydayMaker) => string | null;

const SIMPLE: readonly (readonly [weight: number, writer: Writer])[] = [
  [6, (m) => ended(assignment(m, 2))],
  [2, changeText],
  [3, changeBox],
  [3, (m) => changeTable(m, 1)],
  [1, (m) => ended(call(m, 1))],
  [0.7, changeObject],
  [0.4, (m) => `console.log(${m.random.pick(["'at'", 'currentFrame'])}, ${number(m, 1)}, ${usedText(m, 1)});`],
];

const WRITERS: readonly (readonly [weight: number, writer: Writer])[] = [
  ...SIMPLE,
  [2, (m) => `if (${condition(m, 1)}) ${braced(m)}${m.random.chance(0.4) ? ` else ${braced(m)}` : ''}`],
  [2, (m) => askBox(m, (one) => one.inScope(() => statements(one, 1)))],
  [2, switchText],
  [1, switchKind],
  [2, loop],
  [3, overTable],
  [3, declareLocal],
  [1.5, destructured],
  [2.5, attempt],
  [1, labelled],
  [0.7, (m) => braced(m, 2)],
];

const ended = (text: string | null): string | null => text && `${/^[{[(`]/.test(text) ? ';' : ''}${text};`;

export function statements(m: EverydayMaker, count: number): string {
  const written: string[] = [];
  for (let n = 0; n < count && m.takeStatement(); n++) {
    const jump = m.random.chance(0.15) ? jumpOf(m) : null;
    const text = jump ?? m.random.weighted(m.depth > 4 ? SIMPLE : WRITERS)(m);
    if (text !== null) written.push(text);
  }
  return written.join('\n');
}

export const braced = (m: EverydayMaker, count = m.random.between(1, 3)): string =>
  m.inScope(() => `{ ${statements(m, count)} }`);

function jumpOf(m: EverydayMaker): string | null {
  if (m.isInTry && m.random.chance(0.5)) return throwing(m);
  const jumps = m.isInLoop ? ['break;', 'continue;'] : [];
  for (const { name, isLoop } of m.labels) jumps.push(`break ${name};`, ...(isLoop ? [`continue ${name};`] : []));
  return jumps.length > 0 ? `if (${condition(m, 1)}) ${m.random.pick(jumps)}` : null;
}

function changeText(m: EverydayMaker): string | null {
  const target = m.find('text', ({ isMutable }) => isMutable);
  return target && `${target.name} = ${keptText(m, 1)};`;
}

function changeBox(m: EverydayMaker): string | null {
  const [variable, list] = [m.find('box', ({ isMutable }) => isMutable), m.find('boxes')];
  const object = m.find('object');
  const field = object?.class?.fields.find(({ kind }) => kind === 'box');
  return m.random.weighted<() => string | null>([
    [variable ? 3 : 0.01, () => variable && `${variable.name} = ${box(m, 1, variable.isKept)};`],
    [list ? 2 : 0, () => `${list!.name}[${m.random.below(4)}] = ${box(m, 1, list!.isKept)};`],
    [list ? 1 : 0, () => `${list!.name}[${number(m, 0)} & 3] = ${box(m, 1, list!.isKept)};`],
    [field ? 2 : 0, () => `${object!.name}.${field!.name} = ${box(m, 1, object!.isKept)};`],
  ])();
}

/** Another instance in a variable, a setter, a static. */
function changeObject(m: EverydayMaker): string | null {
  const object = m.find('object');
  const one = object?.class;
  if (!object || !one) return null;
  const other = m.find('object', (name) => name.isKept && name.class === one);
  return m.random.weighted<() => string | null>([
    [object.isMutable && other ? 2 : 0, () => `${object.name} = ${other!.name};`],
    [one.setters.length > 0 ? 2 : 0, () => `${object.name}.${m.random.pick(one.setters)} = num(${number(m, 1)});`],
    [one.statics.length > 0 ? 1 : 0, () => `${one.name}.${m.random.pick(one.statics)} += ${number(m, 0)};`],
    [0.01, () => null],
  ])();
}

function switchText(m: EverydayMaker): string | null {
  const found = m.find('text');
  if (!found) return null;
  const cases = m.random.shuffled(TEXTS).slice(0, m.random.between(2, 4));
  const written = cases.map((one) => {
    const next = found.isMutable && m.random.chance(0.6) ? `${found.name} = ${keptText(m, 0)};` : '';
    const end = m.random.chance(0.75) ? 'break;' : '';
    return `case '${one}': { ${m.inScope(() => withoutLoop(m, () => statements(m, 1)))} ${next} ${end} }`;
  });
  return `switch (${m.random.chance(0.7) ? found.name : usedText(m, 1)}) { ${written.join('\n')} default: ${assignment(m, 1) ?? ''} }`;
}

/** Each case knows of what kind the value is. */
function switchKind(m: EverydayMaker): string | null {
  const found = m.find('box');
  const target = found && place(m);
  if (!target) return null;
  const { name } = found;
  const cases: [kind: string, as: string][] = [
    ['number', `${name} + 1`],
    ['string', `${name}.length`],
    ['boolean', `${name} ? 3 : 4`],
    ['undefined', '5'],
  ];
  const written = m.random
    .shuffled(cases)
    .slice(0, m.random.between(1, 4))
    .map(([kind, as]) => {
      const group = m.random.chance(0.2) ? "case 'symbol': " : '';
      const body = m.inScope(() => withoutLoop(m, () => statements(m, 1)));
      return `${group}case '${kind}': ${target} = num(${as}); { ${body} } ${m.random.chance(0.9) ? 'break;' : ''}`;
    });
  return `switch (typeof ${name}) { ${written.join('\n')} default: ${assignment(m, 1) ?? ''} }`;
}

/** Within a `switch`, where a plain `break` means another thing. */
function withoutLoop(m: EverydayMaker, work: () => string): string {
  const { isInLoop } = m;
  m.isInLoop = false;
  const text = work();
  m.isInLoop = isInLoop;
  return text;
}

function loop(m: EverydayMaker): string {
  const i = m.fresh('i');
  const turns = m.random.between(2, 3);
  const label = m.random.chance(0.3) ? m.fresh('L') : null;
  const body = looped(m, turns, label, () => {
    m.declare(i, 'number', { isKept: false });
    return `{ ${statements(m, 2)} }`;
  });
  const head = label ? `${label}: ` : '';
  return m.one(
    () => `${head}for (let ${i} = 0; ${i} < ${turns}; ${i}++) ${body}`,
    () => `${head}for (var ${i} = 0; ${i} < ${turns}; ${i}++) ${body}`,
    () => `{ let ${i} = ${turns}; ${head}while (${i}-- > 0) ${body} }`,
    () => `{ let ${i} = ${turns}; ${head}do ${body} while (--${i} > 0); }`,
  );
}

/** Runs `work`, which writes the body of a loop. */
export function looped(m: EverydayMaker, turns: number, label: string | null, work: () => string): string {
  const { labels, isInLoop } = m;
  if (label) m.labels = [...labels, { name: label, isLoop: true }];
  m.isInLoop = true;
  m.walks++;
  const text = m.repeated(turns, () => m.inScope(work));
  m.walks--;
  Object.assign(m, { labels, isInLoop });
  return text;
}

function labelled(m: EverydayMaker): string {
  const name = m.fresh('L');
  const { labels } = m;
  m.labels = [...labels, { name, isLoop: false }];
  const body = braced(m, 3);
  m.labels = labels;
  return `${name}: ${body}`;
}

const LOCAL_KINDS: readonly EverydayKind[] = [
  ...(['number', 'number', 'text', 'box', 'box', 'list', 'record', 'boxes', 'function', 'object'] as const),
  ...(['numbersByText', 'table', 'set', 'texts'] as const),
];

/** A name for something new, or for something that is there. */
function declareLocal(m: EverydayMaker): string | null {
  const isFrame = m.phase !== 'top';
  // Maps and sets are made at the top level.
  const kind = m.random.pick(
    isFrame ? LOCAL_KINDS.filter((one) => one !== 'set' && one !== 'numbersByText') : LOCAL_KINDS,
  );
  const known = kind === 'number' || kind === 'function' ? null : m.find(kind);
  const isAlias = known !== null && m.random.chance(kind === 'text' || kind === 'box' ? 0.3 : 0.6);
  const one = kind === 'object' && !isAlias && m.classes.length > 0 ? m.random.pick(m.classes) : null;
  const value = isAlias
    ? known.name
    : kind === 'box'
      ? box(m, 2, true)
      : one
        ? `new ${one.name}(${number(m, 0)})`
        : fresh(m, kind, 2);
  if (value === null) return null;
  const name = m.fresh('v');
  const isKept = isAlias ? known.isKept : !isFrame || kind === 'text' || kind === 'box' || kind === 'number';
  const isMutable = ['number', 'text', 'box', 'object'].includes(kind) && m.random.chance(0.6);
  const cost = kind === 'function' ? CLOSURE_COST : 1;
  m.declare(name, kind, { isMutable, isKept, class: isAlias ? known.class : one, cost });
  return `${isMutable ? m.random.pick(['let', 'let', 'var']) : 'const'} ${name} = ${value};`;
}

/** Names for what objects and lists hold, with defaults for what they do not. */
function destructured(m: EverydayMaker): string | null {
  const [list, record, texts] = [m.find('list'), m.find('record'), m.find('texts')];
  const [a, b] = [m.fresh('d'), m.fresh('d')];
  const other = (): string => number(m, 1);
  const text = m.random.weighted<() => string | null>([
    [list ? 2 : 0, () => `const [${a} = ${other()}, , ${b} = ${other()}] = ${list!.name};`],
    [list ? 1 : 0, () => `const [${a}, ...${b}List] = ${list!.name}, ${b} = num(${b}List[1]);`],
    [record ? 2 : 0, () => `const { p: ${a}, z: ${b} = ${other()} } = ${record!.name};`],
    [record ? 1 : 0, () => `const { q: ${a} = 3, p: ${b} } = { ...${record!.name}, q: undefined };`],
    [
      1,
      () => `const [${a}, { x: ${b} = ${other()} }] = [${other()}, { x: ${m.random.pick(['undefined', other()])} }];`,
    ],
    [
      texts ? 0.5 : 0,
      () => `const [${a}Text, ${b} = 2] = [${texts!.name}[0], ${other()}], ${a} = ${a}Text?.length ?? 0;`,
    ],
  ])();
  if (text === null) return null;
  for (const name of [a, b]) m.declare(name, 'number', { isKept: false });
  return text;
}
