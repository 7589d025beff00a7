/**
 * `**` as calls of `Math.pow`, so that a patch's own functions are asked and not the engine's: in plain JavaScript, with nothing
 * else changed. (What esbuild makes of functions in blocks is not what JavaScript does.) In: a script. Out: a script. Tests only.
 */

import { parse } from '@babel/parser';
import type { AssignmentExpression, BinaryExpression, MemberExpression, Node } from '@babel/types';

/** `object[key] **= value`: object and key are evaluated once, and the value after what is there was read. */
const INTO = `const powerInto = (object, key, value) => { const base = object[key]; return (object[key] = Math.pow(base, value())); };`;

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

const partsOf = (node: Node): Node[] =>
  Object.values(node)
    .flatMap((value: unknown) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter(isNode)
    .sort((a, b) => a.start! - b.start!);

/** @throws SyntaxError where the text is no JavaScript. */
export function withoutPowers(text: string): string {
  const source = (node: Node): string => {
    if (node.type === 'BinaryExpression' && node.operator === '**') return power(node);
    if (node.type === 'AssignmentExpression' && node.operator === '**=') return assigned(node);
    let out = '';
    let at = node.start!;
    for (const part of partsOf(node)) {
      // A shorthand property is its key and its value.
      if (part.start! < at) continue;
      out += text.slice(at, part.start!) + source(part);
      at = part.end!;
    }
    return out + text.slice(at, node.end!);
  };
  const power = ({ left, right }: BinaryExpression): string => `Math.pow((${source(left)}), (${source(right)}))`;
  const assigned = ({ left, right }: AssignmentExpression): string => {
    if (left.type === 'MemberExpression') return into(left, source(right));
    return `(${source(left)} = Math.pow(${source(left)}, (${source(right)})))`;
  };
  const into = ({ object, property, computed }: MemberExpression, value: string): string =>
    `powerInto((${source(object)}), ${computed ? `(${source(property)})` : JSON.stringify(source(property))}, () => (${value}))`;
  const { program } = parse(text, { sourceType: 'script', strictMode: true });
  return `${INTO}\n${source(program)}`;
}
