/** Type inference for members whose names are known only when the program runs: `table[key]`, `key in table`, `Object.keys`. */

import { refusal } from '../../language/refusals.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { present } from './arrays.ts';
import { callLibrary } from './calls.ts';
import { becomesDictionary, isDictionary, listingOf } from './dictionaries.ts';
import { evaluate } from './expressions.ts';
import { refuseKeysOfHoles } from './holes.ts';
import { ADVICE } from './reports.ts';
import {
  AT_TOP,
  BOOLEAN,
  type Field,
  isListed,
  isUnknown,
  NOTHING,
  NULL,
  NUMBER,
  objectOf,
  objectType,
  partId,
  primitive,
  type RecordType,
  STRING,
  type Type,
  UNDEFINED,
  withMask,
} from './types.ts';

const NUMERIC = /^(0|[1-9]\d{0,8})$/;

export const isNumeric = (name: string): boolean => NUMERIC.test(name);

/** The members of an object that are its own, as JavaScript lists them: whole numbers first. */
export function ownFields(record: RecordType): [string, Field][] {
  const own = [...record.fields].filter(([, field]) => isListed(field));
  const numbers = own.filter(([name]) => isNumeric(name)).sort(([a], [b]) => Number(a) - Number(b));
  return [...numbers, ...own.filter(([name]) => !isNumeric(name))];
}

/** The members that a key of a type may name. */
export const reachedBy = (record: RecordType, key: Type): [string, Field][] =>
  ownFields(record).filter(([name]) => (key.mask & (isNumeric(name) ? STRING | NUMBER : STRING)) !== 0);

/** Whether an object is a table: its members may be named while the program runs. */
export const isTable = (type: Type): boolean => {
  const object = objectOf(type);
  return object?.kind === 'record' && !object.isTuple;
};

/** What reading any member gives. */
export function tableType(analysis: Analysis, holder: Type, key: Type, { object, index, span }: Place): Type {
  const record = objectOf(holder);
  if (record?.kind !== 'record' || isUnknown(key)) return NOTHING;
  const fields = reachedBy(record, key);
  if (fields.length === 0 && analysis.foundDictionaries.size > 0 && becomesDictionary(analysis, record)) return NOTHING;
  if (fields.length === 0 || fields.some(([, field]) => field.isGetter)) {
    analysis.report(index.span, 'refused', ...refusal('noSuchKeys'));
    return analysis.mistaken;
  }
  const what = (): string => `the members of ${analysis.quote(object.span)}`;
  const onConflict = analysis.conflictAt(span, what, null, ADVICE.variable);
  const type = fields.reduce<Type>(
    (joined, [, field]) => analysis.unifier.join(joined, field.type, onConflict),
    NOTHING,
  );
  return isUnknown(type) ? type : withMask(type, type.mask | UNDEFINED);
}

/** Whether all members are of the kind of a value: so they are the rows of a table, to which the top level may add others. */
const holdsOnly = (record: RecordType, value: Type): boolean =>
  !isUnknown(value) &&
  [...record.fields.values()].every(
    ({ type, isGetter, isMethod }) =>
      !isGetter && !isMethod && type.mask === value.mask && objectOf(type)?.kind === objectOf(value)?.kind,
  );

interface Place {
  readonly object: Expression;
  readonly index: Expression;
  readonly span: Span;
}

/** What is assigned to any member may be in each of them. */
export function assignToTable(analysis: Analysis, record: RecordType, key: Type, value: Type, place: Place): void {
  const mayAdd = analysis.phase === AT_TOP && !isUnknown(key) && holdsOnly(record, value);
  if (becomesDictionary(analysis, record, mayAdd)) return;
  const isLive = analysis.phase !== 1;
  const what = (): string => `the members of ${analysis.quote(place.object.span)}`;
  for (const [, field] of reachedBy(record, key)) {
    field.type = analysis.unifier.grow(field.type, value, analysis.conflictAt(place.span, what, field.origin));
    if (!isLive || field.written) continue;
    field.written = true;
    analysis.unifier.changed = true;
  }
}

type Builtin = Expression & { readonly kind: 'builtin' };

export const isTableBuiltin = (name: string): boolean =>
  name === 'delete' || /^Object\.(keys|values|entries|assign|hasOwn)$/.test(name);

