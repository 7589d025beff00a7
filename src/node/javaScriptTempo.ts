/**
 * The tempo of a patch that runs as plain JavaScript. In: its code, without types. Out: an expression that, at the end of that
 * code, says how many beats a minute has: the number that the top level declares as `bpm` or `tempo`, unless a function assigns
 * to it; 60 without one. Node only, for benchmarks and for the oracle of the tests.
 */

import { parse } from '@babel/parser';

/** A node of a syntax tree, or a list of them, or a plain value. */
type Part = unknown;

const isNode = (part: Part): part is { readonly type: string } & Record<string, Part> =>
  typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string';

const partsOf = (part: Part): readonly Part[] => {
  if (Array.isArray(part)) return part;
  return isNode(part) ? Object.values(part).filter((value) => typeof value === 'object') : [];
};

export function tempoExpression(code: string): string {
  const { program } = parse(code, { sourceType: 'script' });
  const names = ['bpm', 'tempo'].filter((name) => !isAssignedIn(program, name, false));
  const values = names.map((name) => `typeof ${name} === 'number' && Number.isFinite(${name}) ? ${name}`);
  return `(${[...values, '60'].join(' : ')})`;
}

/** Whether a function within assigns to this name, and does not mean a variable of its own. */
function isAssignedIn(part: Part, name: string, isInFunction: boolean): boolean {
  let isWithin = isInFunction;
  if (isNode(part)) {
    if (/Function|Method$/.test(part.type)) {
      if (names(part.params, name) || declares(part.body, name)) return false;
      isWithin = true;
    }
    const target = { AssignmentExpression: part.left, UpdateExpression: part.argument }[part.type];
    if (isWithin && target !== undefined && names(target, name)) return true;
  }
  return partsOf(part).some((inner) => isAssignedIn(inner, name, isWithin));
}

/** Whether a pattern has the name, or an identifier is it. */
function names(pattern: Part, name: string): boolean {
  if (isNode(pattern)) {
    if (pattern.type === 'Identifier') return pattern.name === name;
    if (pattern.type === 'MemberExpression') return false;
    if (pattern.type === 'AssignmentPattern') return names(pattern.left, name);
  }
  return partsOf(pattern).some((inner) => names(inner, name));
}

/** Whether a body declares the name, itself or in a block of its own. */
function declares(body: Part, name: string): boolean {
  if (isNode(body) && body.type === 'VariableDeclarator' && names(body.id, name)) return true;
  return partsOf(body).some((inner) => declares(inner, name));
}
