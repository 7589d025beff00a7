/** Type inference for members and elements, and reports of missing ones. */

import { ARRAY_METHODS } from '../../language/intrinsics.ts';
import { insteadOf } from '../../language/missingMembers.ts';
import { nearestName } from '../../language/nearestName.ts';
import { refusal } from '../../language/refusals.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression } from '../ast.ts';
import { evaluateGetter } from './accessors.ts';
import type { Analysis } from './analysis.ts';
import { ADVICE } from './reports.ts';
import { rowsWithoutText } from './rows.ts';
import { isHolder } from './split.ts';
import { TEXT_METHODS } from './strings.ts';
import { tableType } from './tables.ts';
import {
  BOOLEAN,
  describeType,
  isAbsent,
  isUnknown,
  NOTHING,
  NULL,
  NUMBER,
  objectOf,
  objectsOf,
  primitive,
  STRING,
  type Type,
  UNDEFINED,
  withMask,
} from './types.ts';

const ABSENT = UNDEFINED | NULL;

/** Where an element is read or written. */
export interface ElementPlace {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
  readonly span: Span;
}

/** Where a member is read, written or called. */
export interface MemberPlace {
  readonly kind: 'member' | 'method';
  readonly object: Expression;
  readonly name: string;
  readonly span: Span;
  readonly isCalled?: true;
}

/**
 * The result of a member, element or call of a value that is always absent here; `null`: it is not, or that is a
 * mistake. In a function specialised for an absent argument, code meant for other arguments need not run; if it does,
 * it traps.
 */
export function partOfAbsent(
  analysis: Analysis,
  holder: Type,
  expression: Expression,
  isOptional: boolean,
): Type | null {
  if (!isAbsent(holder)) return null;
  if (isOptional) return primitive(UNDEFINED);
  const origin = originOf(expression);
  if (origin.kind === 'variable' && isHolder(origin.variable)) return NOTHING;
  const isPlain = origin.kind === 'null' || origin.kind === 'undefined';
  const isGlobal = origin.kind === 'variable' && origin.variable.owner === null;
  return !isPlain && !isGlobal && analysis.isSpecialised() ? NOTHING : null;
}

/** What the entries of maps, sets and dictionaries have (library/keyed.ts). */
const ENTRY_MARK = 'isIn';

/** The start of a chain of members and elements. */
function originOf(expression: Expression): Expression {
  let origin = expression;
  while (origin.kind === 'member' || origin.kind === 'index') origin = origin.object;
  return origin;
}

/** Reports a member or an element of a value that has none. */
export function reportNoParts(analysis: Analysis, holder: Type, at: ElementPlace | MemberPlace): void {
  const { object } = at;
  const what = analysis.quote(object.span);
  const kind = describeType(holder);
  // The reads of `for … of` are not in the text: their place is that of the array.
  if (at.span.start === object.span.start && at.span.end === object.span.end) {
    analysis.reportKind(object, holder, object.span, 'not-iterable', what, kind);
    return;
  }
  if (at.kind === 'index') {
    const isRecord = objectOf(holder)?.kind === 'record';
    if (isRecord && isUnknown(analysis.current.types.get(at.index.id) ?? NOTHING)) return;
    if (!isRecord)
      analysis.reportKind(object, holder, object.span, 'not-indexable', what, kind, analysis.goesOn(object.span));
    else analysis.report(at.index.span, 'refused', ...refusal('dynamicProperty'));
    return;
  }
  const known = knownMembers(holder);
  if (known.includes(at.name)) {
    if (isOnlySometimesText(holder)) {
      reportOnlyStrings(analysis, holder, at);
      return;
    }
    analysis.report(nameSpan(analysis, at), 'builtin-as-value', at.name, `call it, as in \`xs.${at.name}(…)\``);
    return;
  }
  const instead = insteadOf(holderOf(holder), at.name);
  if (instead) {
    analysis.report(nameSpan(analysis, at), 'refused', `\`${at.name}\``, instead);
    return;
  }
  // A table to which nothing adds a key at the top level has no kind of entry yet.
  if (at.name === ENTRY_MARK && analysis.current.closure.node.unit?.isLibrary) {
    analysis.report(object.span, 'key-per-frame');
    return;
  }
  const near = nearestName(at.name, known);
  const listed = objectOf(holder)?.kind === 'record' ? known : [];
  analysis.reportKind(object, holder, nameSpan(analysis, at), 'unknown-member', what, kind, at.name, near, listed);
}

/** The kind under which missingMembers.ts lists the members of a value. */
function holderOf(type: Type): string {
  const object = objectOf(type);
  if (object?.kind === 'mixed') return '';
  if (object) return { array: 'array', typedArray: 'array', record: 'object', function: 'function' }[object.kind];
  return (type.mask & STRING) !== 0
    ? 'string'
    : (type.mask & NUMBER) !== 0
      ? 'number'
      : (type.mask & BOOLEAN) !== 0
        ? 'boolean'
        : '';
}

const isOnlySometimesText = (type: Type): boolean =>
  !objectOf(type) && (type.mask & STRING) !== 0 && (type.mask & (NUMBER | BOOLEAN)) !== 0;

