/** Expressions: names become variables, calls of built-ins are named as such, sugar goes. */

import type * as Babel from '@babel/types';
import { nearestName } from '../../language/diagnostics.ts';
import { MATH_CONSTANTS, MATH_FUNCTIONS, NUMBER_CONSTANTS, OTHER_BUILTINS } from '../../language/intrinsics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type {
  Argument,
  ArithmeticOperator,
  BinaryOperator,
  Binding,
  Expression,
  LogicalOperator,
  RecordEntry,
  Target,
  UnaryOperator,
} from '../ast.ts';
import { memberNames } from './builtins.ts';
import type { Context } from './context.ts';
import { resolveFunction, resolveMethodFunction, wrapBuiltin } from './functions.ts';
import { assignPattern } from './patterns.ts';
import { foldConcatenation, foldTextFunction, foldTextMethod, knownText } from './texts.ts';

export const spanOf = (node: { start?: number | null; end?: number | null }): Span => ({
  start: node.start ?? 0,
  end: node.end ?? 0,
});

const BINARY: ReadonlySet<string> = new Set('+ - * / % ** & | ^ << >> >>> < <= > >= == != === !=='.split(' '));
const UNARY: ReadonlySet<string> = new Set(['-', '+', '!', '~', 'typeof', 'void']);

export function resolveExpression(context: Context, node: Babel.Expression | Babel.PrivateName): Expression {
  const span = spanOf(node);
  const id = context.freshId();
  switch (node.type) {
    case 'NumericLiteral':
      return { id, span, kind: 'number', value: node.value };
    case 'BooleanLiteral':
      return { id, span, kind: 'boolean', value: node.value };
    case 'NullLiteral':
      return { id, span, kind: 'null' };
    case 'StringLiteral':
      return { id, span, kind: 'string', value: node.value };
    case 'Identifier':
      return resolveIdentifier(context, node.name, span);
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'TSTypeAssertion':
    case 'TSInstantiationExpression':
      return resolveExpression(context, node.expression);
    case 'TemplateLiteral':
      return resolveTemplate(context, node, span);
    case 'UnaryExpression': {
      if (!UNARY.has(node.operator)) {
        context.refuse(span, `${node.operator}Operator`);
        resolveExpression(context, node.argument);
        return context.broken(span);
      }
      const operand = resolveExpression(context, node.argument);
      // A sign in front of a literal is part of the number.
      if (node.operator === '-' && operand.kind === 'number')
        return { id, span, kind: 'number', value: -operand.value };
      return { id, span, kind: 'unary', operator: node.operator as UnaryOperator, operand };
    }
    case 'BinaryExpression': {
      if (!BINARY.has(node.operator)) {
        context.refuse(span, `${node.operator}Operator`);
        if (node.left.type !== 'PrivateName') resolveExpression(context, node.left);
        return context.broken(span);
      }
      const left = resolveExpression(context, node.left);
      const right = resolveExpression(context, node.right);
      const text = node.operator === '+' ? foldConcatenation(context, left, right, span) : null;
      if (text) return text;
      if (left.kind === 'number' && right.kind === 'number') {
        const value = foldNumbers(node.operator, left.value, right.value);
        if (value !== null) return { id, span, kind: 'number', value };
      }
      return { id, span, kind: 'binary', operator: node.operator as BinaryOperator, left, right };
    }
    case 'LogicalExpression': {
      const left = resolveExpression(context, node.left);
      const right = resolveExpression(context, node.right);
      return { id, span, kind: 'logical', operator: node.operator, left, right };
    }
    case 'ConditionalExpression': {
      const test = resolveExpression(context, node.test);
      const yes = resolveExpression(context, node.consequent);
      const no = resolveExpression(context, node.alternate);
      return { id, span, kind: 'conditional', test, yes, no };
    }
    case 'SequenceExpression': {
      const parts = node.expressions.map((part) => resolveExpression(context, part));
      return { id, span, kind: 'sequence', effects: parts.slice(0, -1), value: parts[parts.length - 1]! };
    }
    case 'AssignmentExpression':
      return resolveAssignment(context, node, id, span);
    case 'UpdateExpression': {
      const target = resolveTarget(context, node.argument);
      if (!target) return context.broken(span);
      return { id, span, kind: 'update', target, step: node.operator === '++' ? 1 : -1, prefix: node.prefix };
    }
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return resolveFunction(context, node);
    case 'CallExpression':
    case 'OptionalCallExpression':
      return resolveCall(context, node, id, span);
    case 'NewExpression':
      return resolveNew(context, node, id, span);
    case 'MemberExpression':
    case 'OptionalMemberExpression':
      return resolveMember(context, node, id, span);
    case 'ArrayExpression':
      return {
        id,
        span,
        kind: 'array',
        elements: node.elements.flatMap((element) =>
          element === null
            ? [{ value: { id: context.freshId(), span, kind: 'undefined' as const }, spread: false }]
            : spreadKnown(context, resolveArgument(context, element)),
        ),
      };
    case 'ThisExpression':
      context.refuseOnce(span, node.type);
      return context.broken(span);
    case 'ObjectExpression':
      return resolveRecord(context, node, id, span);
    default:
      context.refuse(span, node.type);
      return context.broken(span);
  }
}

