/** Joining types where values of two meet, and unifying the object types among them. */

import type { TypedArrayName } from '../ast.ts';
import {
  type ArrayType,
  BROKEN,
  bitOf,
  type Closure,
  type FunctionType,
  find,
  isUnknown,
  kindsOfType,
  type MixedType,
  NOTHING,
  NULL,
  type ObjectType,
  objectOf,
  primitive,
  type RecordType,
  type Type,
  type TypedArrayType,
  UNDEFINED,
} from './types.ts';

/**
 * Called when two kinds meet that cannot be mixed. `part` says which part of the values they are, to be put
 * in front of their name: `the elements of `, or nothing for the values themselves.
 */
export type OnConflict = (first: Type, second: Type, part: string) => void;

const within =
  (onConflict: OnConflict, outer: string): OnConflict =>
  (first, second, part) =>
    onConflict(first, second, part + outer);

/** The joined type: one of the two where it is the same, so that equal types are mostly one object. */
function oneOf(a: Type, b: Type, mask: number, object: ObjectType): Type {
  if (mask === a.mask && object === a.object) return a;
  return mask === b.mask && object === b.object ? b : { mask, object };
}

export class Unifier {
  /** Something grew since this was last set to false. */
  changed = false;
  private nextId = 1;

  freshId(): number {
    return this.nextId++;
  }

  join(a: Type, b: Type, onConflict: OnConflict): Type {
    if (a === b) return a;
    if (a === BROKEN || b === BROKEN) return BROKEN;
    const first = objectOf(a);
    const second = objectOf(b);
    const mask = a.mask | b.mask;
    if (!first && !second) return primitive(mask);
    if (meet(first, second, mask)) return this.mix(a, b, onConflict);
    if (first && second) {
      if (first !== second && !this.unify(first, second, onConflict)) {
        onConflict(a, b, '');
        return BROKEN;
      }
      const object = find(first);
      return oneOf(a, b, mask, object);
    }
    return oneOf(a, b, mask, (first ?? second)!);
  }

  /** Joins types of different kinds, objects among them: their values are boxed. */
  private mix(a: Type, b: Type, onConflict: OnConflict): Type {
    const objects = [a, b].flatMap((type) => objectOf(type) ?? []);
    const kinds = kindsOfType(a) | kindsOfType(b);
    const [first, second] = objects.map((object) => this.mixedOf(object));
    if (second && !this.unify(first!, second, onConflict)) {
      onConflict(a, b, '');
      return BROKEN;
    }
    return oneOf(a, b, kinds, find(first!));
  }

  /** What an object is part of: one for each, so that a type stays the same from pass to pass. */
  private mixedOf(object: ObjectType): ObjectType {
    if (object.kind === 'mixed') return object;
    if (object.mixed) return find(object.mixed);
    const mixed: MixedType = {
      ...{ kind: 'mixed', id: this.freshId(), forward: null, made: 0, label: object.label, mixed: null },
      parts: new Map([[bitOf(object), object]]),
    };
    object.mixed = mixed;
    return mixed;
  }

  /** Makes a literal whose elements were known one by one a list, whose elements may be of several kinds. */
  asList(tuple: ObjectType): void {
    const list = this.newArray(tuple.label);
    list.isList = true;
    this.unify(tuple, list, () => {});
  }

  /** Joins into a place that only grows, and notes whether it did. */
  grow(old: Type, added: Type, onConflict: OnConflict): Type {
    const joined = this.join(old, added, onConflict);
    const isSame = joined.mask === old.mask && (joined.object === null) === (old.object === null);
    if (!isSame || (joined === BROKEN) !== (old === BROKEN)) this.changed = true;
    return joined;
  }

