/** Strings as data: tables, songs, names of things. */

import { access } from './access.ts';
import { isSame, TEXT } from './kinds.ts';
import type { Maker } from './maker.ts';
import { index, number } from './numbers.ts';
import { boolean, character } from './primitives.ts';

const TEXTS = ['0123456789', 'ACDFGACE', 'x--x-x-', '', 'a', '  42 ', '0x1f', '1e3', 'héé', '-7.5', '\u{1f3b5}!'];

/** A string that is there. */
export function text(m: Maker, depth: number): string {
  const known = access(m, (kind) => isSame(kind, TEXT), Math.max(0, depth - 1), 'write', null);
  return m.random.weighted<() => string>([
    [known ? 3 : 0, () => known?.text ?? ''],
    [2, () => JSON.stringify(m.random.pick(TEXTS))],
    [depth > 0 ? 1 : 0, () => `(${boolean(m, depth - 1)} ? ${text(m, depth - 1)} : ${text(m, depth - 1)})`],
    [depth > 0 ? 0.5 : 0, () => `(${text(m, depth - 1)} || ${text(m, depth - 1)})`],
    [0.2, () => `\`${m.random.pick(['', 'ab'])}\${${m.random.pick(['1 + 2', '"x"', 'true'])}}\``],
    [m.fn.phase === 'top' && depth > 0 ? 1 : 0, () => `${text(m, depth - 1)}.${cutting(m, depth - 1)}`],
    [m.fn.phase === 'top' && depth > 0 ? 0.3 : 0, () => `(${split(m, depth - 1)}[${m.random.below(3)}] ?? 'none')`],
    [m.fn.phase === 'top' && depth > 0 ? 2 : 0, () => made(m, depth - 1)],
    [0.2, () => `"ab".${m.random.pick(['repeat(3)', 'toUpperCase()', 'slice(1)', 'padEnd(5, "-")'])}`],
  ])();
}

/** A string that is put together. What a frame makes has to be used at once. */
function made(m: Maker, depth: number): string {
  const inner = () => text(m, depth);
  const plain = () => number(m, Math.max(0, depth));
  const short = () => JSON.stringify(m.random.pick(['', '-', ' ', 'x', 'ab', '$&', '$$', '0']));
  return m.random.weighted<() => string>([
    [2, () => `(${inner()} + ${inner()})`],
    [1.5, () => `(${inner()} + ${plain()})`],
    [0.7, () => `(${plain()} + ${inner()})`],
    [0.7, () => `(${inner()} + ${boolean(m, Math.max(0, depth))})`],
    [1, () => `\`\${${plain()}}:\${${inner()}}\``],
    [1, () => `String(${plain()})`],
    [0.7, () => `(${plain()}).toFixed(${m.random.below(8)})`],
    [0.7, () => `(${plain()} | 0).toString(${m.random.between(2, 36)})`],
    [0.5, () => `(${plain()}).toString(${m.random.between(2, 36)})`],
    [
      1,
      () => `${inner()}.${m.random.pick(['toUpperCase()', 'toLowerCase()', 'trimStart()', 'trimEnd()', 'toString()'])}`,
    ],
    [0.7, () => `${inner()}.${m.random.pick(['padStart', 'padEnd'])}(${m.random.below(9)}, ${short()})`],
    [0.5, () => `${inner()}.repeat(${m.random.below(4)})`],
    [1, () => `${inner()}.${m.random.pick(['replace', 'replaceAll'])}(${short()}, ${short()})`],
    [0.5, () => `${inner()}.replace(${short()}, (found, at) => found + at)`],
    [0.7, () => `${inner()}.concat(${inner()}, ${plain()})`],
    [1, () => `[${inner()}, ${inner()}].join(${short()})`],
    [0.7, () => `[${plain()}, ${plain()}].join(${short()})`],
    [0.7, () => `${split(m, depth)}.map((part, i) => part + i).join(${short()})`],
    [0.5, () => `[...${split(m, depth)}, ${inner()}].sort().join(${short()})`],
  ])();
}

/** A method that cuts. What a frame cuts has to be used at once. */
function cutting(m: Maker, depth: number): string {
  const [a, b] = [number(m, Math.max(0, depth)), number(m, 0)];
  return m.random.weighted<() => string>([
    [1, () => `slice(${a}, ${b})`],
    [1, () => `slice(${a})`],
    [1, () => `substring(${a}, ${b})`],
    [1, () => `substr(${a}, ${b})`],
    [0.5, () => 'trim()'],
  ])();
}

const split = (m: Maker, depth: number): string =>
  `${text(m, depth)}.split(${JSON.stringify(m.random.pick(['', ' ', '-', '3', 'x-', '--']))})`;

export function textNumber(m: Maker, depth: number): string {
  const given = text(m, depth);
  return m.random.weighted<() => string>([
    [3, () => `${given}.charCodeAt(${index(m, depth)})`],
    [1, () => `${given}.length`],
    [0.5, () => `(${character(m, depth)}?.charCodeAt(0) ?? ${number(m, depth)})`],
    [0.3, () => `(${character(m, depth)}?.length)`],
    [1, () => `(+${given})`],
    [2, () => `(+${given}[${index(m, depth)}])`],
    [1, () => `parseInt(${given}[${index(m, depth)}], 36)`],
    [0.5, () => `parseInt(${given})`],
    [0.7, () => `parseInt(${given}.${cutting(m, depth)}, 36)`],
    [0.5, () => `(+${given}.${cutting(m, depth)})`],
    [0.3, () => `${given}.${cutting(m, depth)}.length`],
    [0.3, () => `${split(m, depth)}.length`],
    [0.5, () => `parseFloat(${given})`],
    [0.5, () => `(${given} ${m.random.pick(['*', '-', '|', '>>', '%'])} ${number(m, depth)})`],
    [1, () => `${given}.indexOf(${m.random.pick([character, text])(m, depth)})`],
    [0.5, () => `${given}.${m.random.pick(['indexOf', 'lastIndexOf'])}(${text(m, depth)}, ${number(m, depth)})`],
    [0.3, () => `(${given}.codePointAt(${number(m, depth)}) ?? -1)`],
  ])();
}

export function textBoolean(m: Maker, depth: number): string {
  const given = text(m, depth);
  return m.random.pick([
    () => `(${given} ${m.random.pick(['===', '!==', '==', '<', '>='])} ${m.random.pick([text, character])(m, depth)})`,
    () => `(${given} ${m.random.pick(['==', '!=', '<', '>'])} ${number(m, depth)})`,
    () => `${given}.includes(${character(m, depth)})`,
    () => `(${given}.${cutting(m, depth)} ${m.random.pick(['===', '!==', '==', '<', '>='])} ${text(m, depth)})`,
    () => `${given}.${m.random.pick(['startsWith', 'endsWith'])}(${text(m, depth)})`,
    () => `${given}.${m.random.pick(['startsWith', 'endsWith', 'includes'])}(${text(m, depth)}, ${number(m, depth)})`,
    () => `!${given}`,
  ])();
}

export function textCharacter(m: Maker, depth: number): string {
  return m.random.weighted<() => string>([
    [4, () => `${text(m, depth)}[${index(m, depth)}]`],
    [1, () => `${text(m, depth)}.at(${number(m, depth)})`],
    [1, () => `${text(m, depth)}.charAt(${number(m, depth)})`],
    [0.5, () => `String.fromCharCode(${number(m, depth)})`],
  ])();
}
