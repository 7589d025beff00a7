/** Type inference for spread arguments: which parameters the elements of an array go to. */

import type { Argument, Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { isSpreadable, joinParts, partsOf, present } from './arrays.ts';
import { callLibrary } from './calls.ts';
import { anyElement } from './parts.ts';
import {
  type Closure,
  describeType,
  isUnknown,
  NOTHING,
  NUMBER,
  objectOf,
  partId,
  primitive,
  type Type,
} from './types.ts';

/** What a call passes when spread arguments have been taken apart. */
export interface Passed {
  readonly types: readonly Type[];
  /** The last one is the array that the rest parameter is to hold. */
  readonly isRestGiven: boolean;
}

/** Spread works for functions of the patch and a few built-in ones only. */
export function refuseSpread(analysis: Analysis, args: readonly Argument[]): void {
  for (const argument of args) if (argument.spread) analysis.report(argument.value.span, 'spread-needs-array-literal');
}

/** How many parameters the functions have that a call may reach. `null`: any number. */
export function parameterCount(members: readonly Closure[]): number | null {
  const lists = members.map(({ node }) => (node.hasThis ? node.parameters.slice(1) : node.parameters));
  if (lists.some((parameters) => parameters[parameters.length - 1]?.rest)) return null;
  return Math.max(...lists.map((parameters) => parameters.length));
}

/** How many parameters a function has in front of its rest parameter, without `this`. */
export const fixedCount = ({ node }: Closure): number => node.parameters.length - (node.hasThis ? 2 : 1);

/** The id of the call that takes the end of a spread array for a rest parameter. */
export const tailId = (expressionId: number): number => partId(expressionId, 2 ** 18);

/** Whether a spread argument has elements whose number is not known before the call. */
export const isOpen = (type: Type): boolean => objectOf(type)?.kind !== 'record';

type CallExpression = Expression & { readonly kind: 'call' | 'method' };

export function takeApart(
  analysis: Analysis,
  expression: CallExpression,
  types: readonly Type[],
  members: readonly Closure[],
): Passed {
  const { args } = expression;
  if (!args.some((arg) => arg.spread)) return { types, isRestGiven: false };
  const count = parameterCount(members);
  const first = args.findIndex((arg, position) => arg.spread && isOpen(types[position]!));
  const passed = knownTypes(analysis, first < 0 ? args : args.slice(0, first), types);
  if (first < 0) return { types: passed, isRestGiven: false };
  if (count !== null) {
    // As many elements as there are parameters left.
    const source = passed.length < count ? sourceType(analysis, expression, types, first) : NOTHING;
    while (passed.length < count) passed.push(elementOf(source));
    return { types: passed, isRestGiven: false };
  }
  if (members.length > 1) {
    analysis.report(args[first]!.value.span, 'spread-needs-array-literal');
    return { types: [NOTHING], isRestGiven: false };
  }
  const fixed = fixedCount(members[0]!);
  if (passed.length > fixed) {
    const extra = args.findIndex(
      (_, position) => knownTypes(analysis, args.slice(0, position + 1), types).length > fixed,
    );
    const rest = joinParts(analysis, expression, partsOf(args.slice(extra), types.slice(extra)), true);
    return { types: [...passed.slice(0, fixed), rest], isRestGiven: true };
  }
  if (passed.length === fixed) {
    const rest = joinParts(analysis, expression, partsOf(args.slice(first), types.slice(first)), true);
    return { types: [...passed, rest], isRestGiven: true };
  }
  const source = sourceType(analysis, expression, types, first);
  while (passed.length < fixed) passed.push(elementOf(source));
  const { span } = args[first]!.value;
  const tail = callLibrary(analysis, 'arrayTail', [present(source), primitive(NUMBER)], tailId(expression.id), span);
  return { types: [...passed, tail], isRestGiven: true };
}

/** The types that arguments pass whose number is known. */
function knownTypes(analysis: Analysis, args: readonly Argument[], types: readonly Type[]): Type[] {
  return args.flatMap(({ spread, value }, position) => {
    const type = types[position]!;
    if (!spread) return [type];
    const object = objectOf(type);
    if (object?.kind === 'record' && object.isTuple) return [...object.fields.values()].map((field) => field.type);
    if (!isUnknown(type)) analysis.report(value.span, 'not-spreadable', analysis.quote(value.span), describeType(type));
    return [];
  });
}

/** What elements are read from: a spread array at the end, or an array of all arguments from there on. */
function sourceType(analysis: Analysis, expression: CallExpression, types: readonly Type[], first: number): Type {
  const { args } = expression;
  if (!isSpreadable(analysis, types[first]!, args[first]!.value.span)) return NOTHING;
  return isSource(args, types[first]!, first)
    ? types[first]!
    : joinParts(analysis, expression, partsOf(args.slice(first), types.slice(first)), true);
}

/** Whether elements are read from the spread argument itself. */
export const isSource = (args: readonly Argument[], type: Type, first: number): boolean =>
  first === args.length - 1 && objectOf(type) !== null;

const elementOf = (source: Type): Type => (source === NOTHING ? NOTHING : anyElement(source, false));