/** Names the rows in which an element is something other than a string. */
function reportOnlyStrings(analysis: Analysis, holder: Type, at: MemberPlace): void {
  const { object } = at;
  const related = rowsWithoutText(analysis, object)
    .slice(0, MAX_ROWS)
    .map(({ span, kind }) => ({ span, message: `In this row it is ${kind}.` }));
  const isOfRows = related.length > 0;
  const kinds = isOfRows ? 'a string in some rows only' : describeType(holder);
  const advice = isOfRows ? "put a string in every row, such as `''`" : ADVICE.variable;
  const place = { ...nameSpan(analysis, at), related };
  analysis.report(place, 'only-strings', analysis.quote(object.span), kinds, at.name, advice);
}

const MAX_ROWS = 3;

/** The span of the name of a member. */
export function nameSpan(analysis: Analysis, { kind, object, name, span }: MemberPlace): Span {
  if (analysis.isInLibrary) return span;
  const start =
    kind === 'method' ? analysis.text.indexOf(name, object.span.end) : Math.max(span.start, span.end - name.length);
  const end = start + name.length;
  return start >= span.start && end <= span.end && analysis.text.slice(start, end) === name ? { start, end } : span;
}

/** The names of the members of a type. */
export function knownMembers(type: Type): string[] {
  const object = objectOf(type);
  if (!object) return (type.mask & STRING) !== 0 ? ['length', ...TEXT_METHODS] : [];
  switch (object.kind) {
    case 'record':
      return [...object.fields.keys()].filter((name) => !name.includes(' '));
    case 'array':
      return ['length', ...Object.keys(ARRAY_METHODS).filter((name) => ARRAY_METHODS[name]!.of !== 'typed')];
    case 'typedArray':
      return ['length', ...Object.keys(ARRAY_METHODS).filter((name) => ARRAY_METHODS[name]!.of !== 'plain')];
    case 'function':
    case 'mixed':
      return [];
  }
}

/** The type of reading a member: for a getter, of what it returns. */
export function memberValue(analysis: Analysis, holder: Type, at: MemberPlace, callId: number): Type {
  const type = memberType(analysis, holder, at.name, at);
  if (at.kind === 'member' && !at.isCalled && isMethod(holder, at.name)) {
    analysis.report(
      nameSpan(analysis, at),
      'method-as-value',
      at.name,
      analysis.quote(at.object.span).replaceAll('`', ''),
    );
    return analysis.mistaken;
  }
  return isGetter(holder, at.name) ? evaluateGetter(analysis, holder, type, callId, at.span) : type;
}

/** Whether a member is a method of a class, which means nothing without what it is called on. */
function isMethod(holder: Type, name: string): boolean {
  const object = objectOf(holder);
  const field = object?.kind === 'record' ? object.fields.get(name) : undefined;
  return field?.isMethod === true && !field.isGetter;
}

export function isGetter(holder: Type, name: string): boolean {
  const object = objectOf(holder);
  return object?.kind === 'record' && object.fields.get(name)?.isGetter === true;
}

export function memberType(analysis: Analysis, holder: Type, name: string, at: ElementPlace | MemberPlace): Type {
  const object = objectOf(holder);
  if (!object && (holder.mask & ~ABSENT) === STRING && name === 'length') return primitive(NUMBER);
  if (object?.kind === 'record') {
    const field = object.fields.get(name);
    if (field) return field.type;
    if (object.isTuple && name === 'length') return primitive(NUMBER);
  } else if (name === 'length' && object && hasElements(holder)) return primitive(NUMBER);
  if (!isUnknown(holder)) reportNoParts(analysis, holder, at);
  return analysis.mistaken;
}

/** Whether it is a list if it is an object at all: what cannot be told apart has been refused or told apart before. */
function hasElements(holder: Type): boolean {
  const kinds = objectsOf(holder);
  return kinds.length === 1 && (kinds[0]!.kind === 'array' || kinds[0]!.kind === 'typedArray');
}

/** An element of a tuple, `undefined` past its end, or a member whose name is a number. */
export function numberedField(
  analysis: Analysis,
  holder: Type,
  position: string,
  { object: holding, span }: ElementPlace,
  callId: number,
): Type {
  const object = objectOf(holder);
  const isPastEnd = object?.kind === 'record' && object.isTuple && !object.fields.has(position);
  return isPastEnd
    ? primitive(UNDEFINED)
    : memberValue(analysis, holder, { kind: 'member', object: holding, name: position, span }, callId);
}

/** Reading an element may go past the end and give `undefined`, unless it is known to be there. */
export function elementType(analysis: Analysis, holder: Type, at: ElementPlace, isThere: boolean): Type {
  const object = objectOf(holder);
  if (object?.kind === 'array' || object?.kind === 'typedArray') return anyElement(holder, isThere);
  if (!object && (holder.mask & ~ABSENT) === STRING) return primitive(isThere ? STRING : STRING | UNDEFINED);
  if (object?.kind === 'record' && object.isTuple) {
    analysis.unifier.asList(object);
    return NOTHING;
  }
  if (object?.kind === 'record' && !isThere) {
    return tableType(analysis, holder, analysis.current.types.get(at.index.id) ?? NOTHING, at);
  } else if (!isUnknown(holder)) reportNoParts(analysis, holder, at);
  return analysis.mistaken;
}

/** The element type of an array whose length is unknown. */
export function anyElement(holder: Type, isThere: boolean): Type {
  const object = objectOf(holder);
  if (object?.kind !== 'array') return primitive(isThere ? NUMBER : NUMBER | UNDEFINED);
  return isThere ? object.element : withMask(object.element, object.element.mask | UNDEFINED);
}
