/**
 * `console.log(…)` and its like. In: a call. Out: calls of src/library/dsp/internal/console.ts, with the number of the place, after all
 * arguments have been evaluated. Pure.
 */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import { MAX_PRINT_SITES } from '../../protocol/printed.ts';
import type { Argument, Expression, Statement } from '../ast.ts';
import type { Context } from './context.ts';
import { resolveExpression } from './expressions.ts';
import { peek } from './members.ts';

const PRINTING: ReadonlySet<string> = new Set(
  'log info debug warn error trace table dir group groupCollapsed'.split(' '),
);
const SILENT: ReadonlySet<string> = new Set(
  'groupEnd time timeEnd timeLog clear count countReset profile profileEnd'.split(' '),
);

/** The name of a temporary that holds what is printed and nothing else. */
export const PRINTED = 'printed';

type Callee = Babel.MemberExpression | Babel.OptionalMemberExpression;

/** The method of `console` that is meant; `null`: it is something else. */
export function consoleMethod(context: Context, { object, property, computed }: Callee): string | null {
  if (object.type !== 'Identifier' || object.name !== 'console' || computed || property.type !== 'Identifier')
    return null;
  if (!context.library || peek(context, 'console') || context.brokenNames.has('console')) return null;
  const { name } = property;
  return PRINTING.has(name) || SILENT.has(name) || name === 'assert' ? name : null;
}

export function consoleCall(context: Context, name: string, args: readonly Argument[], span: Span): Expression {
  const expression = <Kind extends object>(kind: Kind) => ({ id: context.freshId(), span, ...kind });
  const nothing: Expression = expression({ kind: 'undefined' as const });
  const statements: Statement[] = [];
  const values = args.map(({ value }): Expression => {
    if (value.kind === 'string' || value.kind === 'number') return value;
    const variable = context.temporary(PRINTED, value.span);
    statements.push({ kind: 'declare', span: value.span, variable, value });
    return { id: context.freshId(), span: value.span, kind: 'variable', variable };
  });
  const effects: Expression[] = [];
  const call = (functionName: string, ...given: readonly Expression[]): void => {
    const variable = context.useInternal('dsp/internal/console.ts', functionName);
    if (!variable) return;
    const callee: Expression = expression({ kind: 'variable' as const, variable });
    const passed = given.map((value) => ({ value, spread: false }));
    effects.push(expression({ kind: 'call' as const, callee, args: passed, optional: false }));
  };
  const isTooMany = !SILENT.has(name) && context.printSites.length >= MAX_PRINT_CALLS;
  if (isTooMany) context.report(span, 'too-large', 'The list of calls that print', `${MAX_PRINT_CALLS} calls`);
  else if (!SILENT.has(name)) {
    const number = Math.min(context.printSites.length, MAX_PRINT_SITES - 1);
    context.printSites.push({ span, method: name });
    const site: Expression = expression({ kind: 'number' as const, value: number });
    const isAssertion = name === 'assert';
    const [test, ...others] = values;
    if (isAssertion) call('printUnless', test ?? nothing, site);
    else call('printEntry', site);
    for (const value of isAssertion ? others : values) call('printArgument', value);
    if (isAssertion && others.length === 0) {
      call('printArgument', expression({ kind: 'string' as const, value: 'Assertion failed' }));
    }
  }
  const value: Expression = expression({ kind: 'sequence' as const, effects, value: nothing });
  return expression({ kind: 'let' as const, statements, value });
}

/** `console.log` as a value, as in `notes.forEach(console.log)`: a function of one argument. */
export function consoleFunction(context: Context, node: Callee): Expression {
  const at = { start: node.start!, end: node.end! };
  const name = { ...at, type: 'Identifier', name: 'value' } as Babel.Identifier;
  const body = {
    ...{ ...at, type: 'CallExpression', optional: null, typeArguments: null, typeParameters: null },
    callee: { ...node, type: 'MemberExpression' },
    arguments: [name],
  };
  const arrow = {
    ...at,
    type: 'ArrowFunctionExpression',
    params: [name],
    body,
    async: false,
    generator: false,
    expression: true,
  };
  return resolveExpression(context, arrow as unknown as Babel.ArrowFunctionExpression);
}

/** The most calls in a patch that print: each is compiled for the kinds of what it prints, which takes ten times as long as another call. */
const MAX_PRINT_CALLS = 2000;

/** Where a text prints, and by which method, in the order of their numbers. */
export interface PrintSite {
  readonly span: Span;
  readonly method: string;
}
