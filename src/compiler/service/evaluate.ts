/**
 * The type of an expression from the text itself: literals, written types, and what functions of the library are declared to
 * return. In: nodes of a text, which may be half written. Out: types as they are shown. Where the text does not say enough, the
 * compiler's inference is asked. Work is counted. Worker and Node.
 */

import type * as Babel from '@babel/types';
import { TYPED_ARRAYS } from '../ast.ts';
import { TooMuchWork } from '../workLimit.ts';
import { viewOfType } from './annotations.ts';
import { builtinDoc, builtinView, type Holder, isHolder } from './builtinDocs.ts';
import { type FunctionSyntax, isFunction, memberName, type Node, spanOf } from './nodes.ts';
import { type Declaration, lookUp, scopeAt } from './scopes.ts';
import type { Knowledge, TextModel } from './textModel.ts';
import {
  BOOLEAN,
  bare,
  elementOf,
  type FunctionView,
  isVague,
  type MemberView,
  NUMBER,
  type ParameterView,
  plain,
  present,
  printView,
  resultOf,
  STRING,
  UNDEFINED,
  UNKNOWN,
  unionOf,
  type View,
  withoutUndefined,
} from './views.ts';

const MAX_DEPTH = 24;
/** Nodes that are looked at for one answer. */
const MAX_WORK = 20_000;
const COMPARISON = /^(?:[<>]=?|[=!]==?|in|instanceof)$/;
/** Methods that give an array like the one that they are called on. */
const SAME = /^(?:filter|slice|concat|reverse|sort|fill|toReversed|toSorted|with|splice|subarray|copyWithin)$/;
const ONE = /^(?:at|find|findLast|pop|shift)$/;

export class Evaluator {
  private readonly model: TextModel;
  private readonly knowledge: Knowledge;
  private readonly open = new Set<Declaration | Node>();
  private work = MAX_WORK;

  constructor(model: TextModel, knowledge: Knowledge) {
    this.model = model;
    this.knowledge = knowledge;
  }

  get text(): string {
    return this.model.text;
  }

  /** The type of an expression. */
  typeOf(node: Node | null | undefined, depth = 0): View {
    if (!node || depth > MAX_DEPTH || this.open.has(node)) return UNKNOWN;
    if (--this.work < 0) throw new TooMuchWork(spanOf(node));
    this.open.add(node);
    try {
      const written = this.read(node, depth + 1);
      if (!isVague(written)) return written;
      return clearer(written, this.model.inferred?.expression(spanOf(node)));
    } finally {
      this.open.delete(node);
    }
  }

  declarationType(declaration: Declaration, depth = 0): View {
    if (depth > MAX_DEPTH || this.open.has(declaration)) return UNKNOWN;
    this.open.add(declaration);
    try {
      const written = this.readDeclaration(declaration, depth + 1);
      const isOpen = declaration.kind === 'let' || declaration.kind === 'var';
      const mayBeOther = isOpen && /^(?:null|undefined)$/.test(printView(written));
      if (!isVague(written) && !mayBeOther) return written;
      return clearer(mayBeOther ? UNKNOWN : written, this.model.inferred?.variable(declaration.span.start));
    } finally {
      this.open.delete(declaration);
    }
  }

  /** What a name stands for where it is used. */
  nameType(name: string, at: number, depth = 0): View {
    const declaration = lookUp(scopeAt(this.model.scopes, at), name);
    if (declaration) return this.declarationType(declaration, depth);
    const builtin = builtinDoc('global', name);
    if (builtin && isHolder(name)) return { kind: 'namespace', name };
    if (builtin) return builtinView(builtin);
    return this.knowledge.docs.find(name)?.view ?? UNKNOWN;
  }

