/**
 * What a class consists of, whichever way it is written: `class` with its members, or a constructor function with what is
 * assigned to its prototype. In: the parser's tree. Out: constructor, initial values of fields, methods and accessors.
 */

import type * as Babel from '@babel/types';
import { childrenOf } from '../children.ts';
import { isErrorClass } from '../errorClasses.ts';
import { withBoundMethods } from './boundMethods.ts';
import { hasOwnThis, memberOfThis, mentions, usesThis } from './nodes.ts';
import { keepPrivateNamesApart } from './privateNames.ts';

export type MethodSyntax =
  | Babel.ClassMethod
  | Babel.ClassPrivateMethod
  | Babel.ObjectMethod
  | Babel.FunctionExpression
  | Babel.FunctionDeclaration
  | Babel.ArrowFunctionExpression;

export interface Member {
  readonly kind: 'method' | 'get' | 'set';
  readonly name: string;
  readonly syntax: MethodSyntax;
  readonly nameAt: Babel.Node;
}

export interface FieldSyntax {
  readonly name: string;
  readonly value: Babel.Expression | null;
  readonly node: Babel.Node;
}

export interface StaticPart {
  readonly name: string;
  readonly node: Babel.Node;
  readonly syntax:
    | { readonly kind: 'method'; readonly method: MethodSyntax }
    | { readonly kind: 'value'; readonly value: Babel.Expression | null }
    | { readonly kind: 'block'; readonly body: readonly Babel.Statement[] };
}

export interface ClassInfo {
  readonly name: string;
  readonly nameAt: Babel.Node;
  readonly node: Babel.Node;
  base: ClassInfo | null;
  /** By `get NAME`, `set NAME`, or the name. */
  readonly members: Map<string, Member>;
  readonly fields: FieldSyntax[];
  readonly constructorSyntax: ConstructorSyntax | null;
  readonly statics: StaticPart[];
  /** A constructor function that makes an instance also where `new` is left out. */
  readonly mayLackNew: boolean;
}

export interface ConstructorSyntax {
  readonly params: readonly Babel.Node[];
  readonly body: Babel.BlockStatement;
  readonly node: MethodSyntax;
}

export const keyOf = ({ kind, name }: Member): string => (kind === 'method' ? name : `${kind} ${name}`);

/** `null`: the class has something in it that is not in the language. */
export function infoOfClass(
  node: Babel.ClassDeclaration | Babel.ClassExpression,
  name: string,
  nameAt: Babel.Node,
  base: ClassInfo | null,
): ClassInfo | null {
  const parents = base ? [...chainOf(base)].map((parent) => parent.node) : [];
  keepPrivateNamesApart(node, name, parents);
  const members = new Map<string, Member>();
  const fields: FieldSyntax[] = [];
  const statics: StaticPart[] = [];
  let constructorSyntax: ConstructorSyntax | null = null;
  for (const part of node.body.body) {
    switch (part.type) {
      case 'ClassMethod':
      case 'ClassPrivateMethod': {
        if (part.type === 'ClassMethod' && part.kind === 'constructor') {
          constructorSyntax = { params: part.params, body: part.body, node: part };
          break;
        }
        const named = nameOf(part.key, part.type === 'ClassMethod' && part.computed);
        if (named === null) return null;
        const kind = part.kind === 'get' || part.kind === 'set' ? part.kind : 'method';
        if (part.static) {
          statics.push({
            name: kind === 'method' ? named : `${kind} ${named}`,
            node: part,
            syntax: { kind: 'method', method: part },
          });
          break;
        }
        const member: Member = { kind, name: named, syntax: part, nameAt: part.key };
        // An accessor stands beside its counterpart, and replaces a method; a method replaces both.
        if (kind === 'method') for (const accessor of ['get', 'set']) members.delete(`${accessor} ${named}`);
        else members.delete(named);
        members.set(keyOf(member), member);
        break;
      }
      case 'ClassProperty':
      case 'ClassPrivateProperty': {
        if (part.type === 'ClassProperty' && (part.declare || part.abstract)) break;
        const named = nameOf(part.key, part.type === 'ClassProperty' && (part.computed ?? false));
        if (named === null) return null;
        const value = part.value ?? null;
        if (part.static) statics.push({ name: named, node: part, syntax: { kind: 'value', value } });
        else fields.push({ name: named, value, node: part });
        break;
      }
      case 'StaticBlock':
        statics.push({ name: '', node: part, syntax: { kind: 'block', body: part.body } });
        break;
      case 'TSDeclareMethod':
      case 'TSIndexSignature':
        break;
      default:
        return null;
    }
  }
  constructorSyntax = withBoundMethods(members, constructorSyntax);
  if (base) statics.push(...inheritedStatics(base, statics));
  return { name, nameAt, node, base, members, fields, constructorSyntax, statics, mayLackNew: isErrorClass(node) };
}

