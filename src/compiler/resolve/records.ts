/** Object literals, with members whose names are computed while the program runs. Pure. */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Argument, Expression, RecordEntry, Statement } from '../ast.ts';
import type { ClassProperty } from './classes/nodes.ts';
import type { Context } from './context.ts';
import { resolveExpression, spanOf } from './expressions.ts';
import { resolveMethodFunction } from './functions.ts';
import { resolveKey } from './members.ts';
import { isCalledUnseen } from './throwing.ts';

function resolveField(context: Context, property: ClassProperty, name: string): RecordEntry {
  const span = spanOf(property.value);
  const hidden = property.isHidden ? { isHidden: property.isHidden } : {};
  if (property.role === 'unset') {
    return { kind: 'field', name, value: { id: context.freshId(), span, kind: 'unset' }, isGetter: false, ...hidden };
  }
  const value = resolveExpression(context, property.value as Babel.Expression);
  if (property.role === undefined) return { kind: 'field', name, value, isGetter: false, ...hidden };
  const isGetter = property.role === 'getter';
  if (isGetter) context.throwing.hasHiddenCalls = true;
  return { kind: 'field', name, value, isGetter, isMethod: true };
}

/** The members between those with computed names, and what these are. */
type Part = RecordEntry | { readonly kind: 'computed'; readonly key: Expression; readonly value: Expression };

export function resolveRecord(context: Context, node: Babel.ObjectExpression, id: number, span: Span): Expression {
  const parts: Part[] = [];
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      parts.push({ kind: 'spread', value: resolveExpression(context, property.argument) });
      continue;
    }
    const isValue = property.type === 'ObjectProperty' && property.value.type !== 'AssignmentPattern';
    const key = resolveKey(context, property.key as Babel.Expression, property.computed);
    const name = key.kind === 'name' ? key.name : key.index.kind === 'number' ? String(key.index.value) : null;
    if (name === null && key.kind === 'index' && isValue) {
      parts.push({
        kind: 'computed',
        key: key.index,
        value: resolveExpression(context, property.value as Babel.Expression),
      });
      continue;
    }
    if (name === null) {
      context.refuse(spanOf(property.key), 'dynamicProperty');
      continue;
    }
    context.nameHint = name;
    const isAccessor = property.type === 'ObjectMethod' && property.kind !== 'method';
    if (isAccessor || isCalledUnseen(name)) context.throwing.hasHiddenCalls = true;
    if (property.type === 'ObjectMethod') {
      const value = resolveMethodFunction(context, property);
      if (property.kind === 'set') {
        parts.push({ kind: 'field', name: `set ${name}`, value, isGetter: false, isMethod: true });
      } else parts.push({ kind: 'field', name, value, isGetter: property.kind === 'get' });
    } else if (property.value.type === 'AssignmentPattern') {
      // `{ f = 220 }`, which the parser has reported.
      parts.push({ kind: 'field', name, value: context.broken(spanOf(property.value)), isGetter: false });
    } else {
      parts.push(resolveField(context, property, name));
    }
    context.nameHint = null;
  }
  const entries = parts.filter((part) => part.kind !== 'computed');
  for (const part of entries) {
    if (part.kind !== 'field' || part.isGetter) continue;
    const setter = `set ${part.name}`;
    const isBoth = entries.some((other) => other.kind === 'field' && other.name === setter);
    if (isBoth) context.refuse(part.value.span, 'accessorAndField');
  }
  if (entries.length === parts.length) {
    // Classes have become such literals, too.
    const isWritten = context.text[node.start!] === '{';
    return { id, span, kind: 'record', entries, ...(isWritten && { isWritten }) };
  }
  return dictionaryOf(context, parts, id, span);
}

/** A literal with computed names is a dictionary, to which its members are assigned one after the other. */
function dictionaryOf(context: Context, parts: readonly Part[], id: number, span: Span): Expression {
  const made = context.temporary('object', span);
  const read = (): Expression => ({ id: context.freshId(), span, kind: 'variable', variable: made });
  const value: Expression = { id: context.freshId(), span, kind: 'builtin', name: 'Object.fromEntries', args: [] };
  const statements: Statement[] = [{ kind: 'declare', span, variable: made, value }];
  const add = (expression: Expression): void => {
    statements.push({ kind: 'expression', span: expression.span, expression });
  };
  for (const part of parts) {
    if (part.kind === 'computed') {
      const target = { kind: 'index' as const, object: read(), index: part.key, span: part.key.span };
      add({ id: context.freshId(), span: part.key.span, kind: 'assign', target, operator: null, value: part.value });
      continue;
    }
    const entries: Expression = { id: context.freshId(), span, kind: 'record', entries: [part], isWritten: true };
    const args = [read(), entries].map((value): Argument => ({ value, spread: false }));
    add({ id: context.freshId(), span, kind: 'builtin', name: 'Object.assign', args });
  }
  return { id, span, kind: 'let', statements, value: read() };
}