  memberType(object: View, name: string): View {
    const type = present(object);
    switch (type.kind) {
      case 'record':
        return type.members.get(name)?.type ?? UNKNOWN;
      case 'union':
        return unionOf(type.options.map((option) => this.memberType(option, name)));
      default: {
        const holder = holderOf(type);
        const doc = holder && builtinDoc(holder, name);
        if (!doc) return UNKNOWN;
        return builtinView(doc, holder === 'array' ? elementText(type) : null);
      }
    }
  }

  private read(node: Node, depth: number): View {
    const typeOf = (other: Node | null | undefined): View => this.typeOf(other, depth);
    switch (node.type) {
      case 'NumericLiteral':
      case 'UpdateExpression':
        return NUMBER;
      case 'StringLiteral':
      case 'TemplateLiteral':
        return STRING;
      case 'BooleanLiteral':
        return BOOLEAN;
      case 'NullLiteral':
        return plain('null');
      case 'Identifier':
        return this.nameType(node.name, node.start ?? 0, depth);
      case 'ThisExpression':
        return this.thisType(node, depth);
      case 'MemberExpression':
      case 'OptionalMemberExpression': {
        const object = typeOf(node.object);
        const name = memberName(node);
        if (name !== null) return this.memberType(object, name);
        return elementOf(object, node.property.type === 'NumericLiteral' ? node.property.value : null);
      }
      case 'CallExpression':
      case 'OptionalCallExpression':
        return this.callType(node, depth);
      case 'NewExpression':
        return this.newType(node, depth);
      case 'ArrayExpression':
        return this.arrayType(node, depth);
      case 'ObjectExpression':
        return { kind: 'record', members: new Map(node.properties.flatMap((one) => this.membersOf(one, depth))) };
      case 'ConditionalExpression':
        return unionOf([typeOf(node.consequent), typeOf(node.alternate)]);
      case 'LogicalExpression':
        return unionOf([node.operator === '&&' ? UNKNOWN : present(typeOf(node.left)), typeOf(node.right)]);
      case 'AssignmentExpression':
        return node.operator === '=' ? typeOf(node.right) : NUMBER;
      case 'SequenceExpression':
        return typeOf(node.expressions.at(-1));
      case 'BinaryExpression': {
        if (COMPARISON.test(node.operator)) return BOOLEAN;
        const isText = node.operator === '+' && (typeOf(node.left) === STRING || typeOf(node.right) === STRING);
        return isText ? STRING : NUMBER;
      }
      case 'UnaryExpression':
        if (node.operator === '!') return BOOLEAN;
        return node.operator === 'typeof' ? STRING : node.operator === 'void' ? UNDEFINED : NUMBER;
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'ParenthesizedExpression':
        return typeOf(node.expression);
      case 'ClassDeclaration':
      case 'ClassExpression':
        return plain(`typeof ${node.id?.name ?? 'class'}`);
      default:
        return isFunction(node) ? this.functionType(node, depth) : UNKNOWN;
    }
  }

  private readDeclaration(declaration: Declaration, depth: number): View {
    const { kind, node, value, path, isElement } = declaration;
    if (kind === 'type') return UNKNOWN;
    if (kind === 'parameter') return this.parameterType(declaration, depth);
    const id = node.type === 'VariableDeclarator' ? node.id : null;
    const annotation = id?.type === 'Identifier' ? id.typeAnnotation : null;
    if (annotation) return viewOfType(annotation, this.model);
    const whole = this.typeOf(value, depth);
    return partOf(isElement ? elementOf(whole) : whole, path, (view, name) => this.memberType(view, name));
  }

  private parameterType({ node, name, path }: Declaration, depth: number): View {
    const parent = this.model.parentOf(node);
    if (!parent || !isFunction(parent)) return UNKNOWN;
    const index = (parent.params as readonly Node[]).indexOf(node);
    const written = this.parametersOf(parent, depth)[index];
    const whole = written && written.type.kind !== 'unknown' ? written.type : this.givenType(parent, index, depth);
    return partOf(path.length === 0 && name !== written?.name ? UNKNOWN : whole, path, (view, part) =>
      this.memberType(view, part),
    );
  }

