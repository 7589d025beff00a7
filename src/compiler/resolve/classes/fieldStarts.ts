/**
 * Which fields of an instance may be read before they are set. In: a class. Out: the names of those fields, which begin as
 * `undefined`; all others are set by the constructor first, and have the type of what is set.
 *
 * The constructor is followed as it runs, with those of the classes it extends, and into the methods that it calls on `this`.
 * Wherever `this` gets out of sight, all that is not set by then may be read.
 */

import type * as Babel from '@babel/types';
import { childrenOf } from '../children.ts';
import { type ClassInfo, calledWithThis, constructorOwner, ownerOf, parameterName } from './classInfo.ts';
import { hasOwnThis, memberOfThis, usesThis } from './nodes.ts';

/** How deep methods are followed that the constructor calls. */
const MAX_DEPTH = 8;
const MAX_STEPS = 20_000;

export function lateFields(
  info: ClassInfo,
  fields: readonly string[],
  find: (name: string) => ClassInfo | null,
): ReadonlySet<string> {
  const walk = new Walk(info, fields, find);
  walk.construct(constructorOwner(info));
  walk.end();
  return walk.late;
}

class Walk {
  readonly late = new Set<string>();
  private set = new Set<string>();
  /** What was set where the function left early; `null`: it did not. */
  private left: Set<string> | null = null;
  private readonly info: ClassInfo;
  private readonly fields: readonly string[];
  private readonly find: (name: string) => ClassInfo | null;
  /** Functions made so far that use `this`. */
  private readonly closures: Babel.Node[] = [];
  private readonly running: Babel.Node[] = [];
  /** The class whose code runs. */
  private home: ClassInfo;
  private steps = 0;
  private isInClosure = false;

  constructor(info: ClassInfo, fields: readonly string[], find: (name: string) => ClassInfo | null) {
    this.info = info;
    this.home = info;
    this.fields = fields;
    this.find = find;
  }

  end(): void {
    this.escape();
  }

  /** `this` may be read by anybody from here on. */
  private escape(): void {
    for (const field of this.fields) this.read(field);
  }

  private read(name: string): void {
    if (!this.set.has(name) && this.fields.includes(name)) this.late.add(name);
  }

  construct(owner: ClassInfo | null): void {
    if (!owner) return;
    const outer = this.home;
    this.home = owner;
    const { constructorSyntax, base } = owner;
    if (!constructorSyntax) {
      this.construct(constructorOwner(base));
      this.initialise(owner);
    } else {
      if (!base) this.initialise(owner);
      this.call(constructorSyntax.params, constructorSyntax.body);
    }
    this.home = outer;
  }

  private initialise(owner: ClassInfo): void {
    for (const { name, value } of owner.fields) {
      if (!value) continue;
      this.visit(value);
      this.assign(name);
    }
    for (const param of owner.constructorSyntax?.params ?? []) {
      if (param.type === 'TSParameterProperty') this.assign(parameterName(param.parameter));
    }
  }

  private assign(name: string): void {
    if (!this.isInClosure) this.set.add(name);
  }

  private call(params: readonly Babel.Node[], body: Babel.Node): void {
    if (this.running.includes(body) || this.running.length >= MAX_DEPTH) {
      this.escape();
      return;
    }
    this.running.push(body);
    const outer = this.left;
    this.left = null;
    for (const param of params) this.visit(param);
    this.visit(body);
    const left: Set<string> | null = this.left;
    if (left !== null) this.set = meet(this.set, left);
    this.left = outer;
    this.running.pop();
  }

  private maybe(...nodes: readonly (Babel.Node | null | undefined)[]): void {
    const before = new Set(this.set);
    for (const node of nodes) if (node) this.visit(node);
    this.set = meet(this.set, before);
  }

  private branches(...branches: readonly (Babel.Node | null | undefined)[]): void {
    const before = this.set;
    const ends = branches.map((branch) => {
      this.set = new Set(before);
      if (branch) this.visit(branch);
      return branch && leaves(branch) ? null : this.set;
    });
    const those = ends.filter((end) => end !== null);
    this.set = those.length > 0 ? those.reduce(meet) : before;
  }

