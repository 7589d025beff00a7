/**
 * Finds the classes that a block declares: `class`, and constructor functions with what is assigned to their prototypes. In:
 * the statements of a block. Out: its classes by name, and the statements that are part of them.
 */

import type * as Babel from '@babel/types';
import { childrenOf, isNode } from '../children.ts';
import { type ClassInfo, infoOfClass, infoOfFunction, keyOf, type Member, nameOf, unwrapped } from './classInfo.ts';
import { identifier, memberOf, usesThis } from './nodes.ts';

/** The classes that are known in a block. */
export interface Known {
  readonly outer: Known | null;
  readonly classes: Map<string, ClassInfo>;
  /** Names that mean something else here. */
  readonly others: Set<string>;
}

export function findClass(known: Known | null, name: string): ClassInfo | null {
  for (let at = known; at; at = at.outer) {
    const found = at.classes.get(name);
    if (found) return found;
    if (at.others.has(name)) return null;
  }
  return null;
}

/** Names of functions that are used as constructors, wherever that is in the text. */
export function constructorNames(statements: readonly Babel.Statement[]): Set<string> {
  const names = new Set<string>();
  const pending: Babel.Node[] = [...statements];
  const add = (node: Babel.Node | null | undefined): void => {
    if (node?.type === 'Identifier') names.add(node.name);
  };
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (node.type === 'NewExpression') add(node.callee);
    else if (node.type === 'BinaryExpression' && node.operator === 'instanceof') add(node.right);
    else if (node.type === 'MemberExpression' && node.property.type === 'Identifier') {
      const isOfThis = node.property.name === 'prototype';
      if (isOfThis) add(node.object);
    }
    pending.push(...childrenOf(node));
  }
  return names;
}

export interface Collected {
  readonly known: Known;
  /** Where each class is declared. */
  readonly declared: ReadonlyMap<Babel.Node, ClassInfo>;
  /** Statements that became parts of classes. */
  readonly absorbed: ReadonlySet<Babel.Statement>;
}

export function collectClasses(
  statements: readonly Babel.Statement[],
  outer: Known | null,
  constructors: ReadonlySet<string>,
): Collected {
  const known: Known = { outer, classes: new Map(), others: new Set() };
  const declared = new Map<Babel.Node, ClassInfo>();
  const absorbed = new Set<Babel.Statement>();
  const withPrototypes = new Set(statements.flatMap((statement) => prototypeName(statement) ?? []));
  const add = (node: Babel.Node, info: ClassInfo | null): void => {
    if (!info) return;
    known.classes.set(info.name, info);
    declared.set(node, info);
  };
  const isConstructor = (name: string, fn: Babel.FunctionDeclaration | Babel.FunctionExpression): boolean =>
    (constructors.has(name) && usesThis(fn)) || withPrototypes.has(name);
  for (const outermost of statements) {
    const statement = declarationIn(outermost);
    if (statement.type === 'ClassDeclaration' && statement.id) {
      const base = baseOf(known, statement);
      if (base !== undefined) add(statement, infoOfClass(statement, statement.id.name, statement.id, base));
    } else if (statement.type === 'FunctionDeclaration' && statement.id) {
      const { name } = statement.id;
      if (isConstructor(name, statement)) add(statement, infoOfFunction(statement, name, statement.id));
      else known.others.add(name);
    } else if (statement.type === 'VariableDeclaration') {
      for (const { id, init } of statement.declarations) {
        if (id.type !== 'Identifier') continue;
        const isOnly = statement.declarations.length === 1;
        if (isOnly && init?.type === 'ClassExpression') {
          const base = baseOf(known, init);
          if (base !== undefined) add(statement, infoOfClass(init, id.name, id, base));
        } else if (isOnly && init?.type === 'FunctionExpression' && isConstructor(id.name, init)) {
          add(statement, infoOfFunction(init, id.name, id));
        } else known.others.add(id.name);
      }
    }
  }
  if (withPrototypes.size > 0) {
    for (const statement of statements) if (absorb(statement, known)) absorbed.add(statement);
  }
  return { known, declared, absorbed };
}

export const declarationIn = (statement: Babel.Statement): Babel.Statement =>
  statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement;