  /** What is given to a function where it stands: as the argument of a method, or as the default export. */
  private givenType(fn: FunctionSyntax, index: number, depth: number): View {
    const parent = this.model.parentOf(fn);
    if (parent?.type === 'ExportDefaultDeclaration') return index === 0 ? NUMBER : UNKNOWN;
    if (parent?.type !== 'CallExpression') return UNKNOWN;
    const position = parent.arguments.indexOf(fn as (typeof parent.arguments)[number]);
    const callee = present(this.typeOf(parent.callee, depth));
    const wanted = callee.kind === 'function' ? bare(callee.parameters[position]?.type ?? UNKNOWN) : UNKNOWN;
    const isMethod = parent.callee.type === 'MemberExpression';
    const object = isMethod ? present(this.typeOf((parent.callee as Babel.MemberExpression).object, depth)) : UNKNOWN;
    // By itself, as printed types of elements may be cut short.
    if (index === 0 && (object.kind === 'array' || object.kind === 'tuple')) {
      return isMethod && memberName(parent.callee as Babel.MemberExpression)?.startsWith('reduce')
        ? UNKNOWN
        : elementOf(object);
    }
    return wanted.kind === 'function' ? (wanted.parameters[index]?.type ?? UNKNOWN) : UNKNOWN;
  }

  private functionType(fn: FunctionSyntax, depth: number): FunctionView {
    const result = fn.returnType ? viewOfType(fn.returnType, this.model) : this.returned(fn, depth);
    return { kind: 'function', parameters: this.parametersOf(fn, depth), result, entry: null };
  }

  private parametersOf(fn: FunctionSyntax, depth: number): ParameterView[] {
    return fn.params.map((node, index) => {
      const isRest = node.type === 'RestElement';
      const isDefault = node.type === 'AssignmentPattern';
      const target = isRest ? node.argument : isDefault ? node.left : node;
      const id = target.type === 'Identifier' ? target : null;
      const annotation = isRest ? (node.typeAnnotation ?? id?.typeAnnotation) : id?.typeAnnotation;
      const found = id && !annotation ? this.model.inferred?.variable(id.start ?? 0) : null;
      // The call that is being written has not all of its arguments yet.
      const inferred = found && withoutUndefined(found);
      const type = annotation
        ? viewOfType(annotation, this.model)
        : isDefault
          ? clearer(this.typeOf(node.right, depth), inferred)
          : (inferred ?? UNKNOWN);
      return {
        name: id?.name ?? `p${index + 1}`,
        type,
        isOptional: isDefault || id?.optional === true,
        isRest,
      };
    });
  }

  private returned(fn: FunctionSyntax, depth: number): View {
    if (fn.body.type !== 'BlockStatement') return this.typeOf(fn.body, depth);
    const returns = returnsIn(fn.body);
    if (returns.length === 0) return plain('void');
    return unionOf(returns.slice(0, 4).map((value) => this.typeOf(value, depth)));
  }

  private callType(node: Babel.CallExpression | Babel.OptionalCallExpression, depth: number): View {
    const { callee } = node;
    if (callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression') {
      const object = present(this.typeOf(callee.object, depth));
      const name = memberName(callee) ?? '';
      const [first, second] = node.arguments;
      const made = (fn: Node | undefined): View => this.resultType(fn, depth);
      if (object.kind === 'namespace' && object.name === 'Array') {
        if (name === 'from' && second) return { kind: 'array', element: made(second) };
        if (name === 'of') return { kind: 'array', element: this.typeOf(first, depth) };
      }
      if (object.kind === 'array' || object.kind === 'tuple' || object.kind === 'typedArray') {
        if (SAME.test(name)) {
          const isEmpty = name === 'fill' && isVague(object);
          return isEmpty ? { kind: 'array', element: this.typeOf(first, depth) } : object;
        }
        if (ONE.test(name)) return elementOf(object);
        if (name === 'map') return object.kind === 'typedArray' ? object : { kind: 'array', element: made(first) };
        if (name === 'reduce' && second) return this.typeOf(second, depth);
      }
    }
    return this.resultType(callee, depth);
  }

