/**
 * Types. A type is a set of primitive kinds and at most one kind of object. Primitive kinds may mix (a number that may
 * be `undefined`, a boolean or a number): the value then carries its kind with it. Where objects mix with other kinds, the
 * object of the type is a `mixed` one, which says of each kind of object what it is, and the mask which of them there are.
 *
 * Object types stand for the places where objects are made. Where two of them meet in one variable they are unified and
 * become one (union-find), because one piece of code must serve both. All sets only ever grow, so that inference ends.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, FunctionNode, TypedArrayName, Variable } from '../ast.ts';
import { shortened } from '../shortNames.ts';
import {
  BOOLEAN,
  FUNCTION,
  LIST,
  NULL,
  NUMBER,
  OBJECTS,
  PRIMITIVES,
  RECORD,
  STRING,
  TYPED,
  UNDEFINED,
} from './kinds.ts';

export { BOOLEAN, FUNCTION, LIST, NULL, NUMBER, OBJECTS, PRIMITIVES, RECORD, STRING, TYPED, UNDEFINED };

const PRIMITIVE_COUNT = 32;

export interface Type {
  /**
   * Bits of the primitive kinds, and beside a mixed object, of the kinds of objects. 0 without an object: nothing is known
   * yet, or no value ever comes here.
   */
  readonly mask: number;
  readonly object: ObjectType | null;
}

/** When objects of a type are made. */
export const AT_TOP = 1;
export const PER_FRAME = 2;

interface ObjectBase {
  readonly id: number;
  /** The type this one has been unified with. */
  forward: ObjectType | null;
  /** AT_TOP, PER_FRAME, or both. */
  made: number;
  /** What the user calls it, for messages. */
  readonly label: string;
  /** What it is part of where it has met other kinds. */
  mixed: MixedType | null;
}

/** The type of boxed values: what an object among them is, by the bit of its kind. */
export interface MixedType extends ObjectBase {
  readonly kind: 'mixed';
  readonly parts: Map<number, PlainObject>;
}

export interface ArrayType extends ObjectBase {
  readonly kind: 'array';
  element: Type;
  /**
   * The types of the elements one by one, for literals that mix strings with numbers and are never written to.
   * `undefined`: not such a literal so far. `null`: no more.
   */
  positions: readonly Type[] | null | undefined;
  /** Made without elements: it may be filled in any order, and then has gaps. */
  startsEmpty: boolean;
  /** One of its literals lacks an element, as `[1, , 3]` does: many methods skip such places in JavaScript. */
  hasHoles: boolean;
  /** Its literals stay lists whatever kinds they mix. */
  isList: boolean;
  /** Elements are assigned to while the patch plays: they are state. */
  written: boolean;
}

export interface TypedArrayType extends ObjectBase {
  readonly kind: 'typedArray';
  readonly name: TypedArrayName;
  written: boolean;
}

export interface Field {
  type: Type;
  /** What gave it its first value. */
  origin: Origin | null;
  written: boolean;
  /** It holds a function, which every read of it calls. */
  readonly isGetter: boolean;
  /** It belongs to the class and not to the object: what walks over an object's members passes it by. */
  readonly isMethod: boolean;
  /** The object has it, and does not list it: a private name, or the message of an error. */
  readonly isHidden: boolean;
}

/** Whether JavaScript lists a member of an object as its own. */
export const isListed = ({ isMethod, isHidden }: Field): boolean => !isMethod && !isHidden;

export type RecordExpression = Expression & { readonly kind: 'record' };

export interface RecordType extends ObjectBase {
  readonly kind: 'record';
  /** An array literal of mixed kinds: its elements are fields named by their positions. */
  readonly isTuple: boolean;
  /** Such a literal lacks an element; see arrays. */
  hasHoles: boolean;
  /** In the order in which they were first seen, which is their order in memory. */
  fields: Map<string, Field>;
  /** The literals of the patch that make such objects. */
  readonly literals: Set<RecordExpression>;
}