  /** Makes two object types one. Returns false when they are of different kinds. */
  private unify(a: ObjectType, b: ObjectType, onConflict: OnConflict): boolean {
    const first = find(a);
    const second = find(b);
    if (first === second) return true;
    if (first.kind === 'mixed' && second.kind === 'mixed') return this.mergeMixed(first, second, onConflict);
    if (first.kind === 'record' && second.kind === 'array') return this.becomeList(first, second, onConflict);
    if (first.kind === 'array' && second.kind === 'record') return this.becomeList(second, first, onConflict);
    if (first.kind !== second.kind) return false;
    if (first.kind === 'typedArray' && second.kind === 'typedArray' && first.name !== second.name) return false;
    if (first.kind === 'record' && second.kind === 'record' && first.isTuple !== second.isTuple) return false;
    this.changed = true;
    // The older one is kept, so that types keep their names from pass to pass.
    const [kept, gone] = first.id < second.id ? [first, second] : [second, first];
    gone.forward = kept;
    kept.made |= gone.made;
    this.mergeMixes(kept, gone, onConflict);
    if (kept.kind === 'array' && gone.kind === 'array') {
      kept.written ||= gone.written;
      kept.positions = this.joinPositions(kept, gone, onConflict);
      kept.startsEmpty ||= gone.startsEmpty;
      kept.hasHoles ||= gone.hasHoles;
      kept.isList ||= gone.isList;
      kept.element = this.join(kept.element, gone.element, within(onConflict, 'the elements of '));
    } else if (kept.kind === 'typedArray' && gone.kind === 'typedArray') {
      kept.written ||= gone.written;
    } else if (kept.kind === 'record' && gone.kind === 'record') {
      for (const literal of gone.literals) kept.literals.add(literal);
      kept.hasHoles ||= gone.hasHoles;
      this.mergeFields(kept, gone, onConflict);
    } else if (kept.kind === 'function' && gone.kind === 'function') {
      this.mergeFamilies(kept, gone, onConflict);
    }
    return true;
  }

  /** The parts of two mixed types that are of one kind become one. */
  private mergeMixed(a: MixedType, b: MixedType, onConflict: OnConflict): boolean {
    this.changed = true;
    const [kept, gone] = a.id < b.id ? [a, b] : [b, a];
    gone.forward = kept;
    let fits = true;
    for (const [bit, part] of gone.parts) {
      const known = kept.parts.get(bit);
      if (!known) kept.parts.set(bit, part);
      else if (!this.unify(known, part, onConflict)) fits = false;
    }
    return fits;
  }

  /** Two that have become one are part of one. */
  private mergeMixes(kept: ObjectType, gone: ObjectType, onConflict: OnConflict): void {
    if (gone.mixed && kept.mixed) this.unify(kept.mixed, gone.mixed, onConflict);
    kept.mixed ??= gone.mixed;
  }

  /** A literal of mixed kinds that is the same as an array holds what all its elements may be. */
  private becomeList(tuple: RecordType, array: ArrayType, onConflict: OnConflict): boolean {
    if (!tuple.isTuple) return false;
    this.changed = true;
    tuple.forward = array;
    array.made |= tuple.made;
    array.isList = true;
    array.hasHoles ||= tuple.hasHoles;
    array.positions = null;
    this.mergeMixes(array, tuple, onConflict);
    for (const field of tuple.fields.values()) {
      array.written ||= field.written;
      array.element = this.join(array.element, field.type, within(onConflict, 'the elements of '));
    }
    return true;
  }

  /** Literals of one length keep the types of their elements apart. */
  private joinPositions(kept: ArrayType, gone: ArrayType, onConflict: OnConflict): readonly Type[] | null | undefined {
    const [first, second] = [kept.positions, gone.positions];
    if (first === undefined && second === undefined) return undefined;
    if (!first || !second || first.length !== second.length) return null;
    return first.map((type, index) => this.join(type, second[index]!, onConflict));
  }