/** `Object.keys` and its like, and `key in table`. */
export function evaluateTableBuiltin(analysis: Analysis, expression: Builtin, args: readonly Type[]): Type {
  const { name, span } = expression;
  const [holder = NOTHING] = args;
  const record = objectOf(holder);
  const isAny = name === 'Object.hasOwn' || name === 'delete';
  const listed = listingOf(analysis, expression, holder, evaluate);
  if (listed) return listed;
  if (isUnknown(holder)) return isAny ? primitive(BOOLEAN) : NOTHING;
  if (name === 'Object.keys' && record?.kind === 'record' && record.isTuple) {
    analysis.unifier.asList(record);
    return NOTHING;
  }
  if (name === 'Object.keys' && (record?.kind === 'array' || record?.kind === 'typedArray')) {
    refuseKeysOfHoles(analysis, holder, expression.args[0]);
    return callLibrary(analysis, 'arrayKeyTexts', [present(holder)], expression.id, span);
  }
  if (record?.kind !== 'record' || record.isTuple) {
    analysis.report(expression.args[0]?.value.span ?? span, 'refused', ...refusal('tableOf'));
    return analysis.mistaken;
  }
  if (name === 'delete' && !becomesDictionary(analysis, record, true)) {
    analysis.report(span, 'refused', ...refusal('deleteOperator'));
  }
  if (isAny) return primitive(BOOLEAN);
  if (name === 'Object.assign') return assignAll(analysis, expression, args, record);
  const fields = ownFields(record);
  if (fields.some(([, field]) => field.isGetter)) analysis.report(span, 'refused', ...refusal('getterSpread'));
  if (fields.some(([, { type }]) => (type.mask & UNDEFINED) !== 0)) {
    analysis.report(span, 'refused', ...refusal('mayLack'));
    return analysis.mistaken;
  }
  const made = analysis.made(expression.id, () => analysis.unifier.newArray('array'));
  if (made.kind !== 'array') return NOTHING;
  const what = (): string => `the members of ${analysis.quote(expression.args[0]!.value.span)}`;
  const onConflict = analysis.conflictAt(span, what, null, ADVICE.variable);
  for (const [, field] of fields) {
    const element = elementOf(analysis, expression, field);
    if (element) made.element = analysis.unifier.grow(made.element, element, onConflict);
  }
  return objectType(made);
}

/** What a list of keys, values or pairs holds for a member. */
function elementOf(analysis: Analysis, { id, name, span }: Builtin, field: Field): Type | null {
  if (name === 'Object.keys') return primitive(STRING);
  if (isUnknown(field.type)) return null;
  if (name === 'Object.values') return field.type;
  const pair = analysis.made(partId(id, 1), () => analysis.unifier.newRecord('array', true));
  if (pair.kind !== 'record') return null;
  for (const [key, type] of [
    ['0', primitive(STRING)],
    ['1', field.type],
  ] as const) {
    const known = pair.fields.get(key);
    if (known) known.type = analysis.unifier.grow(known.type, type, analysis.conflictAt(span));
    else {
      pair.fields.set(key, { type, written: false, isGetter: false, isMethod: false, isHidden: false, origin: null });
      analysis.unifier.changed = true;
    }
  }
  return objectType(pair);
}

/** `Object.assign(target, …sources)`. */
function assignAll(analysis: Analysis, expression: Builtin, args: readonly Type[], target: RecordType): Type {
  const isLive = analysis.phase !== 1;
  for (const [index, given] of args.entries()) {
    const source = objectOf(given);
    const { span } = expression.args[index]!.value;
    if (index === 0 || isUnknown(given) || (!source && (given.mask & ~(UNDEFINED | NULL)) === 0)) continue;
    if (isDictionary(source) && becomesDictionary(analysis, target, true)) continue;
    if (source?.kind !== 'record' || source.isTuple || isDictionary(source)) {
      analysis.report(span, 'refused', ...refusal('tableOf'));
      continue;
    }
    for (const [name, field] of ownFields(source)) {
      if (field.isGetter || isUnknown(field.type)) continue;
      const type = withMask(field.type, field.type.mask & ~UNDEFINED);
      const known = target.fields.get(name);
      const onConflict = analysis.conflictAt(span, () => `the member \`${name}\``, known?.origin);
      if (known) {
        known.type = analysis.unifier.grow(known.type, type, onConflict);
        if (isLive && !known.written) {
          known.written = true;
          analysis.unifier.changed = true;
        }
      } else {
        const grown = withMask(type, type.mask | UNDEFINED);
        target.fields.set(name, {
          type: grown,
          written: isLive,
          isGetter: false,
          isMethod: false,
          isHidden: false,
          origin: { span, type },
        });
        analysis.unifier.changed = true;
      }
    }
  }
  return args[0]!;
}
