/**
 * Whole patches made at random: globals of all kinds, functions, statements of the top level in between, a default export
 * that uses them, and probes, which play what the globals hold, one after the other. All that is drawn is well-typed, ends
 * soon, never throws, and is run by JavaScript and by Segue alike.
 */

import { declareObject, declarePrimitive, destructure } from './declarations.ts';
import { WAVE, wave } from './elementary.ts';
import { type Declared, declareFunction, resultFor } from './functions.ts';
import { type Kind, NUMBER, TOP_LEVEL } from './kinds.ts';
import { Maker } from './maker.ts';
import { number } from './numbers.ts';
import { value } from './objects.ts';
import { Seeded } from './seeded.ts';
import { snippet } from './snippets.ts';
import { statements } from './statements.ts';

const PROLOGUE = `
const seen = (x) => {
  if (x !== x) return 0.123
  if (x === Infinity) return 3e30
  if (x === -Infinity) return -3e30
  return x > 1e30 || x < -1e30 ? x * 1e-286 : +x
}
const keep = (x) => (x === x && x < 1e9 && x > -1e9 ? +x : 3);`.trim();

/** Samples that the probes take turns at. */
const MAX_PROBES = 40;

/** The text of the patch that this seed stands for. */
export function randomProgram(seed: number): string {
  const { head, body } = write(new Maker(new Seeded(seed)));
  return `${PROLOGUE}\n${head}\n${body}`;
}

export interface EditedProgram {
  /** Before and after the edit, which changes what some expressions of the running code compute. */
  readonly texts: readonly [before: string, after: string];
  /** The one patch that changes itself by turns at these frames, the first time from `before` to `after`. */
  readonly self: (swapFrames: readonly number[]) => string;
}

/** Two variants of a patch. */
export function randomEdit(seed: number): EditedProgram {
  const m = new Maker(new Seeded(seed));
  const places: (readonly [before: string, after: string])[] = [];
  m.variants = (before, after) => `⟦${places.push([before, after]) - 1}⟧`;
  const { head, body } = write(m);
  const text = `${PROLOGUE}\n${head}\n${body}`;
  const fill = (choose: (place: readonly [before: string, after: string]) => string): string =>
    text.replace(/⟦(\d+)⟧/g, (_, position) => choose(places[Number(position)]!));
  return {
    texts: [fill(([before]) => before), fill(([, after]) => after)],
    self: (swapFrames) => {
      const isAfter = swapFrames.map((frame) => `(currentFrame >= ${frame})`).join(' !== ');
      return fill(([before, after]) => `(${isAfter} ? ${after} : ${before})`);
    },
  };
}

function write(m: Maker): { head: string; body: string } {
  const items: string[] = [];
  const later: string[] = [];
  const put = ({ text, isHoisted }: Declared): void => {
    (isHoisted && m.random.chance(0.4) ? later : items).push(text);
  };
  for (let count = m.random.between(7, 15); count > 0; count--) {
    m.fn = Maker.topLevel();
    m.statementsLeft = 5;
    m.stepsLeft = 4000;
    const item = (text: string | null): void => {
      if (text !== null) items.push(text);
    };
    m.random.weighted<() => void>([
      [3, () => item(declarePrimitive(m))],
      [5, () => item(declareObject(m))],
      [0.7, () => item(destructure(m))],
      [1, () => item(statements(m, 1))],
      [1.5, () => item(snippet(m))],
      [2, () => put(declareFunction(m, { phase: 'both', level: m.random.between(1, 2), ...resultFor(m, 'both') }))],
      [1.5, () => put(declareFunction(m, { phase: 'top', level: 2, ...resultFor(m, 'top') }))],
    ])();
  }
  for (let count = m.random.between(1, 3); count > 0; count--) {
    const level = m.random.between(1, 3);
    const { text } = declareFunction(m, { phase: 'frame', level, ...resultFor(m, 'frame') });
    // What runs per frame only may stand in front of what it uses.
    items.splice(m.random.below(items.length + 1), 0, text);
  }
  const probes = globalsOf(m);
  const helpers = declareHelpers(m);
  items.push(...helpers.map(({ text }) => text));
  const main = mainOf(m, helpers);
  items.splice(
    m.random.below(items.length + 1),
    0,
    `const probes = [\n${probes.map((text) => `  () => ${text},`).join('\n')}\n];`,
  );
  return { head: [...m.random.shuffled(later), ...items].join('\n'), body: main };
}

