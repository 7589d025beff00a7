/**
 * Strings that are known at compile time: their methods are computed here, by JavaScript itself, so that songs and
 * tables can be written as text.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Argument, Expression } from '../ast.ts';
import type { Context } from './context.ts';

/** A value that a folded call may take or return. */
type Known = string | number | boolean | undefined | readonly Known[];

/** Methods of strings that are computed at compile time. */
export const FOLDED_METHODS: ReadonlySet<string> = new Set([
  'at',
  'charAt',
  'charCodeAt',
  'concat',
  'endsWith',
  'includes',
  'indexOf',
  'lastIndexOf',
  'padEnd',
  'padStart',
  'repeat',
  'slice',
  'split',
  'startsWith',
  'substr',
  'substring',
  'toLowerCase',
  'toUpperCase',
  'trim',
]);

/** Longer results would be a mistake or an attack on the page. */
const MAX_TEXT_LENGTH = 100_000;

/** The text of an expression that is known: a literal, or a constant that holds one. */
export function knownText(expression: Expression): string | null {
  if (expression.kind === 'string') return expression.value;
  return expression.kind === 'variable' ? expression.variable.text : null;
}

function knownArgument(expression: Expression): Known | null {
  const text = knownText(expression);
  if (text !== null) return text;
  if (expression.kind === 'number' || expression.kind === 'boolean') return expression.value;
  return null;
}

/** `text.name(args)` with all of it known; `null` if it is not. */
export function foldTextMethod(
  context: Context,
  object: Expression,
  name: string,
  args: readonly Argument[],
  span: Span,
): Expression | null {
  const text = knownText(object);
  if (text === null || !FOLDED_METHODS.has(name)) return null;
  const given = args.map((arg) => (arg.spread ? null : knownArgument(arg.value)));
  if (given.includes(null)) return null;
  const count = Number(given[0] ?? 0);
  const length = name === 'repeat' ? text.length * count : name.startsWith('pad') ? count : 0;
  if (length > MAX_TEXT_LENGTH) {
    context.report(span, 'too-large', 'This string', `${MAX_TEXT_LENGTH} characters`);
    return context.broken(span);
  }
  const method = (text as unknown as Record<string, (...values: readonly Known[]) => Known>)[name]!;
  try {
    return literal(context, method.apply(text, given as Known[]), span);
  } catch {
    // For example a negative count: the call would throw.
    context.report(span, 'impossible-text', `\`${name}\``);
    return context.broken(span);
  }
}

/** `String.fromCharCode` of codes that are all known; `null` if they are not, or for any other function. */
export function foldTextFunction(
  context: Context,
  name: string,
  args: readonly Argument[],
  span: Span,
): Expression | null {
  if (name !== 'String.fromCharCode') return null;
  const codes = args.map(({ value, spread }) => (value.kind === 'number' && !spread ? value.value : null));
  const isKnown = codes.every((code) => code !== null);
  return isKnown ? literal(context, String.fromCharCode(...codes), span) : null;
}

function literal(context: Context, value: Known, span: Span): Expression {
  const id = context.freshId();
  switch (typeof value) {
    case 'string':
      return { id, span, kind: 'string', value };
    case 'number':
      return { id, span, kind: 'number', value };
    case 'boolean':
      return { id, span, kind: 'boolean', value };
    case 'undefined':
      return { id, span, kind: 'undefined' };
    default:
      return {
        id,
        span,
        kind: 'array',
        hasHoles: false,
        elements: value.map((element) => ({ value: literal(context, element, span), spread: false })),
      };
  }
}

/** `left + right` where at least one is a string and both are known. */
export function foldConcatenation(
  context: Context,
  left: Expression,
  right: Expression,
  span: Span,
): Expression | null {
  const a = knownArgument(left);
  const b = knownArgument(right);
  if (a === null || b === null || (typeof a !== 'string' && typeof b !== 'string')) return null;
  const value = `${String(a)}${String(b)}`;
  if (value.length > MAX_TEXT_LENGTH) {
    context.report(span, 'too-large', 'This string', `${MAX_TEXT_LENGTH} characters`);
    return context.broken(span);
  }
  return { id: context.freshId(), span, kind: 'string', value };
}
