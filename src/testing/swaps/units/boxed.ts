/** A variable, a member or an element that holds values of several kinds in turn. Tests only. */

import { type Cells, type Common, hear, heard, type Parts, type PutCell, type UnitSource } from './unit.ts';

const KINDS = ['number', 'text', 'null', 'boolean', 'list', 'record', 'function'] as const;
type Kind = (typeof KINDS)[number];

export interface Boxed extends Common {
  readonly kind: 'boxed';
  readonly form: 'variable' | 'member' | 'element';
  /** In the order in which it holds them; it begins with a number. */
  readonly kinds: readonly Kind[];
  readonly count: number;
  /** What it begins with, and what it holds as a number later. */
  readonly number: number;
  /** What its list and its record begin with. */
  readonly list: number;
  readonly record: number;
}

const HELD_FRAMES = 7;

export function newBoxed(source: UnitSource, common: Common): Boxed {
  const { random } = source;
  const kinds = random.shuffled(KINDS).slice(0, random.between(2, 4));
  const form = random.pick(['variable', 'member', 'element'] as const);
  const [count, number, list, record] = [source.init(), source.init(), source.init(), source.init()];
  return { ...common, kind: 'boxed', form, kinds, count, number, list, record };
}

export function changedBoxed(source: UnitSource, { kinds }: Boxed): Partial<Boxed> {
  const { random } = source;
  const others = KINDS.filter((kind) => !kinds.includes(kind));
  return random.weighted<() => Partial<Boxed>>([
    [1, () => ({})],
    [1, () => ({ count: source.init() })],
    [1, () => ({ list: source.init() })],
    [2, () => (others.length > 0 ? { kinds: [...kinds, random.pick(others)] } : {})],
    [2, () => ({ kinds: random.shuffled(kinds) })],
  ])();
}

export function putBoxed({ id, kinds, form, count, number, list, record }: Boxed, put: PutCell): void {
  put(`${id}/count`, count);
  // It begins with a number, and the elements of a list are all of the same kinds.
  put(`${id}/value`, number, { kinds: [...kinds, 'number', ...(form === 'element' ? ['text'] : [])] });
  // What no frame uses is no state.
  if (kinds.includes('list')) put(`${id}/list`, list);
  if (kinds.includes('record')) put(`${id}/record`, record);
}

export function frameOfBoxed(unit: Boxed, sum: number, cells: Cells): number {
  const { id, kinds, gain } = unit;
  const count = cells.read(`${id}/count`) + 1;
  cells.write(`${id}/count`, count);
  const whole = Math.floor(count);
  if (whole % HELD_FRAMES === 0) {
    const kind = kinds[Math.floor(whole / HELD_FRAMES) % kinds.length]!;
    cells.write(`${id}/value`, kind === 'number' ? unit.number : kind);
  }
  const step = (place: string): number => {
    cells.write(place, (cells.read(place) * 1.25 + 0.5) % 11);
    return cells.read(place);
  };
  const value = cells.text(`${id}/value`) as Kind | number;
  if (typeof value === 'number') return hear(sum, gain, value);
  switch (value) {
    case 'list':
      return hear(sum, gain, step(`${id}/list`));
    case 'record':
      return hear(sum, gain, step(`${id}/record`));
    default:
      return hear(sum, gain, { text: 4, null: 0.125, boolean: 0.375, function: 3, number: 0 }[value]);
  }
}

export function partsOfBoxed({ name, form, kinds, count, number, list, record, gain }: Boxed): Parts {
  const place = { variable: `${name}Value`, member: `${name}.value`, element: `${name}[1]` }[form];
  const values: Readonly<Record<Kind, string>> = {
    ...{ number: String(number), text: `'text'`, null: 'null', boolean: 'true' },
    ...{ list: `${name}List`, record: `${name}Record`, function: `${name}Function` },
  };
  const cases = kinds.map((kind, n) => `case ${n}: ${place} = ${values[kind]}; break`);
  const step = (target: string): string => `${target} = (${target} * 1.25 + 0.5) % 11; y = ${target}`;
  const has = (kind: Kind, text: string): string[] => (kinds.includes(kind) ? [text] : []);
  const branches = [
    `if (typeof now === 'number') y = now`,
    ...has('text', `if (typeof now === 'string') y = now.length`),
    ...has('null', 'if (now === null) y = 0.125'),
    ...has('boolean', `if (typeof now === 'boolean') y = 0.375`),
    ...has('function', `if (typeof now === 'function') y = now(1)`),
    ...has('list', `if (Array.isArray(now)) { ${step('now[0]')} }`),
    ...has('record', `if (now !== null && typeof now === 'object' && !Array.isArray(now)) { ${step('now.a')} }`),
  ].join('\nelse ');
  const use = `{
${name}Count += 1
const whole = Math.floor(${name}Count)
if (whole % ${HELD_FRAMES} === 0) switch (Math.floor(whole / ${HELD_FRAMES}) % ${kinds.length}) {\n${cases.join('\n')}\n}
const now = ${place}
let y = 0
${branches}
${heard(gain, 'y')}
}`;
  const made = {
    variable: `let ${place} = ${number}`,
    member: `const ${name} = { value: ${number} }`,
    element: `const ${name} = [0, ${number}, 'none']`,
  }[form];
  const text = `const ${name}List = [${list}, 2]
const ${name}Record = { a: ${record} }
const ${name}Function = (x) => x + 2
let ${name}Count = ${count}
${made}`;
  return { text, use };
}