function resolveIdentifier(context: Context, name: string, span: Span): Expression {
  if (name === 'arguments' || name === 'eval') {
    context.refuse(span, name);
    return context.broken(span);
  }
  const binding = context.lookUp(name, span);
  return binding ? fromBinding(context, binding, name, span) : context.broken(span);
}

function fromBinding(context: Context, binding: Binding, name: string, span: Span): Expression {
  const id = context.freshId();
  switch (binding.kind) {
    case 'variable':
      return { id, span, kind: 'variable', variable: binding.variable };
    case 'constant':
      return { id, span, kind: 'number', value: binding.value };
    case 'undefined':
      return { id, span, kind: 'undefined' };
    case 'patchGlobal':
      return { id, span, kind: 'patchGlobal', name: binding.name };
    case 'builtin':
      return wrapBuiltin(context, binding.name, span);
    case 'namespace':
      if (binding.name === 'Number') return wrapBuiltin(context, 'Number', span);
      if (binding.name === 'Math') return mathRecord(context, id, span);
      context.report(span, 'builtin-as-value', name, insteadOf(binding.name, name));
      return context.broken(span);
    case 'typedArray': {
      const instead = `write a function that makes one, as in \`(n) => new ${binding.name}(n)\``;
      context.report(span, 'builtin-as-value', name, instead);
      return context.broken(span);
    }
    case 'broken':
      return context.broken(span);
  }
}

function insteadOf(namespace: 'Array' | 'Object' | 'String', name: string): string {
  switch (namespace) {
    case 'Array':
      return `write a function that makes one, as in \`(n) => ${name}(n)\``;
    case 'Object':
    case 'String':
      return 'write the value itself';
  }
}

/** `Math` as a value: an object of those of its members whose names stand anywhere in the text. */
function mathRecord(context: Context, id: number, span: Span): Expression {
  const words = new Set(context.text.match(/\w+/g));
  const names = [...Object.keys(MATH_FUNCTIONS), ...Object.keys(MATH_CONSTANTS)].filter((name) => words.has(name));
  const entries = names.flatMap((name): RecordEntry[] => {
    const binding = context.namespaceBinding('Math', name);
    return binding ? [{ kind: 'field', name, value: fromBinding(context, binding, name, span), isGetter: false }] : [];
  });
  return { id, span, kind: 'record', entries };
}

/** Arithmetic of two literals that is exact by definition. */
function foldNumbers(operator: string, left: number, right: number): number | null {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    default:
      return null;
  }
}

function resolveTemplate(context: Context, node: Babel.TemplateLiteral, span: Span): Expression {
  let result: Expression = {
    id: context.freshId(),
    span,
    kind: 'string',
    value: node.quasis[0]?.value.cooked ?? '',
  };
  node.expressions.forEach((part, index) => {
    const value = resolveExpression(context, part as Babel.Expression);
    const tail = node.quasis[index + 1]?.value.cooked ?? '';
    result = concatenate(context, result, value, span);
    if (tail !== '')
      result = concatenate(context, result, { id: context.freshId(), span, kind: 'string', value: tail }, span);
  });
  return result;
}

const concatenate = (context: Context, left: Expression, right: Expression, span: Span): Expression =>
  foldConcatenation(context, left, right, span) ?? {
    id: context.freshId(),
    span,
    kind: 'binary',
    operator: '+',
    left,
    right,
  };

function resolveAssignment(context: Context, node: Babel.AssignmentExpression, id: number, span: Span): Expression {
  if (node.left.type === 'ArrayPattern' || node.left.type === 'ObjectPattern') {
    return assignPattern(context, node.left, node.right, span);
  }
  const target = resolveTarget(context, node.left as Babel.Expression);
  if (target?.kind === 'variable') context.nameHint = target.variable.name;
  else if (target?.kind === 'member') context.nameHint = target.name;
  const value = resolveExpression(context, node.right);
  context.nameHint = null;
  if (!target) return value;
  const operator = node.operator === '=' ? null : (node.operator.slice(0, -1) as ArithmeticOperator | LogicalOperator);
  return { id, span, kind: 'assign', target, operator, value };
}

