/**
 * Classes → functions. In: the parser's statements. Out: statements without classes, in which `this` is the first parameter of
 * the functions that use it. Nothing of the parser's tree is changed: what changes is a new node.
 *
 * `class Osc` becomes the function `Osc`, which makes an object with its fields and methods; `Osc.constructor`, which sets them;
 * and a function `Osc.prototype.NAME` for each method. Each of them is a unit, if the class stands at the top level.
 */

import type * as Babel from '@babel/types';
import { isNode, withChildren } from '../children.ts';
import { ERROR_MEMBERS, isErrorClass } from '../errorClasses.ts';
import { aritiesIn, calledName } from './arities.ts';
import {
  type ClassInfo,
  chainOf,
  constructorOwner,
  fieldNamesOf,
  keyOf,
  type Member,
  type MethodSyntax,
  membersOf,
  ownerOf,
  parameterName,
  parametersOf,
  type StaticPart,
  unwrapped,
} from './classInfo.ts';
import { collectClasses, constructorNames, declarationIn, findClass, type Known } from './collect.ts';
import { lateFields } from './fieldStarts.ts';
import {
  arrowOf,
  assignTo,
  blockOf,
  type ClassProperty,
  callOf,
  callOn,
  declarationOf,
  emptyFunctionOf,
  functionOf,
  type InstanceOfSyntax,
  identifier,
  type MakerSyntax,
  memberOf,
  mentions,
  mentionsArguments,
  objectOf,
  propertyOf,
  restOf,
  returnOf,
  sequenceOf,
  spreadOf,
  statementOf,
  thisAt,
  usesThis,
} from './nodes.ts';
import {
  arrowFrom,
  binaryOf,
  boundFunction,
  forwarded,
  hasAccessor,
  inPrototype,
  isNotThis,
  isOfKind,
  isThis,
  keptBy,
  refused,
  staticOwner,
  trueAt,
  updateBy,
  voidAt,
  withOuterThis,
} from './rewriteParts.ts';
import { type Home, superAssignment, superMember } from './superMembers.ts';

const NOWHERE: Home = { info: null, isStatic: false, isConstructor: false };

const MENTIONS = /\b(class|this|super|prototype|instanceof|bind)\b/;

export interface WithoutClasses {
  readonly statements: readonly Babel.Statement[];
  /** The class that each one extends, by name. */
  readonly bases: ReadonlyMap<string, string>;
}

/** `isSure`: there are classes, whatever stands in the text. */
export function withoutClasses(text: string, statements: readonly Babel.Statement[], isSure = false): WithoutClasses {
  if (!isSure && !MENTIONS.test(text)) return { statements, bases: new Map() };
  const rewriter = new Rewriter(statements, text);
  return { statements: rewriter.statements(statements), bases: rewriter.bases };
}

class Rewriter {
  readonly bases = new Map<string, string>();
  private readonly constructors: ReadonlySet<string>;
  /** Some code asks for the class of an object. */
  private readonly tellsClasses: boolean;
  /** Something of the text is called `bind`. */
  private readonly hasOwnBind: boolean;
  private readonly all: ClassInfo[] = [];
  private known: Known | null = null;
  private home: Home = NOWHERE;

  /** The number of parameters of all functions of a name; `null`: they take any number. */
  private readonly arities: () => ReadonlyMap<string, number | null>;