/** The functions that one variable may hold. With one member a call is direct; with more it goes through the closure. */
export interface FunctionType extends ObjectBase {
  readonly kind: 'function';
  members: Closure[];
  /** What `this` is in indirect calls; not passed as long as no member has it. */
  receiver: Type;
  /** What indirect calls pass and get: one signature for all members. Used with more than one member only. */
  parameters: Type[];
  /** What gave the parameters their first values. */
  readonly origins: (Origin | null)[];
  result: Type;
  /** What gave the result its first value. */
  resultOrigin: Origin | null;
  /** Some indirect call uses the result. Where none does, members need not agree on it, and return nothing. */
  needsResult: boolean;
}

export type PlainObject = ArrayType | TypedArrayType | RecordType | FunctionType;
export type ObjectType = PlainObject | MixedType;

/** A function literal as made by one specialisation of the function around it. */
export interface Closure {
  readonly node: FunctionNode;
  readonly parent: Instance | null;
  readonly id: number;
  /** Specialisations by argument types. */
  readonly instances: Map<string, Instance>;
}

/** A function compiled for one list of argument types: what becomes one function of the IR. */
export interface Instance {
  readonly id: number;
  readonly closure: Closure;
  readonly parameters: readonly Type[];
  /** The last parameter is the array of the rest parameter, which the caller has made. */
  readonly isRestGiven: boolean;
  /** Called through closures of a family: has the family's signature. */
  readonly closureSet: FunctionType | null;
  result: Type;
  /** Types of the variables it owns. */
  readonly variables: Map<Variable, Type>;
  /** Its variables that are assigned to while the patch plays. */
  readonly written: Set<Variable>;
  /** Types of its expressions, by id, as of the last pass. */
  readonly types: Map<number, Type>;
  /** Which specialisations its calls reach, by the id of the calling expression. */
  readonly calls: Map<number, Call>;
  /** Types of the objects it makes, by the id of the expression that makes them. */
  readonly made: Map<number, ObjectType>;
  readonly closures: Map<FunctionNode, Closure>;
  /** What stands for reads of values of several kinds, by id (split.ts). */
  readonly rewrites: Map<number, Expression>;
  /** AT_TOP, PER_FRAME, or both: when it runs. */
  runs: number;
  /** The last pass that analysed it. */
  pass: number;
  /** Is called, directly or through others, while it runs. */
  recursive: boolean;
  /** Where each of its variables got its first value. */
  readonly origins: Map<Variable, Origin>;
  /** What it returned first. */
  firstResult: Origin | null;
  /** The first call in the patch that led here, with its arguments by position. */
  firstCall: { readonly span: Span; readonly arguments: readonly Span[] } | null;
  /** For the library: the call in the patch that led here first, where mistakes belong. */
  readonly site: LibrarySite | null;
}

/**
 * Which functions get a version for every call in the patch: none, those of the standard library, or what operators and
 * methods are made of, too.
 */
export type Splits = 'nothing' | 'library' | 'all';

/** A call in the patch that leads into the library. */
export interface LibrarySite {
  readonly span: Span;
  /** The function of the standard library that is called; `null` for what operators and methods are made of. */
  readonly name: string | null;
  /** Other calls that it may have been. */
  readonly others?: readonly Span[];
}

/** Whether indirect calls pass what they are called on. */
export const passesThis = (closureSet: FunctionType): boolean => closureSet.members.some(({ node }) => node.hasThis);

/** The types of all that indirect calls pass. */
export const passedBy = (closureSet: FunctionType): readonly Type[] =>
  passesThis(closureSet) ? [closureSet.receiver, ...closureSet.parameters] : closureSet.parameters;

/** By how much what an instance is passed is shifted against its parameters: it is passed a `this` that it does not take. */
export function shiftOf({ closure, closureSet }: Instance): 0 | 1 {
  if (closureSet === null || closure.node.hasThis) return 0;
  const root = find(closureSet);
  return root.kind === 'function' && passesThis(root) ? 1 : 0;
}

/** The id of one of several calls that an expression becomes; the first has the expression's own. */
export const partId = (expressionId: number, part: number): number =>
  part === 0 ? expressionId : -(expressionId * MAX_PARTS + part);

const MAX_PARTS = 2 ** 20;

/** Where the value came from that decided the kind of something. */
export interface Origin {
  readonly span: Span;
  readonly type: Type;
}