/** The left side of an assignment. `null`: cannot be assigned to, and that was reported. */
export function resolveTarget(context: Context, node: Babel.Node): Target | null {
  const span = spanOf(node);
  switch (node.type) {
    case 'ParenthesizedExpression':
    case 'TSAsExpression':
    case 'TSNonNullExpression':
    case 'TSSatisfiesExpression':
    case 'TSTypeAssertion':
      return resolveTarget(context, node.expression);
    case 'Identifier': {
      const binding = context.lookUp(node.name, span);
      if (!binding) return null;
      if (binding.kind !== 'variable') {
        context.report(span, 'assign-to-builtin', node.name);
        return null;
      }
      const { variable } = binding;
      if (variable.kind === 'const') {
        const related = [{ span: variable.span, message: 'It is declared here.' }];
        context.report({ ...span, related }, 'assign-to-const', node.name);
        return null;
      }
      variable.reassigned = true;
      return { kind: 'variable', variable, span };
    }
    case 'MemberExpression': {
      if (node.object.type === 'Identifier' && peek(context, node.object.name)?.kind === 'namespace') {
        context.report(span, 'assign-to-builtin', context.text.slice(span.start, span.end));
        return null;
      }
      const resolved = resolveMember(context, node, context.freshId(), span);
      if (resolved.kind === 'member') return { kind: 'member', object: resolved.object, name: resolved.name, span };
      if (resolved.kind === 'index') return { kind: 'index', object: resolved.object, index: resolved.index, span };
      return null;
    }
    default:
      context.report(span, 'syntax', 'Only a variable, a member or an element can be assigned to.');
      return null;
  }
}

/** The spread of an array literal or of a known text is its elements. */
function spreadKnown(context: Context, argument: Argument): readonly Argument[] {
  if (!argument.spread) return [argument];
  const { value } = argument;
  if (value.kind === 'array' && value.elements.every((element) => !element.spread)) return value.elements;
  const text = knownText(value);
  if (text === null) return [argument];
  return [...text].map((character) => ({
    value: { id: context.freshId(), span: value.span, kind: 'string', value: character },
    spread: false,
  }));
}

export function resolveArgument(
  context: Context,
  node: Babel.Expression | Babel.SpreadElement | Babel.ArgumentPlaceholder,
): Argument {
  if (node.type === 'SpreadElement') return { value: resolveExpression(context, node.argument), spread: true };
  if (node.type === 'ArgumentPlaceholder') {
    context.refuse(spanOf(node), node.type);
    return { value: context.broken(spanOf(node)), spread: false };
  }
  return { value: resolveExpression(context, node), spread: false };
}

/** Between two commas with nothing in between, which it has reported, the parser leaves a hole. */
const written = <Node>(nodes: readonly (Node | null)[]): Node[] => nodes.filter((node) => node !== null);

function resolveCall(
  context: Context,
  node: Babel.CallExpression | Babel.OptionalCallExpression,
  id: number,
  span: Span,
): Expression {
  const callee = node.callee;
  const resolveArgs = () =>
    written(node.arguments).flatMap((argument) => spreadKnown(context, resolveArgument(context, argument)));
  // Once a chain has met `?.`, all that follows in it is skipped when the value is absent.
  const optional = node.type === 'OptionalCallExpression';
  if (callee.type === 'Import' || callee.type === 'Super') {
    context.refuse(span, callee.type);
    return context.broken(span);
  }
  if (callee.type === 'Identifier' && callee.name === 'eval') {
    context.refuse(span, 'eval');
    return context.broken(span);
  }
  if (callee.type === 'Identifier') {
    const binding = peek(context, callee.name);
    if (binding?.kind === 'typedArray') {
      context.report(spanOf(callee), 'needs-new', callee.name);
      resolveArgs();
      return context.broken(span);
    }
    if (binding?.kind === 'namespace' && (binding.name === 'Object' || binding.name === 'String')) {
      context.refuse(spanOf(callee), binding.name);
      resolveArgs();
      return context.broken(span);
    }
    const builtin = builtinCallee(context, callee.name);
    if (builtin) return { id, span, kind: 'builtin', name: builtin, args: resolveArgs() };
  }
  const isMember = callee.type === 'MemberExpression' || callee.type === 'OptionalMemberExpression';
  if (isMember && callee.object.type !== 'Super' && callee.property.type !== 'PrivateName') {
    const named = callee.object.type === 'Identifier' ? peek(context, callee.object.name) : null;
    const builtin = named ? builtinMethod(context, named, callee, id, span, resolveArgs) : null;
    if (builtin) return builtin;
    const object = resolveExpression(context, callee.object);
    const key = resolveKey(context, callee.property, callee.computed);
    const isOptional = callee.type === 'OptionalMemberExpression';
    // `voice.bend?.(t)`: the function is what may be absent, so it is looked at before it is called.
    const mayLackFunction = node.type === 'OptionalCallExpression' && node.optional;
    if (key.kind === 'name' && !mayLackFunction) {
      const args = resolveArgs();
      const known = foldTextMethod(context, object, key.name, args, span);
      return known ?? { id, span, kind: 'method', object, name: key.name, args, optional: isOptional };
    }
    const element = partOf(context, object, key, spanOf(callee), isOptional);
    return { id, span, kind: 'call', callee: element, args: resolveArgs(), optional };
  }
  const resolved = resolveExpression(context, callee as Babel.Expression);
  return { id, span, kind: 'call', callee: resolved, args: resolveArgs(), optional };
}