  constructor(statements: readonly Babel.Statement[], text: string) {
    this.constructors = constructorNames(statements);
    let arities: ReadonlyMap<string, number | null> | null = null;
    this.arities = () => (arities ??= aritiesIn(statements));
    this.tellsClasses = /\binstanceof\b/.test(text);
    this.hasOwnBind = /(^|[^.\w$])bind\s*[(:=]/m.test(text);
  }

  /** The statements of a block. */
  statements(body: readonly Babel.Statement[]): Babel.Statement[] {
    const outer = this.known;
    const { known, declared, absorbed } = collectClasses(body, outer, this.constructors);
    this.known = known;
    for (const info of known.classes.values()) {
      this.all.push(info);
      if (info.base) this.bases.set(info.name, info.base.name);
    }
    const statics = new Set<string>();
    const out: Babel.Statement[] = [];
    for (const statement of body) {
      if (absorbed.has(statement)) continue;
      const info = declared.get(declarationIn(statement));
      if (info) out.push(...this.classStatements(info, statics));
      else out.push(this.staticOf(statement, statics) ?? this.rewrite(statement));
    }
    this.known = outer;
    return out;
  }

  /** `Osc.count = 0` behind a class declares what it assigns to. */
  private staticOf(statement: Babel.Statement, statics: Set<string>): Babel.Statement | null {
    const expression = statement.type === 'ExpressionStatement' ? statement.expression : null;
    if (expression?.type !== 'AssignmentExpression' || expression.operator !== '=') return null;
    const { left, right } = expression;
    if (left.type !== 'MemberExpression' || left.computed || left.object.type !== 'Identifier') return null;
    if (left.property.type !== 'Identifier' || !this.known?.classes.has(left.object.name)) return null;
    const name = `${left.object.name}.${left.property.name}`;
    if (statics.has(name) || this.staticAccessor(left.object, `set ${left.property.name}`)) return null;
    statics.add(name);
    return declarationOf('let', identifier(name, left), this.rewrite(right), statement);
  }

  private inHome<Result>(home: Home, work: () => Result): Result {
    const outer = this.home;
    this.home = home;
    const result = work();
    this.home = outer;
    return result;
  }

  // Classes

  private classStatements(info: ClassInfo, statics: Set<string>): Babel.Statement[] {
    const out: Babel.Statement[] = [this.maker(info)];
    if (constructorOwner(info) === info) out.push(this.constructorOf(info));
    for (const member of info.members.values()) out.push(this.method(info, member));
    for (const part of info.statics) {
      statics.add(`${info.name}.${part.name}`);
      out.push(this.staticPart(info, part));
    }
    const inner = info.node.type === 'ClassExpression' ? info.node.id : null;
    if (inner && inner.name !== info.name) out.push(declarationOf('const', inner, identifier(info.name, inner), inner));
    return out;
  }

  /** The function that makes an instance. */
  private maker(info: ClassInfo): Babel.Statement {
    const { node, nameAt, name } = info;
    const owner = constructorOwner(info);
    const syntax = parametersOf(info);
    const takesAll = owner?.constructorSyntax ? mentionsArguments(owner.constructorSyntax.body) : false;
    const params: Babel.Node[] = takesAll
      ? [restOf('args', nameAt)]
      : syntax.map((param, index) => forwarded(param, index, nameAt));
    const args = params.map((param) =>
      param.type === 'RestElement' && param.argument.type === 'Identifier'
        ? spreadOf(param.argument.name, nameAt)
        : param,
    );
    const self = thisAt(nameAt);
    // Everything here stands at one place, where it is there already.
    const place = { start: nameAt.start, end: nameAt.start };
    const body: Babel.Statement[] = [
      declarationOf('const', self, this.instance(info), place),
      ...(owner ? [statementOf(callOn(identifier(`${owner.name}.constructor`, nameAt), self, args, nameAt))] : []),
      returnOf(self, nameAt),
    ];
    const made: MakerSyntax = {
      ...emptyFunctionOf(name, params, body, { start: nameAt.start, end: node.end }, nameAt),
      ...(info.mayLackNew ? {} : { isMaker: true as const }),
    };
    return made;
  }

  /** An instance before its constructor has run. */
  private instance(info: ClassInfo): Babel.Expression {
    const { nameAt } = info;
    const find = (name: string): ClassInfo | null => findClass(this.known, name);
    const fields = fieldNamesOf(info, find);
    const late = lateFields(info, fields, find);
    const isError = [...chainOf(info)].some((one) => isErrorClass(one.node));
    const properties: ClassProperty[] = fields.map((name) => ({
      ...propertyOf(name, identifier('undefined', nameAt), late.has(name) ? null : 'unset', nameAt),
      ...(name.startsWith('#') || (isError && ERROR_MEMBERS.has(name)) ? { isHidden: true as const } : {}),
    }));
    if (this.tellsClasses) properties.push(propertyOf('constructor', identifier(info.name, nameAt), 'method', nameAt));
    if (isError) properties.push(propertyOf('is error', trueAt(nameAt), 'method', nameAt));
    for (const [key, { member, owner }] of membersOf(info)) {
      const value = identifier(`${owner.name}.prototype.${key}`, nameAt);
      const isGetter = member.kind === 'get';
      properties.push(propertyOf(isGetter ? member.name : key, value, isGetter ? 'getter' : 'method', nameAt));
    }
    return objectOf(properties, nameAt);
  }

  private constructorOf(info: ClassInfo): Babel.Statement {
    const { node, nameAt, base, constructorSyntax } = info;
    const name = `${info.name}.constructor`;
    return this.inHome({ info, isStatic: false, isConstructor: true }, () => {
      if (!constructorSyntax) {
        const params = parametersOf(info).map((param, index) => forwarded(param, index, nameAt));
        const args = params.map((param) =>
          param.type === 'RestElement' && param.argument.type === 'Identifier'
            ? spreadOf(param.argument.name, nameAt)
            : param,
        );
        const above = constructorOwner(base);
        const call = above && callOn(identifier(`${above.name}.constructor`, nameAt), thisAt(nameAt), args, nameAt);
        const body = [
          ...(call ? [statementOf(call)] : []),
          ...this.initialised(info).map((value) => statementOf(value)),
        ];
        const place = { start: nameAt.start, end: node.end };
        return emptyFunctionOf(name, [thisAt(nameAt), ...params], body, place, nameAt);
      }
      const { params, body, node: syntax } = constructorSyntax;
      const own = params.map((param) => this.rewrite(param.type === 'TSParameterProperty' ? param.parameter : param));
      const first = base ? [] : this.initialised(info).map((value) => statementOf(value));
      const rest = this.statements(body.body);
      const isLacking = base !== null && syntax.type === 'ClassMethod' && !mentions(body, 'Super');
      const lacking = isLacking ? [statementOf(refused(syntax.key, 'NoSuper'))] : [];
      const block = { ...body, body: [...lacking, ...first, ...rest] };
      const fn = syntax as Exclude<MethodSyntax, Babel.ArrowFunctionExpression>;
      return functionOf(name, { ...fn, returnType: null }, [thisAt(nameAt), ...own], block, nameAt);
    });
  }

  /** The assignments that give the fields of a class their first values. */
  private initialised(info: ClassInfo): Babel.Expression[] {
    const given = (info.constructorSyntax?.params ?? []).flatMap((param) => {
      if (param.type !== 'TSParameterProperty') return [];
      const { parameter } = param;
      const name = parameterName(parameter);
      // Its default is there by then.
      const place = { start: parameter.end, end: parameter.end };
      return [assignTo(memberOf(thisAt(place), name, place), identifier(name, place), place)];
    });
    const own = info.fields.flatMap(({ name, value, node }) => {
      // A field hides the accessors of its name, once it is there; and those of a class that extends this one.
      if (hasAccessor(this.all, info, name)) return [refused(node, 'accessorAndField')];
      return value ? [assignTo(memberOf(thisAt(node), name, node), this.rewrite(value), node)] : [];
    });
    return [...given, ...own];
  }

  private method(info: ClassInfo, member: Member): Babel.Statement {
    const name = `${info.name}.prototype.${keyOf(member)}`;
    return this.inHome({ info, isStatic: false, isConstructor: false }, () =>
      this.functionWithThis(name, member.syntax, member.nameAt),
    );
  }

  private functionWithThis(name: string, syntax: MethodSyntax, nameAt: Babel.Node): Babel.FunctionDeclaration {
    const params = [thisAt(nameAt), ...syntax.params.filter(isNotThis).map((param) => this.rewrite(param))];
    return this.functionBy(name, syntax, params, nameAt);
  }

  private functionBy(
    name: string,
    syntax: MethodSyntax,
    params: readonly Babel.Node[],
    nameAt: Babel.Node,
  ): Babel.FunctionDeclaration {
    const body =
      syntax.body.type === 'BlockStatement'
        ? this.rewrite(syntax.body)
        : blockOf([returnOf(this.rewrite(syntax.body), syntax.body)], syntax.body);
    return functionOf(name, syntax as Babel.FunctionExpression, params, body, nameAt);
  }

  private staticPart(info: ClassInfo, { name, node, syntax }: StaticPart): Babel.Statement {
    const full = `${info.name}.${name}`;
    return this.inHome({ info, isStatic: true, isConstructor: false }, () => {
      switch (syntax.kind) {
        case 'method': {
          const { method } = syntax;
          const nameAt = 'key' in method ? method.key : node;
          return this.functionBy(
            full,
            method,
            method.params.filter(isNotThis).map((param) => this.rewrite(param)),
            nameAt,
          );
        }
        case 'value': {
          const value = syntax.value ? this.rewrite(syntax.value) : null;
          const nameAt = 'key' in node && isNode(node.key) ? node.key : node;
          return declarationOf('let', identifier(full, nameAt), value, node);
        }
        case 'block':
          return blockOf(this.statements(syntax.body), node);
      }
    });
  }

  // Everything else

  /** A node with everything below it. */
  private rewrite<Node extends Babel.Node>(node: Node): Node;
  private rewrite(node: Babel.Node): Babel.Node {
    switch (node.type) {
      case 'BlockStatement':
        return { ...node, body: this.statements(node.body) };
      case 'ThisExpression':
        return this.home.isStatic && this.home.info ? identifier(this.home.info.name, node) : node;
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ObjectMethod':
        return this.inHome(NOWHERE, () => {
          const params = usesThis(node) && !node.params.some(isThis) ? [thisAt(node), ...node.params] : node.params;
          return this.below({ ...node, params } as typeof node);
        });
      case 'ClassExpression':
        return this.classExpression(node);
      case 'BinaryExpression':
        return node.operator === 'instanceof' ? this.instanceOf(node) : this.below(node);
      case 'CallExpression':
        return this.call(node) ?? this.below(node);
      case 'MemberExpression':
        return this.member(node) ?? this.below(node);
      case 'AssignmentExpression':
        return this.assignment(node) ?? this.below(node);
      case 'UpdateExpression':
        return (
          updateBy(
            node,
            (one) => this.assignment(one),
            (one) => this.rewrite(one),
          ) ?? this.below(node)
        );
      case 'ReturnStatement':
        if (this.home.isConstructor && node.argument) return { ...node, argument: refused(node.argument) };
        return this.below(node);
      case 'ArrowFunctionExpression':
        return this.inHome({ ...this.home, isConstructor: false }, () => this.below(node));
      default:
        return this.below(node);
    }
  }

  private below(node: Babel.Node): Babel.Node {
    return withChildren(node, (child) => this.rewrite(child));
  }

  private classExpression(node: Babel.ClassExpression): Babel.Node {
    const id = node.id ?? identifier('Class', node);
    const declaration = { ...node, type: 'ClassDeclaration', id } as unknown as Babel.ClassDeclaration;
    const inner = blockOf([declaration, returnOf(identifier(id.name, id), id)], node);
    return callOf(arrowOf([], this.rewrite(inner), node), [], node);
  }

  private instanceOf(node: Babel.BinaryExpression): Babel.Node {
    const right = unwrapped(node.right);
    const object = this.rewrite(node.left) as Babel.Expression;
    if (right.type !== 'Identifier') return this.below(node);
    const { name } = right;
    const info = findClass(this.known, name);
    if (!info) {
      const kind = name === 'Function' ? isOfKind(object, 'function', node) : null;
      if (kind) return kind;
      if (name !== 'Array') return this.below(node);
      return callOf(memberOf(right, 'isArray', right), [object], node);
    }
    const classes = this.all.filter((one) => [...chainOf(one)].includes(info)).map((one) => one.name);
    const { start, end } = node;
    const made: InstanceOfSyntax = { type: 'InstanceOf', object, classes, start: start!, end: end! };
    return made as unknown as Babel.Node;
  }

  /** Calls that say what `this` is: `super(…)`, `super.next()`, `Osc.call(this, …)`. `null`: it is another call. */
  private call(node: Babel.CallExpression): Babel.Node | null {
    const { callee } = node;
    const { info, isConstructor } = this.home;
    const given = () => node.arguments.map((argument) => this.rewrite(argument));
    const called = withOuterThis(node);
    if (called) return this.rewrite(called);
    if (callee.type === 'Super') {
      if (!info?.base || !isConstructor) return null;
      const above = constructorOwner(info.base);
      const call = above && callOn(identifier(`${above.name}.constructor`, callee), thisAt(callee), given(), node);
      return sequenceOf(
        [...(call ? [call] : given()), ...this.initialised(info), voidAt(node)] as Babel.Expression[],
        node,
      );
    }
    if (callee.type !== 'MemberExpression') return null;
    const { object, property } = callee;
    if (object.type === 'Super') {
      if (!info?.base || property.type !== 'Identifier') return null;
      const target = this.ofSuper(info, property);
      return (
        target && (this.home.isStatic ? callOf(target, given(), node) : callOn(target, thisAt(object), given(), node))
      );
    }
    return property.type === 'Identifier' && !callee.computed ? this.callBy(node, object, property.name) : null;
  }

  private ofSuper(info: ClassInfo, property: Babel.Identifier): Babel.Expression | null {
    if (this.home.isStatic) return identifier(`${info.base!.name}.${property.name}`, property);
    const owner = ownerOf(info.base, property.name);
    return owner && identifier(`${owner.name}.prototype.${property.name}`, property);
  }

  /** `f.call(this, …)`, `f.apply(this, xs)`, `f.bind(this)`. */
  private callBy(node: Babel.CallExpression, fn: Babel.Node, how: string): Babel.Node | null {
    const [first, ...others] = node.arguments;
    if (!first || (how !== 'call' && how !== 'apply' && how !== 'bind')) return null;
    const isOfPrototype = this.prototypeMember(fn) !== null;
    if (how === 'bind') {
      const isThis = first.type === 'ThisExpression' && others.length === 0;
      const arrow = isThis ? arrowFrom(fn) : null;
      if (arrow) return this.rewrite(arrow);
      if (this.hasOwnBind) return null;
      return boundFunction(node, fn, this.arities().get(calledName(fn)) ?? null, (one) => this.rewrite(one));
    }
    if (first.type !== 'ThisExpression' && !isOfPrototype) return null;
    const receiver = this.rewrite(first) as Babel.Expression;
    const known = fn.type === 'Identifier' ? findClass(this.known, fn.name) : null;
    const above = constructorOwner(known);
    if (known && !above) return voidAt(node);
    const callee = above ? identifier(`${above.name}.constructor`, fn) : (this.rewrite(fn) as Babel.Expression);
    const args = others.map((argument) => this.rewrite(argument));
    if (how === 'call') return callOn(callee, receiver, args, node);
    const [list] = args;
    const spread = list
      ? [{ type: 'SpreadElement', argument: list, start: list.start, end: list.end } as Babel.Node]
      : [];
    return callOn(callee, receiver, spread, node);
  }

  /** `Osc.prototype.next`. */
  private prototypeMember(node: Babel.Node): Babel.Identifier | null {
    const found = inPrototype(node);
    const owner = found && ownerOf(findClass(this.known, found.name), found.member);
    return owner && identifier(`${owner.name}.prototype.${found.member}`, node);
  }

  private member(node: Babel.MemberExpression): Babel.Node | null {
    const known = this.prototypeMember(node);
    if (known) return known;
    const { object, property } = node;
    if (property.type !== 'Identifier' || node.computed) return null;
    const accessor = this.staticAccessor(object, `get ${property.name}`);
    if (accessor) return callOf(accessor, [], node);
    return superMember(this.home, node, property);
  }

  /** Assignments that call a setter, and those to members of `super`. */
  private assignment(node: Babel.AssignmentExpression): Babel.Node | null {
    const { left, operator } = node;
    if (left.type !== 'MemberExpression' || left.computed || left.property.type !== 'Identifier') return null;
    const { object, property } = left;
    const given = (): Babel.Expression => {
      const right = this.rewrite(node.right);
      if (operator === '=') return right;
      const read = this.rewrite(left) as Babel.Expression;
      return binaryOf(operator.slice(0, -1), read, right, node);
    };
    const isSimple = /^(?:[-+*/%&|^]|\*\*|<<|>>>?)?=$/.test(operator);
    const setter = isSimple ? this.staticAccessor(object, `set ${property.name}`) : null;
    if (setter) return keptBy(given(), (value) => callOf(setter, [value], node), node);
    return isSimple ? superAssignment(this.home, left, property, given) : null;
  }

  /** The function behind a static member that is computed. */
  private staticAccessor(object: Babel.Node, key: string): Babel.Identifier | null {
    const { info, isStatic } = this.home;
    const named = object.type === 'Identifier' ? findClass(this.known, object.name) : null;
    const found = named ?? (isStatic && object.type === 'ThisExpression' ? info : null);
    const owner = found && staticOwner(found, key);
    return owner && identifier(`${owner.name}.${key}`, object);
  }
}
