/**
 * Whether something may be thrown out of a function into a `try` of its caller, which takes unwinding.ts, and is refused while the patch plays. In: what the text throws, what stands
 * within its `try` blocks, and whether reading a member may run a function. Out: the places of such throws. Pure.
 */

import type * as Babel from '@babel/types';
import type { Span } from '../../protocol/diagnostic.ts';
import { childrenOf } from './children.ts';

export interface Throwing {
  /** A `throw` that leaves its function. */
  readonly escaping: Span[];
  /** Some `try` has a call in it. */
  isAroundCalls: boolean;
  /** Some `try` has something in it that calls a function where the object has one for it: a getter, a setter, `toString`. */
  isAroundMembers: boolean;
  /** Some object has such a function. */
  hasHiddenCalls: boolean;
  /** `Error` and its kin are classes like those of the patch. */
  hasErrorClasses: boolean;
}

export const newThrowing = (): Throwing => ({
  ...{ escaping: [], isAroundCalls: false, isAroundMembers: false, hasHiddenCalls: false },
  hasErrorClasses: false,
});

export const throwsAcross = (throwing: Throwing): readonly Span[] =>
  throwing.isAroundCalls || (throwing.isAroundMembers && throwing.hasHiddenCalls) ? throwing.escaping : [];

/** The name of a member, or of what is called when one is assigned to. */
export const isCalledUnseen = (name: string): boolean =>
  name === 'toString' || name === 'valueOf' || name.startsWith('set ');

/** Looks at what stands within a `try`. */
export function noteTry(throwing: Throwing, block: Babel.Node): void {
  const pending = [block];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (FUNCTIONS.test(node.type)) continue;
    if (CALLS.test(node.type)) throwing.isAroundCalls = true;
    if (MEMBERS.test(node.type)) throwing.isAroundMembers = true;
    pending.push(...(isErrorThrown(node) ? node.argument.arguments : childrenOf(node)));
  }
}

const ERROR_NAMES = /^(?:Error|EvalError|RangeError|ReferenceError|SyntaxError|TypeError|URIError)$/;
const CALLS = /^(?:Call|OptionalCall|New)Expression$/;
/** Sums, comparisons and templates may make texts and numbers of objects. */
const MEMBERS =
  /^(?:(?:Optional)?MemberExpression|ObjectPattern|TemplateLiteral|(?:Binary|Unary|Update|Assignment)Expression)$/;
export const FUNCTIONS =
  /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ClassMethod|ClassPrivateMethod|ObjectMethod)$/;

/** What is made by `throw new Error('…')` is no call. */
type ErrorThrown = Babel.ThrowStatement & { readonly argument: Babel.NewExpression | Babel.CallExpression };

export const isErrorName = (name: string): boolean => ERROR_NAMES.test(name);

export const isErrorThrown = (node: Babel.Node): node is ErrorThrown =>
  node.type === 'ThrowStatement' &&
  (node.argument.type === 'NewExpression' || node.argument.type === 'CallExpression') &&
  node.argument.callee.type === 'Identifier' &&
  isErrorName(node.argument.callee.name);
