/**
 * Lists of mixed rows: where a column holds strings in some rows and something else in others, names the rows that have
 * something else. In: the expression that reads the column. Runs only where there is a mistake to explain.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, Variable } from '../ast.ts';
import { visitStatements } from '../walk.ts';
import type { Analysis } from './analysis.ts';
import { describeType, find, isUnknown, NOTHING, objectOf, primitive, STRING, UNDEFINED } from './types.ts';

export interface Row {
  readonly span: Span;
  /** What it has instead of a string, as named in messages. */
  readonly kind: string;
}

/** The array literals whose element in the column that an expression reads is not a string. */
export function rowsWithoutText(analysis: Analysis, expression: Expression): Row[] {
  const read = expression.kind === 'variable' ? columnOf(analysis, expression.variable) : expression;
  if (read?.kind !== 'index' || read.index.kind !== 'number') return [];
  const rows = objectOf(analysis.current.types.get(read.object.id) ?? NOTHING);
  if (rows?.kind !== 'array') return [];
  const column = read.index.value;
  const found = new Map<number, Row>();
  for (const instance of analysis.instances) {
    const { node } = instance.closure;
    if (node.unit === null || node.unit.isLibrary) continue;
    const note = (literal: Expression): void => {
      const made = literal.kind === 'array' ? instance.made.get(literal.id) : undefined;
      if (literal.kind !== 'array' || !made || find(made) !== rows) return;
      const element = literal.elements[column];
      const type = element ? (instance.types.get(element.value.id) ?? NOTHING) : primitive(UNDEFINED);
      if (isUnknown(type) || (type.mask & STRING) !== 0) return;
      found.set(literal.span.start, { span: literal.span, kind: describeType(type) });
    };
    visitStatements(node.body, { expression: note });
  }
  return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}

/** What a pattern such as `[name, beats]` reads for one of its variables. */
function columnOf(analysis: Analysis, variable: Variable): Expression | null {
  let value: Expression | null = null;
  visitStatements(analysis.current.closure.node.body, {
    statement: (at) => {
      if (at.kind === 'declare' && at.variable === variable) value = at.value;
    },
  });
  return value;
}
