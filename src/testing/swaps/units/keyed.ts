/** Numbers under keys: in a map, in an object that is read by keys, or keys in a set, which come and go. Tests only. */

import { type Cells, type Common, hear, heard, type Parts, type PutCell, type UnitSource } from './unit.ts';

export interface KeyedMember {
  readonly key: string;
  readonly step: number;
  readonly init: number;
}

/** Numbers in a map or an object, each of which steps on. */
export interface Keyed extends Common {
  readonly kind: 'keyed';
  readonly form: 'map' | 'table';
  readonly members: readonly KeyedMember[];
}

/** Keys in a set, each of which leaves or comes back at every so many frames. */
export interface Crowd extends Common {
  readonly kind: 'crowd';
  readonly keys: readonly { readonly key: string; readonly period: number }[];
  readonly count: number;
}

const memberOf = (source: UnitSource): KeyedMember => {
  const n = source.fresh();
  return { key: `k${n}`, step: n / 256, init: source.init() };
};

export function newKeyed(source: UnitSource, common: Common): Keyed {
  const members = Array.from({ length: source.random.between(1, 4) }, () => memberOf(source));
  return { ...common, kind: 'keyed', form: source.random.pick(['map', 'table'] as const), members };
}

export function changedKeyed(source: UnitSource, { members }: Keyed): Partial<Keyed> {
  const { random } = source;
  const at = random.below(members.length);
  return random.weighted<() => Partial<Keyed>>([
    [1, () => ({})],
    [3, () => ({ members: members.toSpliced(random.below(members.length + 1), 0, memberOf(source)) })],
    [2, () => (members.length > 1 ? { members: members.toSpliced(at, 1) } : {})],
    [2, () => ({ members: random.shuffled(members) })],
  ])();
}

export function putKeyed({ id, form, members }: Keyed, put: PutCell): void {
  for (const { key, init } of members) put(`${id}/${form}/${key}`, init);
}

export function frameOfKeyed({ id, form, members, gain }: Keyed, before: number, cells: Cells): number {
  let sum = before;
  for (const { key, step } of members) {
    const place = `${id}/${form}/${key}`;
    cells.write(place, (cells.read(place) + step) % 1);
    sum = hear(sum, gain, cells.read(place));
  }
  return sum;
}

export function partsOfKeyed({ name, form, members, gain }: Keyed): Parts {
  if (form === 'table') {
    const steps = members.map(({ key, step }) => `${key}: ${step}`).join(', ');
    return {
      text: `const ${name}Steps = { ${steps} }\nconst ${name} = { ${members.map(({ key, init }) => `${key}: ${init}`).join(', ')} }`,
      use: `for (const k in ${name}) {\n${name}[k] = (${name}[k] + ${name}Steps[k]) % 1\n${heard(gain, `${name}[k]`)}\n}`,
    };
  }
  const pairs = (value: (member: KeyedMember) => number): string =>
    members.map((member) => `['${member.key}', ${value(member)}]`).join(', ');
  return {
    text: `const ${name}Steps = [${pairs(({ step }) => step)}]\nconst ${name} = new Map([${pairs(({ init }) => init)}])`,
    use: `for (const [k, step] of ${name}Steps) {\n${name}.set(k, (${name}.get(k) + step) % 1)\n${heard(gain, `${name}.get(k)`)}\n}`,
  };
}

const keyOf = (source: UnitSource): Crowd['keys'][number] => {
  const period = source.random.between(3, 40);
  return { key: `k${source.fresh()}`, period };
};

export function newCrowd(source: UnitSource, common: Common): Crowd {
  const keys = Array.from({ length: source.random.between(1, 4) }, () => keyOf(source));
  return { ...common, kind: 'crowd', keys, count: source.init() };
}

export function changedCrowd(source: UnitSource, { keys }: Crowd): Partial<Crowd> {
  const { random } = source;
  return random.weighted<() => Partial<Crowd>>([
    [1, () => ({})],
    [3, () => ({ keys: keys.toSpliced(random.below(keys.length + 1), 0, keyOf(source)) })],
    [2, () => (keys.length > 1 ? { keys: keys.toSpliced(random.below(keys.length), 1) } : {})],
    [2, () => ({ keys: random.shuffled(keys) })],
  ])();
}

export function putCrowd({ id, keys, count }: Crowd, put: PutCell): void {
  put(`${id}/count`, count);
  for (const { key } of keys) put(`${id}/${key}`, 1);
}

export function frameOfCrowd({ id, keys, gain }: Crowd, before: number, cells: Cells): number {
  const count = cells.read(`${id}/count`) + 1;
  cells.write(`${id}/count`, count);
  let sum = before;
  for (const [n, { key, period }] of keys.entries()) {
    const place = `${id}/${key}`;
    if (Math.floor(count) % period === 0) cells.write(place, 1 - cells.read(place));
    if (cells.read(place) === 1) sum = hear(sum, gain, n + 1);
  }
  return sum;
}

export function partsOfCrowd({ name, keys, count, gain }: Crowd): Parts {
  const lines = keys.map(
    ({ key, period }, n) =>
      `if (Math.floor(${name}Count) % ${period} === 0 && !${name}.delete('${key}')) ${name}.add('${key}')\nif (${name}.has('${key}')) ${heard(gain, String(n + 1))}`,
  );
  return {
    text: `let ${name}Count = ${count}\nconst ${name} = new Set([${keys.map(({ key }) => `'${key}'`).join(', ')}])`,
    use: `${name}Count += 1\n${lines.join('\n')}`,
  };
}