/** Looks a name up without counting it as a use: to see whether it stands for something built in. */
function peek(context: Context, name: string): Binding | null {
  for (let scope: typeof context.scope | null = context.scope; scope; scope = scope.parent) {
    const binding = scope.names.get(name);
    if (binding) return binding;
  }
  return name === 'arguments' ? null : context.builtin(name);
}

function builtinCallee(context: Context, name: string): string | null {
  const binding = peek(context, name);
  if (binding?.kind === 'builtin') return binding.name;
  if (binding?.kind === 'namespace' && (binding.name === 'Array' || binding.name === 'Number')) return binding.name;
  return null;
}

/** A call of what `NAMESPACE.NAME` or `TYPEDARRAY.NAME` stands for; `null`: the object is neither. */
function builtinMethod(
  context: Context,
  object: Binding,
  callee: Babel.MemberExpression | Babel.OptionalMemberExpression,
  id: number,
  span: Span,
  resolveArgs: () => Argument[],
): Expression | null {
  if (object.kind !== 'namespace' && object.kind !== 'typedArray') return null;
  const key = resolveKey(context, callee.property, callee.computed);
  if (key.kind !== 'name') return null;
  if (object.kind === 'namespace') {
    const builtin = namespaceFunction(context, object.name, key.name, spanOf(callee));
    const args = resolveArgs();
    if (builtin === null) return context.broken(span);
    return foldTextFunction(context, builtin, args, span) ?? { id, span, kind: 'builtin', name: builtin, args };
  }
  const args = resolveArgs();
  if (key.name !== 'from' && key.name !== 'of') {
    const { name } = object;
    context.report(spanOf(callee), 'unknown-builtin', name, key.name, nearestName(key.name, ['from', 'of']));
    return context.broken(span);
  }
  if (key.name === 'from') return { id, span, kind: 'builtin', name: `${object.name}.from`, args };
  const elements: Expression = { id: context.freshId(), span, kind: 'array', elements: args };
  return { id, span, kind: 'newTypedArray', name: object.name, args: [{ value: elements, spread: false }] };
}

/** The builtin that `NAMESPACE.NAME(…)` calls; `null`: there is none, and that was reported. */
function namespaceFunction(context: Context, namespace: string, name: string, span: Span): string | null {
  const full = `${namespace}.${name}`;
  if (namespace === 'Math' && Object.hasOwn(MATH_FUNCTIONS, name)) return full;
  if ((OTHER_BUILTINS as readonly string[]).includes(full)) return full;
  if (full === 'Number.parseFloat' || full === 'Number.parseInt') return name;
  context.report(span, 'unknown-builtin', namespace, name, nearestName(name, memberNames(namespace)));
  return null;
}

function resolveNew(context: Context, node: Babel.NewExpression, id: number, span: Span): Expression {
  if (node.callee.type === 'Identifier') {
    const binding = peek(context, node.callee.name);
    if (!binding && context.brokenNames.has(node.callee.name)) return context.broken(span);
    const args = () => written(node.arguments).map((argument) => resolveArgument(context, argument));
    if (binding?.kind === 'typedArray') return { id, span, kind: 'newTypedArray', name: binding.name, args: args() };
    if (binding?.kind === 'namespace' && binding.name === 'Array') {
      return { id, span, kind: 'builtin', name: 'Array', args: args() };
    }
  }
  for (const argument of node.arguments) resolveArgument(context, argument);
  const isKnown = node.callee.type !== 'Identifier' || peek(context, node.callee.name) !== null;
  // A name that stands for nothing is the mistake, and not `new`.
  if (isKnown) context.refuse(span, node.type);
  else resolveExpression(context, node.callee as Babel.Expression);
  return context.broken(span);
}