  /** A member that only one of the two has may be absent in the other. */
  private mergeFields(kept: RecordType, gone: RecordType, onConflict: OnConflict): void {
    for (const [name, field] of kept.fields) {
      if (!gone.fields.has(name)) field.type = this.join(field.type, primitive(UNDEFINED), onConflict);
    }
    for (const [name, field] of gone.fields) {
      const known = kept.fields.get(name);
      if (known) {
        const part = kept.isTuple ? `the element [${name}] of ` : `the member \`${name}\` of `;
        if (known.isGetter !== field.isGetter) onConflict(known.type, field.type, part);
        known.type = this.join(known.type, field.type, within(onConflict, part));
        known.written ||= field.written;
      } else {
        kept.fields.set(name, {
          type: this.join(field.type, primitive(UNDEFINED), onConflict),
          written: field.written,
          isGetter: field.isGetter,
          isMethod: field.isMethod,
          isHidden: field.isHidden,
          origin: field.origin,
        });
      }
    }
  }

  private mergeFamilies(kept: FunctionType, gone: FunctionType, onConflict: OnConflict): void {
    for (const member of gone.members) if (!kept.members.includes(member)) kept.members.push(member);
    kept.needsResult ||= gone.needsResult;
    kept.result = this.join(kept.result, gone.result, within(onConflict, 'the result of '));
    kept.receiver = this.join(kept.receiver, gone.receiver, within(onConflict, 'the object of '));
    gone.parameters.forEach((parameter, index) => {
      const known = kept.parameters[index];
      kept.parameters[index] = known ? this.join(known, parameter, within(onConflict, 'an argument of ')) : parameter;
    });
  }

  newArray(label: string): ArrayType {
    return {
      kind: 'array',
      id: this.freshId(),
      forward: null,
      made: 0,
      label,
      element: NOTHING,
      positions: undefined,
      startsEmpty: false,
      hasHoles: false,
      isList: false,
      mixed: null,
      written: false,
    };
  }

  newTypedArray(name: TypedArrayName): TypedArrayType {
    return {
      kind: 'typedArray',
      id: this.freshId(),
      forward: null,
      made: 0,
      label: name,
      mixed: null,
      name,
      written: false,
    };
  }

  newRecord(label: string, isTuple = false): RecordType {
    return {
      kind: 'record',
      isTuple,
      hasHoles: false,
      id: this.freshId(),
      forward: null,
      made: 0,
      label,
      mixed: null,
      fields: new Map(),
      literals: new Set(),
    };
  }

  newFunction(closure: Closure, label: string): FunctionType {
    return {
      kind: 'function',
      id: this.freshId(),
      forward: null,
      made: 0,
      label,
      mixed: null,
      members: [closure],
      receiver: NOTHING,
      parameters: [],
      origins: [],
      resultOrigin: null,
      needsResult: false,
      result: NOTHING,
    };
  }
}

/** Whether objects meet other kinds, or objects of another kind. */
function meet(first: ObjectType | null, second: ObjectType | null, mask: number): boolean {
  if (first?.kind === 'mixed' || second?.kind === 'mixed') return true;
  if (first && second && bitOf(first) !== bitOf(second)) return true;
  return (mask & ~(UNDEFINED | NULL)) !== 0;
}

/** Whether values of these types can be elements of one array: primitive kinds, or objects of one kind. */
export function canShareArray(types: readonly Type[]): boolean {
  const objects = types.flatMap((type) => objectOf(type) ?? []);
  if (objects.length === 0) return true;
  if (types.some((type) => (type.mask & ~(UNDEFINED | NULL)) !== 0)) return false;
  return objects.every((object) => isAlike(objects[0]!, object, 0));
}

const MAX_DEPTH = 4;

function isAlike(a: ObjectType, b: ObjectType, depth: number): boolean {
  if (a === b || depth > MAX_DEPTH) return true;
  if (a.kind === 'typedArray' && b.kind === 'typedArray') return a.name === b.name;
  if (a.kind === 'record' && b.kind === 'record') return a.isTuple === b.isTuple;
  if (a.kind !== 'array' || b.kind !== 'array') return a.kind === b.kind;
  const [first, second] = [objectOf(a.element), objectOf(b.element)];
  if (first && second) return isAlike(first, second, depth + 1);
  // An empty array takes whatever comes.
  return (!first && !second) || isUnknown(a.element) || isUnknown(b.element);
}
