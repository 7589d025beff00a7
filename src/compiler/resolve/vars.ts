/** Names declared by `var`, at the place of a declaration: which variable that is, and how the declaration sets it. */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, Statement, Variable } from '../ast.ts';
import type { Context } from './context.ts';

/** The variable of the function, or of the top level. `null`: a block in between declares the name, which is reported. */
export function varNamed(context: Context, id: Babel.Identifier): Variable | null {
  for (let scope: typeof context.scope | null = context.scope; scope; scope = scope.parent) {
    const binding = scope.names.get(id.name);
    if (!binding) continue;
    const isOfFunction = scope.parent === null || scope === context.currentFunction?.scope;
    if (!isOfFunction) context.reportDeclaredTwice(id.name, { start: id.start!, end: id.end! }, binding);
    return isOfFunction && binding.kind === 'variable' ? binding.variable : null;
  }
  return null;
}

/** A declaration that runs at most once, and first, begins the variable; any other one assigns to it. */
export function setVar(
  context: Context,
  id: Babel.Identifier,
  variable: Variable,
  value: Expression,
  span: Span,
): Statement {
  if (variable.kind === 'var' && variable.span.start === id.start && context.vars.isDirect(id)) {
    // Closures that are made from here on may take a copy.
    variable.initialisedAt = span.end;
    if (value.kind === 'closure') variable.holds = value.node;
    return { kind: 'declare', span, variable, value };
  }
  const isOfTop = variable.owner === null && variable.kind !== 'var';
  if (variable.kind === 'const' || isOfTop) {
    // It has been reported that the name is declared twice.
    return { kind: 'expression', span, expression: value };
  }
  context.lookUp(id.name, { start: id.start!, end: id.start! + id.name.length }, true);
  variable.reassigned = true;
  const target = { kind: 'variable' as const, variable, span: { start: id.start!, end: id.start! + id.name.length } };
  const expression: Expression = { id: context.freshId(), span, kind: 'assign', target, operator: null, value };
  return { kind: 'expression', span, expression };
}