  /** What calling it gives; the parameters of a function in the text are not looked at for that. */
  private resultType(callee: Node | undefined, depth: number): View {
    const name = callee?.type === 'Identifier' ? callee.name : null;
    const declaration = name === null ? null : lookUp(scopeAt(this.model.scopes, callee?.start ?? 0), name);
    const isFixed = declaration !== null && declaration.path.length === 0 && !declaration.isElement;
    const fn = isFixed ? declaration.value : callee;
    if (!fn || !isFunction(fn) || this.open.has(fn)) return resultOf(this.typeOf(callee, depth));
    if (fn.returnType) return viewOfType(fn.returnType, this.model);
    this.open.add(fn);
    try {
      const written = this.returned(fn, depth + 1);
      return isVague(written) ? clearer(written, resultOf(this.typeOf(callee, depth + 1))) : written;
    } finally {
      this.open.delete(fn);
    }
  }

  private newType(node: Babel.NewExpression, depth: number): View {
    if (node.callee.type !== 'Identifier') return UNKNOWN;
    const { name } = node.callee;
    if ((TYPED_ARRAYS as readonly string[]).includes(name)) return { kind: 'typedArray', name };
    if (name === 'Array') return { kind: 'array', element: UNKNOWN };
    const declaration = lookUp(scopeAt(this.model.scopes, node.start ?? 0), name);
    return declaration?.kind === 'class' ? this.instanceType(declaration.node, depth) : UNKNOWN;
  }

  private arrayType(node: Babel.ArrayExpression, depth: number): View {
    const elements = node.elements.slice(0, MAX_ELEMENTS).map((element) => {
      if (element?.type === 'SpreadElement') return elementOf(this.typeOf(element.argument, depth));
      return element ? this.typeOf(element, depth) : UNDEFINED;
    });
    return { kind: 'array', element: unionOf(elements) };
  }

  private membersOf(
    property: Babel.ObjectExpression['properties'][number],
    depth: number,
  ): (readonly [string, MemberView])[] {
    if (property.type === 'SpreadElement') {
      const spread = present(this.typeOf(property.argument, depth));
      return spread.kind === 'record' ? [...spread.members] : [];
    }
    const { key } = property;
    const name =
      key.type === 'Identifier' && !property.computed ? key.name : key.type === 'StringLiteral' ? key.value : null;
    if (name === null) return [];
    const isGetter = property.type === 'ObjectMethod' && property.kind === 'get';
    const type =
      property.type === 'ObjectMethod' ? this.functionType(property, depth) : this.typeOf(property.value, depth);
    return [[name, { type: isGetter ? resultOf(type) : type, isOptional: false }]];
  }

  private thisType(node: Node, depth: number): View {
    for (let at = this.model.parentOf(node); at; at = this.model.parentOf(at)) {
      if (at.type === 'ClassDeclaration' || at.type === 'ClassExpression') return this.instanceType(at, depth);
      if (at.type === 'ObjectExpression') return this.typeOf(at, depth);
    }
    return UNKNOWN;
  }

