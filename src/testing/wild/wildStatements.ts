/** Statements of wild programs: jumps to labels from all places, assignments on some ways only, functions in functions. */

import { declareEarly } from './wildEarly.ts';
import type { WildKind, WildMaker } from './wildMaker.ts';
import {
  assignment,
  condition,
  derivedBytes,
  freshObject,
  number,
  objectAssignment,
  odd,
  writtenIndex,
} from './wildValues.ts';

type Writer = (m: WildMaker) => string | null;

const WRITERS: readonly (readonly [weight: number, writer: Writer])[] = [
  [6, (m) => ended(assignment(m, 2))],
  [4, (m) => ended(objectAssignment(m, 1))],
  [2, (m) => ended(number(m, 3))],
  [3, (m) => `if (${condition(m, 1)}) ${braced(m)}${m.random.chance(0.4) ? ` else ${braced(m)}` : ''}`],
  [4, labelledBlock],
  [3, labelledLoop],
  [1.5, switchOf],
  [2, declareLocal],
  [1, nestedFunction],
  [2, declareEarly],
  [1, changeBytes],
  [1, (m) => ended(`${condition(m, 1)} ${m.random.pick(['&&', '||'])} (${assignment(m, 1) ?? '0'})`)],
];

const ended = (text: string | null): string | null => text && `${/^[{[(]/.test(text) ? ';' : ''}${text};`;

export function statements(m: WildMaker, count: number): string {
  const written: string[] = [];
  for (let n = 0; n < count && m.takeStatement(); n++) {
    const jump = m.random.chance(0.2) ? jumpOf(m) : null;
    const text = jump ?? m.random.weighted(m.depth > 4 ? WRITERS.slice(0, 3) : WRITERS)(m);
    if (text !== null) written.push(text);
  }
  return written.join('\n');
}

export const braced = (m: WildMaker, count = m.random.between(1, 3)): string =>
  m.inScope(() => `{ ${statements(m, count)} }`);

/** Leaves something, mostly in some frames only. */
function jumpOf(m: WildMaker): string | null {
  const jumps: string[] = [];
  if (m.isInLoop) jumps.push('break;', 'continue;');
  else if (m.isInSwitch) jumps.push('break;');
  for (const { name, isLoop } of m.labels) {
    jumps.push(`break ${name};`, `break ${name};`);
    if (isLoop) jumps.push(`continue ${name};`, `continue ${name};`);
  }
  if (jumps.length === 0) return null;
  const jump = m.random.pick(jumps);
  return m.random.chance(0.9) ? `if (${condition(m, 1)}) ${jump}` : jump;
}

function labelledBlock(m: WildMaker): string {
  const name = m.fresh('L');
  const { labels } = m;
  m.labels = [...labels, { name, isLoop: false }];
  const body = braced(m, m.random.between(2, 4));
  m.labels = labels;
  return `${name}: ${body}`;
}

function labelledLoop(m: WildMaker): string {
  const { labels, isInLoop, isInSwitch } = m;
  const label = m.random.chance(0.7) ? m.fresh('L') : null;
  const i = m.fresh('i');
  const turns = m.random.between(1, 3);
  const body = (): string => {
    if (label) m.labels = [...labels, { name: label, isLoop: true }];
    m.isInLoop = true;
    m.isInSwitch = false;
    const text = m.inScope(() => {
      m.declare({ name: i, kind: 'number', isMutable: false, isMaybe: false, isShared: true });
      return `{ ${statements(m, m.random.between(1, 3))} }`;
    });
    Object.assign(m, { labels, isInLoop, isInSwitch });
    return text;
  };
  const head = label ? `${label}: ` : '';
  const step = (): string => (m.random.chance(0.3) ? `, ${assignment(m, 1) ?? '0'}` : '');
  return m.random.weighted<() => string>([
    [4, () => `${head}for (let ${i} = 0; ${i} < ${turns}; ${i}++${step()}) ${body()}`],
    [2, () => `{ let ${i} = ${turns}; ${head}while (${i}-- > 0) ${body()} }`],
    [2, () => `{ let ${i} = ${turns}; ${head}do ${body()} while (--${i} > 0); }`],
    [1, () => `{ let ${i} = ${turns}; ${head}while (${i}-- > 0 && ${condition(m, 1)}) ${body()} }`],
    [1, () => `${head}for (const ${i} of [${number(m, 1)}, ${number(m, 0)}]) ${body()}`],
    [1, () => overArray(m, head, i, body)],
  ])();
}