/** Static methods in whose `this` a class is that extends theirs. */
const inheritedStatics = (base: ClassInfo, own: readonly StaticPart[]): StaticPart[] =>
  base.statics.filter(({ name, syntax }) => {
    if (syntax.kind !== 'method' || own.some((part) => part.name === name)) return false;
    return usesThis(syntax.method) && !mentions(syntax.method.body, 'Super');
  });

export function infoOfFunction(
  node: Babel.FunctionDeclaration | Babel.FunctionExpression,
  name: string,
  nameAt: Babel.Node,
): ClassInfo {
  const [first, ...rest] = node.body.body;
  // `if (!(this instanceof Osc)) return new Osc(hz)`: what makes the instances does that anyway.
  const isGuarded = first !== undefined && isGuard(first, name);
  const body = isGuarded ? { ...node.body, body: rest } : node.body;
  return {
    name,
    nameAt,
    node,
    base: null,
    members: new Map(),
    fields: [],
    constructorSyntax: { params: node.params, body, node },
    statics: [],
    mayLackNew: isGuarded,
  };
}

function isGuard(statement: Babel.Statement, name: string): boolean {
  if (statement.type !== 'IfStatement' || statement.test.type !== 'UnaryExpression') return false;
  const inner = unwrapped(statement.test.argument);
  if (inner.type !== 'BinaryExpression' || inner.operator !== 'instanceof') return false;
  if (inner.left.type !== 'ThisExpression' || inner.right.type !== 'Identifier') return false;
  const then = statement.consequent;
  const only = then.type === 'BlockStatement' ? then.body[0] : then;
  const made = only?.type === 'ReturnStatement' ? only.argument : null;
  return made?.type === 'NewExpression' && made.callee.type === 'Identifier' && made.callee.name === name;
}

export function unwrapped(node: Babel.Node): Babel.Node {
  let inner = node;
  while (
    inner.type === 'ParenthesizedExpression' ||
    inner.type === 'TSAsExpression' ||
    inner.type === 'TSNonNullExpression' ||
    inner.type === 'TSSatisfiesExpression' ||
    inner.type === 'TSTypeAssertion'
  ) {
    inner = inner.expression;
  }
  return inner;
}

/** The name of a member; `null`: it is computed. */
export function nameOf(key: Babel.Node, isComputed: boolean): string | null {
  if (key.type === 'PrivateName') return `#${key.id.name}`;
  if (key.type === 'StringLiteral') return key.value;
  if (key.type === 'NumericLiteral') return String(key.value);
  return key.type === 'Identifier' && !isComputed ? key.name : null;
}

/** The class and those it extends, itself first. */
export function* chainOf(info: ClassInfo): Iterable<ClassInfo> {
  for (let at: ClassInfo | null = info; at; at = at.base) yield at;
}

/** What an instance has of the members of its class and those that it extends, by their keys: parents first. */
export function membersOf(info: ClassInfo): Map<string, { readonly member: Member; readonly owner: ClassInfo }> {
  const members = new Map<string, { readonly member: Member; readonly owner: ClassInfo }>();
  for (const owner of [...chainOf(info)].reverse()) {
    for (const { name } of owner.members.values()) for (const key of keysOf(name)) members.delete(key);
    for (const member of owner.members.values()) members.set(keyOf(member), { member, owner });
  }
  return members;
}

