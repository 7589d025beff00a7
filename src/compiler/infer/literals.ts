/** Type inference for array and object literals. */

import { refusal } from '../../language/refusals.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, RecordEntry } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { evaluateParts, partsOf } from './arrays.ts';
import { dictionaryOf, isDictionary, isInKernel } from './dictionaries.ts';
import { evaluate } from './expressions.ts';
import { noteHoles } from './holes.ts';
import { ADVICE } from './reports.ts';
import {
  type ArrayType,
  BOOLEAN,
  find,
  isListed,
  isMixed,
  isUnknown,
  NOTHING,
  NULL,
  NUMBER,
  objectOf,
  objectType,
  primitive,
  type RecordExpression,
  type RecordType,
  STRING,
  type Type,
  UNDEFINED,
} from './types.ts';
import { canShareArray } from './unify.ts';

export function arrayLiteral(analysis: Analysis, expression: Expression & { kind: 'array' }): Type {
  const { unifier } = analysis;
  const types = expression.elements.map((element) => evaluate(analysis, element.value));
  if (expression.elements.some((element) => element.spread)) {
    return withHoles(analysis, expression, evaluateParts(analysis, expression, partsOf(expression.elements, types)));
  }
  // Its kind is decided once all elements are known.
  if (types.includes(NOTHING)) return NOTHING;
  const known = analysis.current.made.get(expression.id);
  const root = known ? find(known) : null;
  const isList = root?.kind === 'array' && root.isList;
  const isTuple = !isList && (root?.kind === 'record' || !canShareArray(types));
  if (isTuple && root?.kind === 'array') analysis.current.made.delete(expression.id);
  if (isTuple) {
    const tuple = analysis.made(expression.id, () => unifier.newRecord('array', true));
    if (tuple.kind !== 'record') return NOTHING;
    types.forEach((type, position) => {
      const name = String(position);
      const field = tuple.fields.get(name);
      const { span } = expression.elements[position]!.value;
      if (field) field.type = unifier.grow(field.type, type, analysis.conflictAt(span));
      else {
        tuple.fields.set(name, {
          type,
          written: false,
          isGetter: false,
          isMethod: false,
          isHidden: false,
          origin: { span, type },
        });
        unifier.changed = true;
      }
    });
    return withHoles(analysis, expression, objectType(tuple));
  }
  const array = analysis.made(expression.id, () => unifier.newArray('array'));
  if (array.kind !== 'array') return NOTHING;
  keepPositions(analysis, array, types);
  if (types.length === 0 && !array.startsEmpty) {
    array.startsEmpty = true;
    unifier.changed = true;
  }
  types.forEach((type, position) => {
    const { span } = expression.elements[position]!.value;
    const onConflict = analysis.conflictAt(span, 'the elements of this array', null, ADVICE.array);
    array.element = unifier.grow(array.element, type, onConflict);
  });
  return withHoles(analysis, expression, objectType(array));
}

/** The type of a literal, which knows whether elements are missing, unless `fill` sets them at once. */
function withHoles(analysis: Analysis, expression: Expression & { kind: 'array' }, type: Type): Type {
  if (expression.hasHoles && !analysis.filledArrays.has(expression)) noteHoles(analysis, type);
  return type;
}

/** Remembers which elements of a literal are strings and which are numbers. */
function keepPositions(analysis: Analysis, array: ArrayType, types: readonly Type[]): void {
  const kinds = types.reduce((mask, type) => mask | type.mask, 0);
  if (array.isList || types.some(isMixed)) array.positions = null;
  if ((kinds & STRING) === 0 || (kinds & (NUMBER | BOOLEAN)) === 0 || array.positions === null) return;
  const known = array.positions;
  if (known && known.length !== types.length) array.positions = null;
  else array.positions = types.map((type, index) => primitive(type.mask | (known?.[index]?.mask ?? 0)));
  const isSame = known && array.positions?.every((type, index) => type === known[index]);
  if (!isSame) analysis.unifier.changed = true;
}

export function record(analysis: Analysis, expression: RecordExpression): Type {
  const dictionary = dictionaryOf(analysis, expression, evaluate);
  if (dictionary) return dictionary;
  const made = analysis.made(expression.id, () => analysis.unifier.newRecord('object'));
  if (made.kind !== 'record') return NOTHING;
  if (expression.isWritten && !isInKernel(analysis)) made.literals.add(expression);
  const given = new Set<string>();
  const set = (
    name: string,
    type: Type,
    span: Span,
    isGetter: boolean,
    { hasOrigin = true, isMethod = false, isHidden = false } = {},
  ): void => {
    given.add(name);
    const field = made.fields.get(name);
    const onConflict = analysis.conflictAt(span, () => `the member \`${name}\``, field?.origin);
    if (field && field.isGetter !== isGetter) onConflict(field.type, type, '');
    if (field) field.type = analysis.unifier.grow(field.type, type, onConflict);
    else {
      const origin = hasOrigin ? { span, type } : null;
      made.fields.set(name, { type, written: false, isGetter, isMethod, isHidden, origin });
      analysis.unifier.changed = true;
    }
  };
  for (const entry of expression.entries) {
    if (entry.kind === 'field' && entry.isMethod) {
      const { value } = entry;
      const isHeld = value.kind === 'variable';
      const type = isHeld ? analysis.methodType(value.id, value.variable) : evaluate(analysis, value);
      if (type) set(entry.name, type, entry.value.span, entry.isGetter, { hasOrigin: false, isMethod: true });
      continue;
    }
    const type = evaluate(analysis, entry.value);
    if (entry.kind === 'field') {
      const hasOrigin = entry.value.kind !== 'unset';
      set(entry.name, type, entry.value.span, entry.isGetter, { hasOrigin, isHidden: entry.isHidden });
      continue;
    }
    const source = objectOf(type);
    if (isDictionary(source) && expression.isWritten && !isInKernel(analysis)) {
      analysis.foundDictionaries.add(expression);
    } else if (source?.kind === 'record') spreadRecord(analysis, source, entry, set);
    else if (!isUnknown(type) && (type.mask & ~(UNDEFINED | NULL)) !== 0)
      analysis.report(entry.value.span, 'refused', ...refusal('ObjectSpread'));
  }
  return objectType(made);
}

function spreadRecord(
  analysis: Analysis,
  source: RecordType,
  { value: { span }, without }: RecordEntry & { readonly kind: 'spread' },
  set: (name: string, type: Type, span: Span, isGetter: boolean) => void,
): void {
  for (const [name, field] of source.fields) {
    if (!isListed(field) || without?.includes(name)) continue;
    set(name, field.isGetter ? NOTHING : field.type, span, false);
    if (field.isGetter) analysis.report(span, 'refused', ...refusal('getterSpread'));
  }
}
