/** `super.next` where it is not called, and `super.gain = x`. In: their syntax, and the class that they stand in. Out: what they are. Pure. */

import type * as Babel from '@babel/types';
import { type ClassInfo, ownerOf } from './classInfo.ts';
import { arrowOf, assignTo, callOf, callOn, identifier, memberOf, restOf, spreadOf, thisAt } from './nodes.ts';
import { isAllWritten, keptBy, staticOwner, voidAt } from './rewriteParts.ts';

/** What the code is part of that is rewritten. */
export interface Home {
  readonly info: ClassInfo | null;
  /** `this` is the class. */
  readonly isStatic: boolean;
  readonly isConstructor: boolean;
}

/** `null`: it is none, or stays refused. */
export function superMember(
  { info, isStatic }: Home,
  node: Babel.MemberExpression,
  property: Babel.Identifier,
): Babel.Node | null {
  const { object } = node;
  if (object.type !== 'Super' || !info?.base) return null;
  const key = `get ${property.name}`;
  if (isStatic) {
    const getter = staticOwner(info.base, key);
    return getter
      ? callOf(identifier(`${getter.name}.${key}`, property), [], node)
      : identifier(`${info.base.name}.${property.name}`, node);
  }
  const owner = ownerOf(info.base, key);
  if (owner) return callOn(identifier(`${owner.name}.prototype.${key}`, property), thisAt(object), [], node);
  const method = ownerOf(info.base, property.name);
  if (!method) return isAllWritten(info.base) ? voidAt(node) : null;
  // The method as a value, on the same object.
  const target = identifier(`${method.name}.prototype.${property.name}`, property);
  return arrowOf([restOf('args', node)], callOn(target, thisAt(object), [spreadOf('args', node)], node), node);
}

/** Calls the setter of the parent, or sets the member of `this`. */
export function superAssignment(
  { info, isStatic }: Home,
  node: Babel.MemberExpression,
  property: Babel.Identifier,
  given: () => Babel.Expression,
): Babel.Expression | null {
  const { object } = node;
  if (object.type !== 'Super' || !info?.base || isStatic) return null;
  const owner = ownerOf(info.base, `set ${property.name}`);
  if (!owner) return assignTo(memberOf(thisAt(object), property.name, node), given(), node);
  const target = identifier(`${owner.name}.prototype.set ${property.name}`, property);
  return keptBy(given(), (value) => callOn(target, thisAt(object), [value], node), node);
}