/** A method or an accessor of a name hides all that the parents have under that name: a getter their setter, too. */
const keysOf = (name: string): readonly string[] => [name, `get ${name}`, `set ${name}`];

/** The class whose member of that key an instance has. */
export function ownerOf(info: ClassInfo | null, key: string): ClassInfo | null {
  if (!info) return null;
  const name = key.replace(/^[gs]et /, '');
  for (const at of chainOf(info)) {
    if (at.members.has(key)) return at;
    if (keysOf(name).some((other) => at.members.has(other))) return null;
  }
  return null;
}

/** The class whose constructor runs first when an instance is made; `null`: none has anything to do. */
export function constructorOwner(info: ClassInfo | null): ClassInfo | null {
  if (!info) return null;
  for (const at of chainOf(info)) if (at.constructorSyntax || at.fields.length > 0) return at;
  return null;
}

/** The parameters that `new` takes. */
export function parametersOf(info: ClassInfo): readonly Babel.Node[] {
  for (const at of chainOf(info)) if (at.constructorSyntax) return at.constructorSyntax.params;
  return [];
}

/** The members of an instance that code in the class sets, in the order of the text: parents first. */
export function fieldNamesOf(info: ClassInfo, find: (name: string) => ClassInfo | null): string[] {
  const names = new Set<string>();
  const visited = new Set<ClassInfo>();
  const visit = (at: ClassInfo | null): void => {
    if (!at || visited.has(at)) return;
    visited.add(at);
    visit(at.base);
    for (const field of at.fields) names.add(field.name);
    for (const param of at.constructorSyntax?.params ?? []) {
      if (param.type === 'TSParameterProperty') names.add(parameterName(param.parameter));
    }
    const bodies: Babel.Node[] = at.fields.flatMap(({ value }) => value ?? []);
    if (at.constructorSyntax) bodies.push(...at.constructorSyntax.params, at.constructorSyntax.body);
    for (const { syntax } of at.members.values()) bodies.push(...syntax.params, syntax.body);
    for (const body of bodies) collectTargets(body, names, (name) => visit(find(name)));
  };
  visit(info);
  for (const at of chainOf(info)) {
    for (const member of at.members.values()) names.delete(member.name);
  }
  return [...names];
}

export const parameterName = (parameter: Babel.Node): string => {
  if (parameter.type === 'Identifier') return parameter.name;
  return parameter.type === 'AssignmentPattern' && parameter.left.type === 'Identifier' ? parameter.left.name : '';
};

/** Members of `this` that are assigned to. `onCall`: a function is called with the same `this`. */
function collectTargets(root: Babel.Node, names: Set<string>, onCall: (name: string) => void): void {
  const visit = (node: Babel.Node, isTarget: boolean): void => {
    if (hasOwnThis(node)) return;
    const name = isTarget ? (memberOfThis(node) ?? memberOfSuper(node)) : null;
    if (name !== null) names.add(name);
    if (node.type === 'AssignmentExpression') {
      visit(node.left, true);
      visit(node.right, false);
      return;
    }
    if (node.type === 'UpdateExpression') {
      visit(node.argument, true);
      return;
    }
    if (node.type === 'ForOfStatement' || node.type === 'ForInStatement') visit(node.left, true);
    const called = calledWithThis(node);
    if (called) onCall(called);
    const isPattern = isTarget && /Pattern$|^RestElement$|^ObjectProperty$/.test(node.type);
    for (const child of childrenOf(node)) visit(child, isPattern);
  };
  visit(root, false);
}

/** What is assigned to a member of `super` that is no setter goes to `this`. */
const memberOfSuper = (node: Babel.Node): string | null =>
  node.type === 'MemberExpression' &&
  node.object.type === 'Super' &&
  node.property.type === 'Identifier' &&
  !node.computed
    ? node.property.name
    : null;

/** `Osc.call(this, …)`: the name of the function. */
export function calledWithThis(node: Babel.Node): string | null {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return null;
  const { object, property } = node.callee;
  const isCall = property.type === 'Identifier' && (property.name === 'call' || property.name === 'apply');
  return isCall && object.type === 'Identifier' && node.arguments[0]?.type === 'ThisExpression' ? object.name : null;
}