interface Helper {
  readonly name: string;
  readonly kind: Kind;
  readonly text: string;
}

/** Variables of the top level that only frames use, as formulas have them; each frame assigns them or does not. */
function declareHelpers(m: Maker): Helper[] {
  m.fn = Maker.topLevel();
  return Array.from({ length: m.random.below(4) }, () => {
    const kind = m.random.chance(0.5) ? NUMBER : m.pool.any(m.random);
    const name = m.fresh('h');
    const start = value(m, kind, 'top', 1);
    const isEmpty = kind.kind === 'number' && m.random.chance(0.4);
    return {
      name,
      kind,
      text: `let ${name}${isEmpty || start === null ? '' : ` = ${start}`};`,
      isThere: start !== null,
    };
  }).filter(({ isThere }) => isThere);
}

function mainOf(m: Maker, helpers: readonly Helper[]): string {
  const result = { kind: NUMBER, region: 'frame' } as const;
  const fn = {
    phase: 'frame',
    level: TOP_LEVEL,
    result: null,
    labels: [],
    isInLoop: false,
    isInSwitch: false,
  } as const;
  // Two variants are held against each other to the last bit.
  const isWaving = m.variants === null && m.random.chance(0.4);
  const left = isWaving ? `+left + ${WAVE}` : '+left';
  const sides = `seen(${left}), seen(+probes[currentFrame % probes.length]())`;
  const body = m.inFunction({ ...fn, labels: [] }, 1, () => {
    m.declare('t', NUMBER);
    for (const { name, kind } of helpers) m.declare(name, kind, { region: 'top', isMutable: true });
    const stirred = m.random.shuffled(m.visible(({ kind, isMutable }) => kind === NUMBER && isMutable)).slice(0, 3);
    const before = stirred.map(({ name }) => `${name} = keep(${name} * 1.3 + ${number(m, 2)});`);
    const text = statements(m, 8);
    m.fn = { ...m.fn, result };
    const heard = isWaving ? `\n${wave(m)}` : '';
    return `${before.join('\n')}\n${text}${heard}\nconst left = currentFrame % 2 ? ${number(m, 3)} : ${number(m, 3)}`;
  });
  return m.random.weighted<() => string>([
    [5, () => `export default (t) => {\n${body}\nreturn [${sides}]\n}`],
    [1, () => `export default function (t) {\n${body}\nreturn [${sides}]\n}`],
    [1, () => `export default function main(t) {\n${body}\nreturn [${sides}]\n}`],
    [1, () => `const play = (t) => {\n${body}\nreturn [${sides}]\n}\nexport default play`],
    [
      1,
      () => `const both = [0, 0]\nexport default (t) => {\n${body}\n;[both[0], both[1]] = [${sides}]\nreturn both\n}`,
    ],
    [1, () => `const pair = (a, b) => [a, b]\nexport default (t) => {\n${body}\nreturn pair(${sides})\n}`],
  ])();
}

/** Expressions that give what is to be seen of the globals. */
function globalsOf(m: Maker): string[] {
  const probes: string[] = [];
  const add = (text: string, kind: Kind): void => {
    switch (kind.kind) {
      case 'number':
      case 'boolean':
      case 'mixed':
      case 'character':
        probes.push(text);
        return;
      case 'array':
        for (let position = 0; position < kind.length; position++) add(`${text}[${position}]`, kind.element);
        return;
      case 'typed':
        for (let position = 0; position < kind.length; position++) probes.push(`${text}[${position}]`);
        return;
      case 'record':
        for (const [name, field] of Object.entries(kind.fields)) add(`${text}.${name}`, field);
        return;
      case 'tuple':
        for (const [position, item] of kind.items.entries()) add(`${text}[${position}]`, item);
        return;
      default:
    }
  };
  for (const { name, kind, callable } of m.visible(() => true)) if (!callable) add(name, kind);
  const some = m.random.shuffled(probes).slice(0, MAX_PROBES);
  return some.length > 0 ? some : ['0'];
}
