/** Maps, sets and objects that are read by keys: what is made of them, and what changes them. */

import { box } from './everydayBoxes.ts';
import type { EverydayMaker } from './everydayMaker.ts';
import { number } from './everydayNumbers.ts';
import { key, literalText } from './everydayTexts.ts';

/** A number that a map, a set or a table gives; `null`: there is none. */
export function tableNumber(m: EverydayMaker, depth: number): string | null {
  const map = m.find('numbersByText');
  const numbered = m.find('numbersByNumber');
  const boxed = m.find('boxesByText');
  const set = m.find('set');
  const table = m.find('table');
  const other = (): string => number(m, depth);
  return m.random.weighted<() => string | null>([
    [map ? 2 : 0, () => `(${map!.name}.get(${key(m, depth)}) ?? ${other()})`],
    [map ? 0.5 : 0, () => `num(${map!.name}.get(${key(m, depth)}))`],
    [map ? 0.5 : 0, () => `${map!.name}.size`],
    [map ? 0.5 : 0, () => `[...${map!.name}.values()].reduce((s, v) => num(s + v), ${other()})`],
    [map ? 0.5 : 0, () => `[...${map!.name}].reduce((s, [k, v]) => num(s + v * k.length), 0)`],
    [map ? 0.3 : 0, () => `[...${map!.name}.keys()].indexOf(${literalText(m)})`],
    [numbered ? 1 : 0, () => `(${numbered!.name}.get(${other()} & 3) ?? ${other()})`],
    [numbered ? 0.5 : 0, () => `(${numbered!.name}.has(${other()}) ? 1 : ${numbered!.name}.size)`],
    [boxed ? 1 : 0, () => `num(${boxed!.name}.get(${key(m, depth)}))`],
    [set ? 1 : 0, () => `(${set!.name}.has(${key(m, depth)}) ? ${other()} : ${set!.name}.size)`],
    [set ? 0.5 : 0, () => `[...${set!.name}].length`],
    [table ? 2 : 0, () => `(${table!.name}[${key(m, depth)}] ?? ${other()})`],
    [table ? 1 : 0, () => `(${key(m, depth)} in ${table!.name} ? ${other()} : 2)`],
    [table ? 0.5 : 0, () => `Object.keys(${table!.name}).length`],
    [table ? 0.5 : 0, () => `num(Object.values(${table!.name})[${other()} & 1])`],
    [table ? 0.5 : 0, () => `Object.entries(${table!.name}).reduce((s, [k, v]) => num(s + v + k.length), 0)`],
    [0.001, () => null],
  ])();
}

/** A statement that changes one of them; `null`: there is none. */
export function changeTable(m: EverydayMaker, depth: number): string | null {
  const map = m.find('numbersByText');
  const numbered = m.find('numbersByNumber');
  const boxed = m.find('boxesByText');
  const set = m.find('set');
  const table = m.find('table');
  const isTop = m.phase === 'top' && m.mayAdd();
  const mayAdd = m.mayAdd();
  // Frames find the keys that there are; the top level adds some.
  const known = (name: string, write: (k: string) => string): string => {
    const k = m.fresh('k');
    return isTop
      ? write(key(m, depth))
      : `{ const ${k} = KEYS[${number(m, 0)} & 3]; if (${name}.has(${k})) ${write(k)} }`;
  };
  const value = (): string => `num(${number(m, depth)})`;
  return m.random.weighted<() => string | null>([
    [map ? 3 : 0, () => known(map!.name, (k) => `${map!.name}.set(${k}, ${value()});`)],
    [map ? 1 : 0, () => known(map!.name, (k) => `${map!.name}.set(${k}, num((${map!.name}.get(${k}) ?? 0) + 1));`)],
    [map && mayAdd ? 0.7 : 0, () => `${map!.name}.delete(${key(m, depth)});`],
    [map && mayAdd ? 0.7 : 0, () => `if (${map!.name}.delete('a')) ${map!.name}.set('a', ${value()});`],
    [numbered ? 1 : 0, () => `if (${numbered!.name}.has(1)) ${numbered!.name}.set(1, ${value()});`],
    [numbered && isTop ? 1 : 0, () => `${numbered!.name}.set(${number(m, 0)}, ${value()}).set(2, ${value()});`],
    [boxed ? 1.5 : 0, () => known(boxed!.name, (k) => `${boxed!.name}.set(${k}, ${box(m, depth, boxed!.isKept)});`)],
    [set && isTop ? 1 : 0, () => `${set!.name}.add(${key(m, depth)});`],
    [set && mayAdd ? 0.7 : 0, () => `${set!.name}.delete(${literalText(m)});`],
    [set && mayAdd ? 0.5 : 0, () => `if (${set!.name}.delete('a')) ${set!.name}.add('a');`],
    [table ? 2 : 0, () => changeMember(m, table!.name, depth)],
    [map && mayAdd ? 0.1 : 0, () => `${map!.name}.clear();`],
    [0.001, () => null],
  ])();
}

/** Assigns to a key that the table has. */
function changeMember(m: EverydayMaker, name: string, depth: number): string {
  const k = m.fresh('k');
  return m.one(
    () => `for (const ${k} in ${name}) ${name}[${k}] = num(${name}[${k}] + ${number(m, depth)});`,
    () => `{ const ${k} = ${key(m, depth)}; if (${k} in ${name}) ${name}[${k}] = num(${number(m, depth)}); }`,
    () => `{ const ${k} = ${key(m, 0)}; if (${name}[${k}] !== undefined) ${name}[${k}]++; }`,
    () => `for (const ${k} of Object.keys(${name})) if (${k} !== 'b') ${name}[${k}] *= 0.5;`,
  );
}
