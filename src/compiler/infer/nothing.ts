/** Warns of arithmetic with a value that is always `undefined`, and says which line left it out. */

import type { RelatedPlace } from '../../language/diagnostics.ts';
import { nearestName } from '../../language/nearestName.ts';
import type { Expression, Variable } from '../ast.ts';
import { visitStatements } from '../walk.ts';
import type { Analysis } from './analysis.ts';
import { headOf } from './reports.ts';
import { type Instance, NOTHING, objectOf, type Type, UNDEFINED } from './types.ts';

export function warnOfNothing(analysis: Analysis, type: Type, at: Expression): void {
  if (type.mask !== UNDEFINED || type.object || analysis.isInLibrary) return;
  if (at.kind === 'undefined' || at.kind === 'unary') return;
  if (!analysis.reporting) {
    analysis.isSilent = false;
    return;
  }
  const { why, related } = explain(analysis, at);
  const elsewhere = related.filter(({ span }) => span.start < at.span.start || span.end > at.span.end);
  analysis.report({ ...at.span, related: elsewhere }, 'gives-nan', `${analysis.quote(at.span)} ${why}`);
}

function explain(
  analysis: Analysis,
  at: Expression,
): { readonly why: string; readonly related: readonly RelatedPlace[] } {
  if (at.kind === 'call' || at.kind === 'method')
    return { why: 'returns nothing', related: withoutReturn(analysis, at) };
  if (at.kind !== 'variable') return { why: 'never gets a value', related: [] };
  if (at.variable.kind !== 'parameter')
    return { why: 'never gets a value', related: declarationOf(analysis, at.variable) };
  const call = analysis.current.firstCall;
  const related = call ? [{ span: call.span, message: 'This call leaves it out.' }] : [];
  return { why: 'is given no value', related };
}

/** The function that returns nothing. */
function withoutReturn(analysis: Analysis, { id }: Expression): RelatedPlace[] {
  const call = analysis.current.calls.get(id);
  const node = call?.kind === 'direct' ? call.instance.closure.node : null;
  if (!node?.unit || node.unit.isLibrary) return [];
  return [{ span: headOf(analysis.text, node.span), message: 'There is no `return` in this function.' }];
}

/** Where a variable is declared without a value, or taken from an object that has no such member. */
function declarationOf(analysis: Analysis, variable: Variable): RelatedPlace[] {
  const found: RelatedPlace[] = [];
  const look = (instance: Instance): void =>
    visitStatements(instance.closure.node.body, {
      statement: (at) => {
        if (at.kind !== 'declare' || at.variable !== variable || found.length > 0) return;
        const { value } = at;
        if (value === null) found.push({ span: variable.span, message: 'It is declared here, without a value.' });
        if (value?.kind !== 'member' || !value.fromPattern) return;
        const object = objectOf(instance.types.get(value.object.id) ?? NOTHING);
        if (object?.kind !== 'record') return;
        const near = nearestName(value.name, object.fields.keys());
        const hint = near ? ` Did you mean \`${near}\`?` : '';
        found.push({ span: variable.span, message: `The object has no \`${value.name}\`.${hint}` });
      },
    });
  for (const instance of analysis.instances) look(instance);
  return found;
}