  /** The members of what a class makes, with those of the classes that it extends. */
  private instanceType(node: Node, depth: number): View {
    if ((node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') || depth > MAX_DEPTH) return UNKNOWN;
    const members = new Map<string, MemberView>();
    const add = (name: string | null, type: View): void => {
      if (name !== null && !members.has(name)) members.set(name, { type, isOptional: false });
    };
    for (const member of node.body.body) {
      if (member.type === 'ClassProperty' && !member.static) {
        const type = member.typeAnnotation
          ? viewOfType(member.typeAnnotation, this.model)
          : this.typeOf(member.value, depth);
        add(keyOf(member.key), type);
      } else if (member.type === 'ClassMethod' && !member.static && member.kind === 'constructor') {
        for (const { name, value } of assignedToThis(member.body)) add(name, this.typeOf(value, depth));
      } else if (member.type === 'ClassMethod' && !member.static) {
        const fn = this.functionType(member, depth);
        add(keyOf(member.key), member.kind === 'get' ? fn.result : fn);
      }
    }
    if (node.superClass?.type === 'Identifier') {
      const base = lookUp(scopeAt(this.model.scopes, node.start ?? 0), node.superClass.name);
      const inherited = base ? this.instanceType(base.node, depth + 1) : UNKNOWN;
      if (inherited.kind === 'record') for (const [name, member] of inherited.members) add(name, member.type);
    }
    return { kind: 'record', members };
  }
}

const MAX_ELEMENTS = 16;

/** The better known of two. */
function clearer(written: View, inferred: View | null | undefined): View {
  if (!inferred || inferred.kind === 'unknown') return written;
  return written.kind === 'unknown' || !isVague(inferred) || written.kind !== inferred.kind ? inferred : written;
}

/** What the elements are, in a signature. */
export const elementText = (view: View): string => {
  const element = elementOf(view);
  const text = element.kind === 'unknown' ? 'number' : printView(element, 1);
  return element.kind === 'function' || element.kind === 'union' ? `(${text})` : text;
};

/** Who has the members of a value that has no members of its own; `null`: nobody that is known. */
export function holderOf(view: View): Holder | null {
  switch (view.kind) {
    case 'namespace':
      return isHolder(view.name) ? view.name : null;
    case 'array':
    case 'tuple':
    case 'typedArray':
      return 'array';
    case 'plain':
      return view.text === 'string' || /^['"`]/.test(view.text) ? 'string' : null;
    default:
      return null;
  }
}

function partOf(view: View, path: readonly (string | number)[], member: (view: View, name: string) => View): View {
  let part = view;
  for (const step of path) part = typeof step === 'number' ? elementOf(part, step) : member(part, step);
  return part;
}

const keyOf = (key: Node): string | null =>
  key.type === 'Identifier' ? key.name : key.type === 'StringLiteral' ? key.value : null;

/** What a function returns, in the order of the text; functions inside are not its own. */
function returnsIn(body: Babel.BlockStatement): (Node | null | undefined)[] {
  const found: (Node | null | undefined)[] = [];
  const visit = (node: Node): void => {
    if (isFunction(node)) return;
    if (node.type === 'ReturnStatement') found.push(node.argument);
    else if (!/Expression$/.test(node.type)) for (const child of statementsIn(node)) visit(child);
  };
  for (const statement of body.body) visit(statement);
  return found;
}

function statementsIn(node: Node): Node[] {
  switch (node.type) {
    case 'BlockStatement':
      return node.body;
    case 'IfStatement':
      return node.alternate ? [node.consequent, node.alternate] : [node.consequent];
    case 'ForStatement':
    case 'ForOfStatement':
    case 'ForInStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
      return [node.body];
    case 'SwitchStatement':
      return node.cases.flatMap(({ consequent }) => consequent);
    case 'TryStatement':
      return [node.block, ...(node.handler ? [node.handler.body] : []), ...(node.finalizer ? [node.finalizer] : [])];
    default:
      return [];
  }
}

function assignedToThis(body: Babel.BlockStatement): { name: string; value: Node }[] {
  return body.body.flatMap((statement) => {
    const expression = statement.type === 'ExpressionStatement' ? statement.expression : null;
    if (expression?.type !== 'AssignmentExpression' || expression.left.type !== 'MemberExpression') return [];
    const name = expression.left.object.type === 'ThisExpression' ? memberName(expression.left) : null;
    return name === null ? [] : [{ name, value: expression.right }];
  });
}