function overArray(m: WildMaker, head: string, name: string, body: () => string): string {
  const found = m.visible(({ kind, isMaybe }) => (kind === 'numbers' || kind === 'bytes') && !isMaybe);
  return `${head}for (const ${name} of ${found.length > 0 ? m.random.pick(found).name : '[1, 2]'}) ${body()}`;
}

function switchOf(m: WildMaker): string {
  const { isInSwitch, isInLoop } = m;
  const cases = Array.from({ length: m.random.between(2, 4) }, (_, position) => {
    m.isInSwitch = true;
    m.isInLoop = false;
    const body = m.inScope(() => statements(m, m.random.between(1, 2)));
    Object.assign(m, { isInSwitch, isInLoop });
    const test = m.random.chance(0.2) ? `(${assignment(m, 1) ?? '9'})` : String(position);
    return `case ${test}: ${hasDeclaration(body) ? `{ ${body} }` : body}${m.random.chance(0.5) ? ' break;' : ''}`;
  });
  if (m.random.chance(0.5)) {
    cases.splice(m.random.below(cases.length + 1), 0, `default: ${assignment(m, 1) ?? '0'};`);
  }
  return `switch (${m.random.chance(0.6) ? `currentFrame % ${m.random.between(2, 4)}` : number(m, 1)}) { ${cases.join('\n')} }`;
}

const hasDeclaration = (text: string): boolean => /\b(?:let|const|function) /.test(text);

function declareLocal(m: WildMaker): string {
  const kind = m.random.pick<WildKind>(['number', 'number', 'numbers', 'bytes', 'record', 'function']);
  const name = m.fresh('v');
  const isMutable = m.random.chance(0.6);
  const isMaybe = isMutable && kind !== 'number' && m.random.chance(0.3);
  const value = kind === 'number' ? number(m, 2) : freshObject(m, kind, 2);
  const start = isMutable && isMaybe ? '' : ` = ${value}`;
  m.declare({ name, kind, isMutable, isMaybe, isShared: true });
  return `${isMutable ? 'let' : 'const'} ${name}${start};`;
}

/** Declared in front of its use or behind it. */
function nestedFunction(m: WildMaker): string {
  const name = m.fresh('f');
  const text = m.inFunction(() => {
    const parameter = m.fresh('p');
    m.declare({ name: parameter, kind: 'number', isMutable: true, isMaybe: false, isShared: true });
    return `function ${name}(${parameter}) { ${statements(m, 2)} return ${number(m, 2)} }`;
  });
  const call = ended(m.random.chance(0.5) ? `${name}(${number(m, 1)})` : (useOf(m, name) ?? `${name}(1)`));
  m.declare({ name, kind: 'function', isMutable: false, isMaybe: false, isShared: false });
  return m.random.chance(0.5) ? `${call}\n${text}` : `${text}\n${call}`;
}

function useOf(m: WildMaker, name: string): string | null {
  const target = m.find('number', true);
  return target && `${target.name} = ${name}(${number(m, 1)})`;
}

function changeBytes(m: WildMaker): string | null {
  const found = m.visible(({ kind, isMaybe }) => kind === 'bytes' && !isMaybe);
  if (found.length === 0) return null;
  const { name } = m.random.pick(found);
  const other = m.random.pick(found).name;
  return m.random.weighted<() => string>([
    [2, () => `${name}[${writtenIndex(m, 1)}] = ${number(m, 1)};`],
    [2, () => `${derivedBytes(m, 1) ?? name};`],
    // Bounds that do not fit are an exception in JavaScript.
    [1, () => `${name}.set(${other});`],
    [1, () => `${name}.set([${number(m, 1)}, ${number(m, 1)}], ${m.random.chance(0.3) ? odd(m) : m.random.below(3)});`],
    [1, () => `${name}.set(${other}.subarray(${m.random.below(3)}), ${m.random.below(3)});`],
  ])();
}