  private visit(node: Babel.Node): void {
    if (++this.steps > MAX_STEPS) {
      this.escape();
      return;
    }
    if (hasOwnThis(node)) return;
    const name = memberOfThis(node);
    if (name !== null) {
      this.get(name);
      return;
    }
    switch (node.type) {
      case 'ThisExpression':
        this.escape();
        return;
      case 'ArrowFunctionExpression':
        if (usesThis(node)) this.closures.push(node);
        return;
      case 'AssignmentExpression':
        this.assignment(node);
        return;
      case 'UpdateExpression':
        this.visit(node.argument);
        return;
      case 'IfStatement':
        this.visit(node.test);
        this.branches(node.consequent, node.alternate);
        return;
      case 'ConditionalExpression':
        this.visit(node.test);
        this.branches(node.consequent, node.alternate);
        return;
      case 'LogicalExpression':
        this.visit(node.left);
        this.maybe(node.right);
        return;
      case 'ForStatement':
        if (node.init) this.visit(node.init);
        if (node.test) this.visit(node.test);
        this.maybe(node.body, node.update);
        return;
      case 'ForOfStatement':
      case 'ForInStatement':
        this.visit(node.right);
        this.maybe(node.body);
        return;
      case 'WhileStatement':
        this.visit(node.test);
        this.maybe(node.body);
        return;
      case 'SwitchStatement':
        this.visit(node.discriminant);
        this.maybe(...node.cases);
        return;
      case 'TryStatement':
        this.maybe(node.block);
        this.maybe(node.handler);
        if (node.finalizer) this.visit(node.finalizer);
        return;
      case 'DoWhileStatement':
      case 'LabeledStatement':
        // They may be left early.
        this.maybe(node.body);
        return;
      case 'ReturnStatement':
        if (node.argument) this.visit(node.argument);
        this.left = this.left ? meet(this.left, this.set) : new Set(this.set);
        return;
      case 'CallExpression':
      case 'OptionalCallExpression':
      case 'NewExpression':
        this.calls(node);
        return;
      default:
        for (const child of childrenOf(node)) this.visit(child);
    }
  }

  /** Reading a member: a field, or an accessor of the class. */
  private get(name: string): void {
    const getter = ownerOf(this.info, `get ${name}`)?.members.get(`get ${name}`);
    if (getter) this.call([], getter.syntax.body);
    else if (!ownerOf(this.info, name)) this.read(name);
  }

  private assignment({ left, right, operator }: Babel.AssignmentExpression): void {
    const name = memberOfThis(left);
    if (name === null) {
      if (left.type === 'ArrayPattern' || left.type === 'ObjectPattern') {
        this.visit(right);
        for (const target of targetsIn(left)) this.assign(target);
        return;
      }
      this.visit(left);
      this.visit(right);
      return;
    }
    const setter = ownerOf(this.info, `set ${name}`)?.members.get(`set ${name}`);
    if (operator !== '=') this.get(name);
    this.visit(right);
    if (setter) this.call([], setter.syntax.body);
    else if (operator === '=') this.assign(name);
  }

  private calls(node: Babel.CallExpression | Babel.OptionalCallExpression | Babel.NewExpression): void {
    const { callee } = node;
    const withThis = calledWithThis(node);
    if (callee.type === 'Super' || withThis) {
      for (const argument of node.arguments.slice(withThis ? 1 : 0)) this.visit(argument);
      const home = this.home;
      const called = withThis ? this.find(withThis) : home.base;
      if (withThis && !called) this.escape();
      this.construct(constructorOwner(called));
      this.home = home;
      if (!withThis) this.initialise(home);
      return;
    }
    const isOfSuper = callee.type === 'MemberExpression' && callee.object.type === 'Super';
    const name = isOfSuper && callee.property.type === 'Identifier' ? callee.property.name : memberOfThis(callee);
    const owner = name === null ? null : ownerOf(isOfSuper ? this.home.base : this.info, name);
    const made = this.closures.length;
    for (const argument of node.arguments) this.visit(argument);
    if (owner && name !== null) {
      const { syntax } = owner.members.get(name)!;
      const outer = this.home;
      this.home = owner;
      this.call(syntax.params, syntax.body);
      this.home = outer;
      return;
    }
    if (name !== null) this.read(name);
    else if (!isOfSuper) this.visit(callee);
    // What a call may run are the functions made so far.
    if (!isPure(callee) || this.closures.length > made) this.runClosures();
  }

  private runClosures(): void {
    if (this.isInClosure) return;
    this.isInClosure = true;
    for (const closure of [...this.closures]) {
      if (closure.type !== 'ArrowFunctionExpression' || this.running.includes(closure.body)) continue;
      const before = new Set(this.set);
      this.call(closure.params, closure.body);
      this.set = before;
    }
    this.isInClosure = false;
  }
}

const PURE: ReadonlySet<string> = new Set(['Math', 'Array', 'Number', 'Object', 'String']);

/** Functions of the language that call nothing back. */
function isPure(callee: Babel.Node): boolean {
  if (callee.type === 'Identifier') return /^(Array|Number|(Float|U?int|Int)\d+Array)$/i.test(callee.name);
  return callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && PURE.has(callee.object.name);
}

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): Set<string> =>
  new Set([...a].filter((name) => b.has(name)));

/** Whether a statement always leaves the function. */
function leaves(node: Babel.Node): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement') return true;
  return node.type === 'BlockStatement' && node.body.some(leaves);
}

function* targetsIn(pattern: Babel.Node): Iterable<string> {
  const name = memberOfThis(pattern);
  if (name !== null) yield name;
  else if (/Pattern$|^RestElement$|^ObjectProperty$/.test(pattern.type)) {
    for (const child of childrenOf(pattern)) yield* targetsIn(child);
  }
}
