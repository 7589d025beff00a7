/** Expressions: names become variables, calls of built-ins are named as such, syntactic sugar is removed. */

import type * as Babel from '@babel/types';
import { NEXT_LINE } from '../../language/diagnostics.ts';
import { MATH_CONSTANTS, MATH_FUNCTIONS } from '../../language/intrinsics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type {
  Argument,
  ArithmeticOperator,
  Binding,
  Expression,
  LogicalOperator,
  RecordEntry,
  Target,
  UnaryOperator,
} from '../ast.ts';
import { isPartOfArguments, resolveArguments } from './argumentsObject.ts';
import { resolveCall, resolveNew, resolveTagged } from './calls.ts';
import { resolveChain } from './chains.ts';
import type { InstanceOfSyntax } from './classes/nodes.ts';
import type { Context } from './context.ts';
import { resolveFunction, wrapBuiltin } from './functions.ts';
import { peek, resolveMember, staticName } from './members.ts';
import { assignPattern } from './patterns.ts';
import { resolveRecord } from './records.ts';
import { foldConcatenation, knownText } from './texts.ts';

export const spanOf = (node: { start?: number | null; end?: number | null }): Span => ({
  start: node.start ?? 0,
  end: node.end ?? 0,
});

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
      if (node.operator === 'delete') {
        const target = resolveTarget(context, node.argument);
        if (!target || target.kind === 'variable') {
          if (target) context.refuse(span, 'deleteOperator');
          return context.broken(span);
        }
        const key: Expression =
          target.kind === 'index'
            ? target.index
            : { id: context.freshId(), span: target.span, kind: 'string', value: target.name };
        const args = [target.object, key].map((value) => ({ value, spread: false }));
        return { id, span, kind: 'builtin', name: 'delete', args };
      }
      if (!UNARY.has(node.operator)) {
        context.refuse(span, `${node.operator}Operator`);
        resolveExpression(context, node.argument);
        return context.broken(span);
      }
      if (node.operator === 'typeof' && isUndeclared(context, node.argument))
        return { id, span, kind: 'string', value: 'undefined' };
      const operand = resolveExpression(context, node.argument);
      // A sign in front of a literal is part of the number.
      if (node.operator === '-' && operand.kind === 'number')
        return { id, span, kind: 'number', value: -operand.value };
      return { id, span, kind: 'unary', operator: node.operator as UnaryOperator, operand };
    }
    case 'BinaryExpression':
    case 'LogicalExpression':
      return resolveChain(context, node);
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
    case 'TaggedTemplateExpression':
      return resolveTagged(context, node, id, span);
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
        hasHoles: node.elements.includes(null),
        elements: node.elements.flatMap((element) =>
          element === null
            ? [{ value: { id: context.freshId(), span, kind: 'undefined' as const }, spread: false }]
            : spreadKnown(context, resolveArgument(context, element)),
        ),
      };
    case 'ThisExpression':
      if (peek(context, 'this')) return resolveIdentifier(context, 'this', span);
      context.refuseOnce(span, node.type);
      return context.broken(span);
    case 'ObjectExpression':
      return resolveRecord(context, node, id, span);
    default: {
      const instanceOf = resolveInstanceOf(context, node, id);
      if (instanceOf) return instanceOf;
      context.refuse(span, node.type);
      return context.broken(span);
    }
  }
}

/** What a test of the class of an object has become; `null`: it is another expression. */
function resolveInstanceOf(context: Context, node: Babel.Node, id: number): Expression | null {
  const syntax = node as Babel.Node | InstanceOfSyntax;
  if (syntax.type !== 'InstanceOf') return null;
  const span = spanOf(syntax);
  const object = resolveExpression(context, syntax.object);
  const classes = syntax.classes.flatMap((name) => {
    const binding = peek(context, name) ? context.lookUp(name, span) : null;
    return binding?.kind === 'variable' ? [binding.variable] : [];
  });
  return { id, span, kind: 'instanceOf', object, classes };
}