/** What a call reaches: one specialisation, or the entries of a family through the closure's code. */
export type Call =
  | { readonly kind: 'direct'; readonly instance: Instance }
  | { readonly kind: 'indirect'; readonly closureSet: FunctionType };

const primitives: Type[] = Array.from({ length: PRIMITIVE_COUNT }, (_, mask) => ({ mask, object: null }));

export const primitive = (mask: number): Type => primitives[mask]!;
export const NOTHING = primitive(0);
/** The type of a value that a mistake was reported for: whatever meets it gets this type too, without another report. */
export const BROKEN: Type = { mask: 0, object: null };
export const objectType = (object: ObjectType): Type => ({ mask: 0, object });

/** Not known yet, or broken: no grounds for a report. */
export const isUnknown = (type: Type): boolean => type.mask === 0 && type.object === null;

/** The same type with other kinds; one that is no longer mixed with anything is the object alone. */
export function withMask(type: Type, mask: number): Type {
  if (type.mask === mask || type === BROKEN) return type;
  const object = objectOf(type);
  if (object?.kind !== 'mixed') return object ? { mask, object } : primitive(mask);
  if ((mask & OBJECTS) === 0) return primitive(mask);
  return aloneIn(object, mask) ?? { mask, object };
}

/** What is left of a mixed type of these kinds, if that is one kind of object and at most its absence. */
function aloneIn({ parts }: MixedType, mask: number): Type | null {
  const bits = mask & OBJECTS;
  const only = parts.get(bits);
  return only && (mask & PRIMITIVES & ~(UNDEFINED | NULL)) === 0
    ? { mask: mask & PRIMITIVES, object: find(only) }
    : null;
}

/** The bit of the kind of an object. */
export function bitOf(object: ObjectType): number {
  switch (object.kind) {
    case 'array':
      return LIST;
    case 'typedArray':
      return TYPED;
    case 'record':
      return object.isTuple ? LIST : RECORD;
    case 'function':
      return FUNCTION;
    case 'mixed':
      return 0;
  }
}

/** The kinds that a value may be of, objects among them. */
export const kindsOfType = (type: Type): number => {
  const object = objectOf(type);
  return object ? type.mask | bitOf(object) : type.mask;
};

/** What the objects are that a value may be. */
export function objectsOf(type: Type): ObjectType[] {
  const object = objectOf(type);
  if (object?.kind !== 'mixed') return object ? [object] : [];
  return [...object.parts].flatMap(([bit, part]) => ((type.mask & bit) !== 0 ? [find(part)] : []));
}

/** The object of one kind among those that a value may be. */
export function partOf(type: Type, bit: number): ObjectType | null {
  return objectsOf(type).find((object) => bitOf(object) === bit) ?? null;
}

/** Whether objects of a type mix with other kinds in it, so that its values are boxed. */
export const isMixed = (type: Type): boolean => objectOf(type)?.kind === 'mixed';

/** Whether a value is always `undefined` or `null`. */
export const isAbsent = (type: Type): boolean =>
  type.object === null && type.mask !== 0 && (type.mask & ~(UNDEFINED | NULL)) === 0;

/** Follows unifications to the type that stands for all of them. */
export function find(object: ObjectType): ObjectType {
  let root = object;
  while (root.forward) root = root.forward;
  while (object.forward) {
    const next: ObjectType = object.forward;
    if (next !== root) object.forward = root;
    object = next;
  }
  return root;
}

export const objectOf = (type: Type): ObjectType | null => (type.object ? find(type.object) : null);

/** A key that distinguishes types for specialisation. */
export function typeKey(type: Type): string {
  const object = objectOf(type);
  return object ? `${type.mask}:${object.id}` : String(type.mask);
}

/** Fields that are printed of an object, and of one within another. */
const MAX_FIELDS = 64;
const MAX_INNER_FIELDS = 16;
/** Characters of a name. */
const MAX_NAME = 60;

/** Characters of a field's type. */
const MAX_INNER = 400;

/** How each object is printed, by depth, once types no longer change: with n classes of n fields there would be n^4 to print. */
export type PrintedTypes = Map<ObjectType, string[]>;