/** `undefined`: it extends what is no class of the text. */
function baseOf(
  known: Known,
  { superClass }: Babel.ClassDeclaration | Babel.ClassExpression,
): ClassInfo | null | undefined {
  if (!superClass) return null;
  const base = unwrapped(superClass);
  return base.type === 'Identifier' ? (findClass(known, base.name) ?? undefined) : undefined;
}

/** The name in `NAME.prototype`. */
function ofPrototype(node: Babel.Node): string | null {
  if (node.type !== 'MemberExpression' || node.object.type !== 'Identifier' || node.computed) return null;
  return node.property.type === 'Identifier' && node.property.name === 'prototype' ? node.object.name : null;
}

/** The name of the function whose prototype a statement changes. */
function prototypeName(statement: Babel.Statement): string | null {
  const expression = statement.type === 'ExpressionStatement' ? statement.expression : null;
  if (expression?.type === 'AssignmentExpression') {
    const { left } = expression;
    return ofPrototype(left) ?? (left.type === 'MemberExpression' ? ofPrototype(left.object) : null);
  }
  const changed = expression?.type === 'CallExpression' ? changedBy(expression) : null;
  return changed && ofPrototype(changed);
}

/** What `Object.assign` or `Object.setPrototypeOf` changes. */
function changedBy({ callee, arguments: args }: Babel.CallExpression): Babel.Node | null {
  if (callee.type !== 'MemberExpression' || callee.object.type !== 'Identifier') return null;
  if (callee.object.name !== 'Object' || callee.property.type !== 'Identifier') return null;
  return /^(assign|setPrototypeOf)$/.test(callee.property.name) ? (args[0] ?? null) : null;
}

/** Makes a statement that changes a prototype part of the class; returns whether it could. */
function absorb(statement: Babel.Statement, known: Known): boolean {
  const name = prototypeName(statement);
  const info = name === null ? null : (known.classes.get(name) ?? null);
  if (!info || statement.type !== 'ExpressionStatement') return false;
  const { expression } = statement;
  if (expression.type === 'CallExpression') {
    const [, given] = expression.arguments;
    const base = given && ofPrototype(given);
    if (!base) return given?.type === 'ObjectExpression' && addAll(info, given);
    info.base = findClass(known, base);
    return info.base !== null;
  }
  if (expression.type !== 'AssignmentExpression' || expression.operator !== '=') return false;
  const { left, right } = expression;
  if (left.type !== 'MemberExpression') return false;
  if (ofPrototype(left)) return right.type === 'ObjectExpression' ? addAll(info, right) : extendBy(info, right, known);
  const member = nameOf(left.property, left.computed);
  if (member === null) return false;
  if (member === 'constructor') return true;
  return addMember(info, member, right, left.property);
}

/** `Soft.prototype = Object.create(Osc.prototype)`, or `new Osc()`. */
function extendBy(info: ClassInfo, value: Babel.Node, known: Known): boolean {
  let base: string | null = null;
  if (value.type === 'NewExpression' && value.callee.type === 'Identifier') base = value.callee.name;
  else if (value.type === 'CallExpression' && value.callee.type === 'MemberExpression') {
    const { object, property } = value.callee;
    const isCreate = object.type === 'Identifier' && object.name === 'Object' && property.type === 'Identifier';
    const [given] = value.arguments;
    if (isCreate && property.name === 'create' && given) base = ofPrototype(given);
  }
  info.base = base === null ? null : findClass(known, base);
  return info.base !== null;
}

function addAll(info: ClassInfo, { properties }: Babel.ObjectExpression): boolean {
  for (const property of properties) {
    if (property.type === 'SpreadElement') return false;
    const name = nameOf(property.key, property.computed);
    if (name === null) return false;
    if (property.type === 'ObjectMethod') {
      const member: Member = { kind: property.kind, name, syntax: property, nameAt: property.key };
      info.members.set(keyOf(member), member);
    } else if (name !== 'constructor' && isNode(property.value)) addMember(info, name, property.value, property.key);
  }
  return true;
}

function addMember(info: ClassInfo, name: string, value: Babel.Node, nameAt: Babel.Node): boolean {
  const isFunction = value.type === 'FunctionExpression' || value.type === 'ArrowFunctionExpression';
  if (isFunction) info.members.set(name, { kind: 'method', name, syntax: value, nameAt });
  else
    info.fields.push({
      name,
      value: value as Babel.Expression,
      node: memberOf(identifier('this', value), name, value),
    });
  return true;
}