/** What stands behind a dot or in brackets: a name as far as it is known while compiling, or else an index. */
export type Key =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: Expression };

/** A text of digits is an index, as JavaScript has it. */
const INDEX_TEXT = /^(0|[1-9]\d{0,8})$/;

export function resolveKey(context: Context, node: Babel.Expression | Babel.PrivateName, computed: boolean): Key {
  if (!computed && node.type === 'Identifier') return { kind: 'name', name: node.name };
  const index = resolveExpression(context, node);
  const text = knownText(index);
  if (text === null) return { kind: 'index', index };
  if (!INDEX_TEXT.test(text)) return { kind: 'name', name: text };
  return { kind: 'index', index: { id: index.id, span: index.span, kind: 'number', value: Number(text) } };
}

/** The name of a member in a literal or a pattern. `null`: not known while compiling. */
export function memberName(
  context: Context,
  node: Babel.Expression | Babel.PrivateName,
  computed: boolean,
): string | null {
  const key = resolveKey(context, node, computed);
  if (key.kind === 'name') return key.name;
  return key.index.kind === 'number' ? String(key.index.value) : null;
}

/** A member or an element. */
export function partOf(context: Context, object: Expression, key: Key, span: Span, optional: boolean): Expression {
  const id = context.freshId();
  return key.kind === 'name'
    ? { id, span, kind: 'member', object, name: key.name, optional, fromPattern: false }
    : { id, span, kind: 'index', object, index: key.index, exact: false, optional };
}

function resolveMember(
  context: Context,
  node: Babel.MemberExpression | Babel.OptionalMemberExpression,
  id: number,
  span: Span,
): Expression {
  const optional = node.type === 'OptionalMemberExpression';
  if (node.object.type === 'Super') {
    context.refuse(span, 'Super');
    return context.broken(span);
  }
  if (node.property.type === 'PrivateName') {
    context.refuse(span, 'PrivateName');
    return context.broken(span);
  }
  const named = node.object.type === 'Identifier' ? peek(context, node.object.name) : null;
  if (named?.kind === 'namespace' || named?.kind === 'typedArray') {
    const key = resolveKey(context, node.property, node.computed);
    const constant = key.kind === 'name' ? namespaceMember(context, named, key.name, id, span) : null;
    if (constant) return constant;
  }
  const object = resolveExpression(context, node.object);
  return partOf(context, object, resolveKey(context, node.property, node.computed), span, optional);
}

function namespaceMember(context: Context, binding: Binding, name: string, id: number, span: Span): Expression | null {
  if (binding.kind === 'typedArray' && name === 'BYTES_PER_ELEMENT') {
    const bits = Number(/\d+/.exec(binding.name)?.[0] ?? 8);
    return { id, span, kind: 'number', value: bits / 8 };
  }
  if (binding.kind !== 'namespace') return null;
  const constants = binding.name === 'Math' ? MATH_CONSTANTS : binding.name === 'Number' ? NUMBER_CONSTANTS : {};
  const value = Object.hasOwn(constants, name) ? constants[name] : undefined;
  if (value !== undefined) return { id, span, kind: 'number', value };
  const builtin = namespaceFunction(context, binding.name, name, span);
  return builtin ? wrapBuiltin(context, builtin, span) : context.broken(span);
}

function resolveRecord(context: Context, node: Babel.ObjectExpression, id: number, span: Span): Expression {
  const entries: RecordEntry[] = [];
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      entries.push({ kind: 'spread', value: resolveExpression(context, property.argument) });
      continue;
    }
    const name = memberName(context, property.key as Babel.Expression, property.computed);
    if (name === null) {
      context.refuse(spanOf(property.key), 'dynamicProperty');
      continue;
    }
    context.nameHint = name;
    if (property.type === 'ObjectMethod') {
      if (property.kind === 'set') context.refuse(spanOf(property), 'setter');
      else {
        const value = resolveMethodFunction(context, property);
        entries.push({ kind: 'field', name, value, isGetter: property.kind === 'get' });
      }
    } else if (property.value.type === 'AssignmentPattern') {
      // `{ f = 220 }`, which the parser has reported.
      entries.push({ kind: 'field', name, value: context.broken(spanOf(property.value)), isGetter: false });
    } else {
      const value = resolveExpression(context, property.value as Babel.Expression);
      entries.push({ kind: 'field', name, value, isGetter: false });
    }
    context.nameHint = null;
  }
  return { id, span, kind: 'record', entries };
}
