/**
 * Type inference for elements that were never set: what JavaScript skips there is refused, since `undefined` stands for them here.
 * In: calls of methods of arrays, literals, `Object.keys`. Out: diagnostics, and types that know of holes. Runs in the worker.
 */

import type { Argument, Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { objectOf, type Type, UNDEFINED } from './types.ts';

type MethodCall = Expression & { readonly kind: 'method' };

/** Methods that JavaScript does not call for elements that were never set. */
const SKIPS_HOLES: ReadonlySet<string> = new Set(
  'every filter flat flatMap forEach indexOf lastIndexOf map reduce reduceRight some sort'.split(' '),
);

/** Methods whose results lack what the array lacks. */
const KEEPS_HOLES: ReadonlySet<string> = new Set(['concat', 'slice', 'splice']);

const hasHoles = (type: Type): boolean => {
  const object = objectOf(type);
  return (object?.kind === 'array' || object?.kind === 'record') && object.hasHoles;
};

export function noteHoles(analysis: Analysis, type: Type): void {
  const object = objectOf(type);
  if ((object?.kind !== 'array' && object?.kind !== 'record') || object.hasHoles) return;
  object.hasHoles = true;
  analysis.unifier.changed = true;
}

/** Refuses a method that would skip elements of its array. */
export function refuseHoles(
  analysis: Analysis,
  { object, name, span }: MethodCall,
  type: Type,
  args: readonly Type[],
): void {
  if (!SKIPS_HOLES.has(name)) return;
  if (isArrayOfLength(object)) analysis.report(span, 'array-of-holes', name);
  else if (meetsHoles(name, type, args)) analysis.report(span, 'literal-holes', `\`${name}\``);
}

/** Numbers and texts are found, and sorted, wherever holes lie; `flat` also skips those of the rows. */
function meetsHoles(name: string, type: Type, args: readonly Type[]): boolean {
  const object = objectOf(type);
  if (name === 'sort' || object?.kind !== 'array') return false;
  if (name === 'indexOf' || name === 'lastIndexOf')
    return object.hasHoles && ((args[0]?.mask ?? UNDEFINED) & UNDEFINED) !== 0;
  return object.hasHoles || (name === 'flat' && hasHoles(object.element));
}

/** After a method was evaluated: parts and copies of an array have its holes. */
export function passHolesOn(analysis: Analysis, name: string, sources: readonly Type[], result: Type): void {
  if (KEEPS_HOLES.has(name) && sources.some(hasHoles)) noteHoles(analysis, result);
}

/** `Object.keys` and `for…in` leave holes out. */
export function refuseKeysOfHoles(analysis: Analysis, type: Type, argument: Argument | undefined): void {
  if (argument && hasHoles(type)) analysis.report(argument.value.span, 'literal-holes', 'a list of its keys');
}

/** `Array(n)` in the text: elements that were never set. */
export function isArrayOfLength(expression: Expression): boolean {
  if (expression.kind !== 'builtin' || expression.name !== 'Array' || expression.args.length !== 1) return false;
  const [argument] = expression.args;
  return !argument!.spread && argument!.value.kind !== 'array' && argument!.value.kind !== 'string';
}

/** Before the array is evaluated: `Array(n).fill(x)` never holds `undefined`, unless that is what fills it. */
export function noteFilled(analysis: Analysis, { object, name, args }: MethodCall): void {
  const lacks = isArrayOfLength(object) || (object.kind === 'array' && object.hasHoles);
  if (name === 'fill' && args.length === 1 && lacks) analysis.filledArrays.add(object);
}