export function resolveIdentifier(context: Context, name: string, span: Span): Expression {
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
      if (binding.name === 'Number' || binding.name === 'String') return wrapBuiltin(context, binding.name, span);
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

function insteadOf(namespace: 'Array' | 'Object', name: string): string {
  switch (namespace) {
    case 'Array':
      return `write a function that makes one, as in \`(n) => ${name}(n)\``;
    case 'Object':
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
  return { id, span, kind: 'record', entries, isWritten: true };
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
  if (!target) return context.broken(span);
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
      if (node.name === 'arguments') {
        context.refuse(span, 'assignToArguments');
        return null;
      }
      const binding = context.lookUp(node.name, span, true);
      if (!binding) return null;
      if (binding.kind !== 'variable') {
        context.report(span, 'assign-to-builtin', node.name);
        return null;
      }
      const { variable } = binding;
      if (context.isForeign(variable)) {
        context.report(span, 'assign-to-builtin', node.name);
        return null;
      }
      if (variable.kind === 'const') {
        const related = [{ span: variable.span, message: 'It is declared here.' }];
        context.report({ ...span, related }, 'assign-to-const', node.name);
        return null;
      }
      variable.reassigned = true;
      return { kind: 'variable', variable, span };
    }
    case 'MemberExpression': {
      if (isPartOfArguments(node)) {
        context.refuse(span, 'assignToArguments');
        return null;
      }
      if (node.object.type === 'Identifier' && peek(context, node.object.name)?.kind === 'namespace') {
        context.report(span, 'assign-to-builtin', context.text.slice(span.start, span.end));
        return null;
      }
      const fixed = staticName(context, node);
      if (fixed !== null)
        return resolveTarget(context, { ...node.property, type: 'Identifier', name: fixed } as Babel.Identifier);
      const resolved = resolveMember(context, node, context.freshId(), span);
      if (resolved.kind === 'member') return { kind: 'member', object: resolved.object, name: resolved.name, span };
      if (resolved.kind === 'index') return { kind: 'index', object: resolved.object, index: resolved.index, span };
      return null;
    }
    default:
      context.report(
        span,
        'syntax',
        `Only a variable, a member or an element can be assigned to.${nextLine(context, span)}`,
      );
      return null;
  }
}

/** A hint for a statement that runs into the next line, which begins with a bracket. */
const nextLine = (context: Context, { start, end }: Span): string =>
  /\n\s*[[(]/.test(context.text.slice(start, end)) ? NEXT_LINE : '';

/** The spread of an array literal or of a known text is its elements. */
export function spreadKnown(context: Context, argument: Argument): readonly Argument[] {
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

/** What is walked over: in a text that makes them, a `Map` or a `Set` stands for a list of its entries. */
export function iterable(context: Context, value: Expression): Expression {
  return context.hasKeyed ? intrinsic(context, 'intrinsic.iterable', value) : value;
}

/** What a loop walks over: a `Map`, a `Set` or an array stands for itself, also where it is asked for its keys or its entries. */
export const walkedOver = (context: Context, value: Expression): Expression =>
  intrinsic(context, 'intrinsic.walked', value);

const intrinsic = (
  context: Context,
  name: 'intrinsic.iterable' | 'intrinsic.walked',
  value: Expression,
): Expression => ({
  ...{ id: context.freshId(), span: value.span, kind: 'builtin', name },
  args: [{ value, spread: false }],
});

export function resolveArgument(
  context: Context,
  node: Babel.Expression | Babel.SpreadElement | Babel.ArgumentPlaceholder,
): Argument {
  if (node.type === 'SpreadElement') {
    const given = resolveArguments(context, node.argument);
    return { value: given ?? iterable(context, resolveExpression(context, node.argument)), spread: true };
  }
  if (node.type === 'ArgumentPlaceholder') {
    context.refuse(spanOf(node), node.type);
    return { value: context.broken(spanOf(node)), spread: false };
  }
  return { value: resolveExpression(context, node), spread: false };
}

/** A name that JavaScript may have elsewhere and a patch has not, which `typeof` may ask for. */
function isUndeclared(context: Context, node: Babel.Expression): boolean {
  if (node.type !== 'Identifier' || node.name === 'arguments' || node.name === 'undefined') return false;
  if (!ELSEWHERE.has(node.name) || context.brokenNames.has(node.name)) return false;
  return peek(context, node.name) === null && !context.library?.has(node.name);
}

/** What programs ask for to see where they run. */
const ELSEWHERE: ReadonlySet<string> = new Set(
  'window document global globalThis self process module exports require define navigator AudioContext'.split(' '),
);