/** How a type is printed in messages and in the names of symbols. */
export function printType(type: Type, depth = 0, known: PrintedTypes | null = null): string {
  const parts: string[] = objectsOf(type).map((object) => knownObject(object, depth, known));
  if (type.mask & NUMBER) parts.push('number');
  if (type.mask & BOOLEAN) parts.push('boolean');
  if (type.mask & STRING) parts.push('string');
  if (type.mask & NULL) parts.push('null');
  if (type.mask & UNDEFINED) parts.push('undefined');
  return parts.length > 0 ? parts.join(' | ') : 'never';
}

function knownObject(object: ObjectType, depth: number, known: PrintedTypes | null): string {
  if (!known) return printObject(object, depth, known);
  const byDepth = known.get(object) ?? [];
  known.set(object, byDepth);
  byDepth[depth] ??= printObject(object, depth, known);
  return byDepth[depth];
}

function printObject(object: ObjectType, depth: number, known: PrintedTypes | null): string {
  const inner = (type: Type): string => shortened(printType(type, depth + 1, known), MAX_INNER);
  switch (object.kind) {
    case 'typedArray':
      return object.name;
    case 'array': {
      if (depth > 3) return '…[]';
      const element = printType(object.element, depth + 1, known);
      return /[ |]/.test(element) && !element.startsWith('{') ? `(${element})[]` : `${element}[]`;
    }
    case 'record': {
      if (depth > 2) return '{…}';
      const shown = depth === 0 ? MAX_FIELDS : MAX_INNER_FIELDS;
      if (object.isTuple)
        return `[${[...object.fields.values()]
          .slice(0, shown)
          .map((field) => inner(field.type))
          .join(', ')}]`;
      const own = [...object.fields].filter(([, field]) => !field.isMethod);
      const fields = own.slice(0, shown);
      const printed = fields.map(([name, field]) => `${shortened(name, MAX_NAME)}: ${inner(field.type)}`);
      if (own.length > shown) printed.push(`… ${own.length}`);
      return printed.length > 0 ? `{ ${printed.join(', ')} }` : '{}';
    }
    case 'function':
      // One of several functions is any of them: code that calls it does not depend on which there are.
      return object.members.length === 1 ? `function ${object.members[0]!.node.path}` : 'function';
    case 'mixed':
      return '…';
  }
}

/** What a message calls a type: "an array", "a function". That it may also be absent is left out. */
export function describeType(type: Type): string {
  const kinds = [
    ...objectsOf(type).map(describeObject),
    ...(type.mask & NUMBER ? ['a number'] : []),
    ...(type.mask & BOOLEAN ? ['true or false'] : []),
    ...(type.mask & STRING ? ['a string'] : []),
  ];
  if (kinds.length > 0) return kinds.join(' or ');
  if (type.mask === 0) return 'nothing';
  return type.mask === NULL ? 'null' : 'undefined';
}

function describeObject(object: ObjectType): string {
  switch (object.kind) {
    case 'array':
      return 'an array';
    case 'typedArray':
      return `${object.name.startsWith('I') ? 'an' : 'a'} ${object.name}`;
    case 'function':
      return 'a function';
    case 'record':
      return object.isTuple ? 'an array of mixed kinds' : 'an object';
    case 'mixed':
      return 'of several kinds';
  }
}

/** A number that is written out, or a constant that holds one. */
function constantIndex(index: Expression): number | null {
  if (index.kind === 'number') return index.value;
  return index.kind === 'variable' ? index.variable.number : null;
}

/** The field of an object or a tuple that an index names, if it is known at compile time. */
export function tuplePosition(object: ObjectType | null, index: Expression): string | null {
  if (object?.kind !== 'record') return null;
  const number = constantIndex(index);
  return number === null ? null : String(number);
}

/** The type of the element at a constant index, if it is known more precisely than that of all elements. */
export function positionType(object: ObjectType | null, index: Expression): Type | null {
  if (object?.kind !== 'array' || !object.positions) return null;
  const number = constantIndex(index);
  return number === null ? null : (object.positions[number] ?? primitive(UNDEFINED));
}
