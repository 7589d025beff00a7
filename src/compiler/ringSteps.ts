/**
 * Recognises the ways in which programs step through a ring: `(at + 1) % n`, `++at >= n` with a reset, `at + 1 < n ? at + 1 :
 * 0`, `at === n` with a reset, `(at + 1) & mask`. Those that lead down are in ringStepsDown.ts. In: an assignment and the conditions that it stands under. Out: what kind
 * of step it is, and which expression says how long the ring is.
 */

import type { ArithmeticOperator, Expression, LogicalOperator, Statement, Target, Variable } from './ast.ts';
import { visitExpression, visitStatements } from './walk.ts';

/** What can be assigned to and named again: a variable, a member of an object, or an element of an array. */
export type Place =
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'field'; readonly object: Expression; readonly name: string }
  | { readonly kind: 'element'; readonly object: Expression; readonly index: Expression };

/** The length is the value of the expression and so much more. */
export interface Bound {
  readonly expression: Expression;
  readonly more: number;
  /** It is a mask: one less than the length, and nothing else than all lower bits. */
  readonly isMask?: boolean;
}

export type Step =
  /** One further: up, or down. */
  | { readonly kind: 'advance'; readonly isDown: boolean }
  /**
   * Back to where it began at the end of the ring; `advances`: or else one further. `isDown`: from 0 to the end of the array;
   * `null`: it may be either, as a mask is.
   */
  | { readonly kind: 'bound'; readonly bound: Bound; readonly advances: boolean; readonly isDown: boolean | null };

/** A condition that something stands under, whether it holds there, and what is done otherwise. */
export interface Guard {
  readonly test: Expression;
  readonly holds: boolean;
  readonly otherwise: readonly Statement[];
}

const ADVANCE: Step = { kind: 'advance', isDown: false };

export function placeOf(expression: Expression): Place | null {
  if (expression.kind === 'variable') return { kind: 'variable', variable: expression.variable };
  if (expression.kind === 'member' && !expression.optional) {
    return { kind: 'field', object: expression.object, name: expression.name };
  }
  if (expression.kind === 'index' && !expression.optional) {
    return { kind: 'element', object: expression.object, index: expression.index };
  }
  return null;
}

export function targetPlace(target: Target): Place | null {
  if (target.kind === 'variable') return { kind: 'variable', variable: target.variable };
  if (target.kind === 'member') return { kind: 'field', object: target.object, name: target.name };
  return target.kind === 'index' ? { kind: 'element', object: target.object, index: target.index } : null;
}

export function samePlace(a: Place, b: Place): boolean {
  if (a.kind === 'variable') return b.kind === 'variable' && a.variable === b.variable;
  if (a.kind === 'field') return b.kind === 'field' && a.name === b.name && sameExpression(a.object, b.object);
  return b.kind === 'element' && sameExpression(a.object, b.object) && sameExpression(a.index, b.index);
}

/** Whether two expressions that only name things name the same. */
export function sameExpression(a: Expression, b: Expression): boolean {
  switch (a.kind) {
    case 'number':
      return b.kind === 'number' && a.value === b.value;
    case 'variable':
      return b.kind === 'variable' && a.variable === b.variable;
    case 'member':
      return b.kind === 'member' && a.name === b.name && sameExpression(a.object, b.object);
    case 'index':
      return b.kind === 'index' && sameExpression(a.object, b.object) && sameExpression(a.index, b.index);
    case 'binary':
      return (
        b.kind === 'binary' &&
        a.operator === b.operator &&
        sameExpression(a.left, b.left) &&
        sameExpression(a.right, b.right)
      );
    default:
      return false;
  }
}

export const isNumber = (expression: Expression, value: number): boolean =>
  expression.kind === 'number' && expression.value === value;

/** What makes an integer of a number changes nothing where it is one. */
export function withoutRounding(expression: Expression): Expression {
  const { kind } = expression;
  if (kind === 'binary' && expression.operator === '|' && isNumber(expression.right, 0)) return expression.left;
  const isFloor = kind === 'builtin' && (expression.name === 'Math.floor' || expression.name === 'Math.trunc');
  return isFloor && expression.args.length === 1 ? expression.args[0]!.value : expression;
}

export const isAt = (place: Place, expression: Expression): boolean => {
  const other = placeOf(expression);
  return other !== null && samePlace(place, other);
};

/**
 * How an expression names a place: `cell` as it is, `next` one further, `stepped` one further and leaves it there, `before`
 * as it is and leaves it one further.
 */
export function useOf(place: Place, expression: Expression): 'cell' | 'next' | 'stepped' | 'before' | null {
  if (isAt(place, expression)) return 'cell';
  if (expression.kind === 'binary' && expression.operator === '+') {
    const { left, right } = expression;
    const isNext = (isAt(place, left) && isNumber(right, 1)) || (isNumber(left, 1) && isAt(place, right));
    return isNext ? 'next' : null;
  }
  if (expression.kind !== 'update' && expression.kind !== 'assign') return null;
  const target = targetPlace(expression.target);
  if (target === null || !samePlace(place, target)) return null;
  if (expression.kind === 'update') return expression.step !== 1 ? null : expression.prefix ? 'stepped' : 'before';
  const isStep = assigned(place, expression.operator, expression.value, [])?.kind === 'advance';
  return isStep ? 'stepped' : null;
}

/** What an assignment does to a place. `null`: something else than a step through a ring. */
export function assigned(
  place: Place,
  operator: ArithmeticOperator | LogicalOperator | null,
  value: Expression,
  guards: readonly Guard[],
): Step | null {
  switch (operator) {
    case null:
      return stepTo(place, withoutRounding(value), guards);
    case '+':
      return isNumber(value, 1) ? ADVANCE : null;
    case '%':
      return { kind: 'bound', bound: { expression: value, more: 0 }, advances: false, isDown: false };
    case '&':
      return { kind: 'bound', bound: { expression: value, more: 1, isMask: true }, advances: false, isDown: null };
    case '-':
      return backBy(value, guarded(place, guards));
    default:
      return null;
  }
}

function stepTo(place: Place, value: Expression, guards: readonly Guard[]): Step | null {
  if (useOf(place, value) === 'next') return ADVANCE;
  if (isNumber(value, 0)) return guarded(place, guards);
  if (value.kind === 'conditional') return chosen(place, value);
  const taken = takenModulo(value);
  if (taken !== null) {
    const use = useOf(place, withoutRounding(taken.value));
    if (use === null || use === 'before') return null;
    const isDown = taken.bound.isMask && use !== 'next' ? null : false;
    return { kind: 'bound', bound: taken.bound, advances: use === 'next', isDown };
  }
  const isLess = value.kind === 'binary' && value.operator === '-' && isAt(place, value.left);
  return isLess ? backBy(value.right, guarded(place, guards)) : null;
}

/** `value % length` or `value & mask`. */
export function takenModulo(expression: Expression): { readonly value: Expression; readonly bound: Bound } | null {
  if (expression.kind !== 'binary') return null;
  const { operator, left, right } = expression;
  if (operator === '%') return { value: left, bound: { expression: right, more: 0 } };
  return operator === '&' ? { value: left, bound: { expression: right, more: 1, isMask: true } } : null;
}

/** Going back by the length itself. */
function backBy(value: Expression, step: Step | null): Step | null {
  if (step?.kind !== 'bound' || step.advances) return null;
  return step.bound.more === 0 && sameExpression(step.bound.expression, value) ? step : null;
}

/** `at + 1 < n ? at + 1 : 0` and its relatives. */
function chosen(place: Place, { test, yes, no }: Expression & { readonly kind: 'conditional' }): Step | null {
  const found = comparison(place, test);
  if (found === null) return null;
  const [over, within] = found.isOver ? [yes, no] : [no, yes];
  if (!isNumber(over, 0)) return null;
  const use = useOf(place, withoutRounding(within));
  if (use !== 'cell' && use !== 'next') return null;
  if (use === 'cell' && found.use === 'next') return null;
  if (use === 'next' && found.use !== 'next' && found.use !== 'cell') return null;
  const more = found.bound.more + (use === 'next' && found.use === 'cell' ? 1 : 0);
  return { kind: 'bound', bound: { ...found.bound, more }, advances: use === 'next', isDown: false };
}

/** A reset under the condition that the end is reached. */
function guarded(place: Place, guards: readonly Guard[]): Step | null {
  for (const { test, holds, otherwise } of guards) {
    const found = comparison(place, test);
    if (found === null || found.isOver !== holds) continue;
    const advances = advancesIn(place, otherwise);
    if (found.use === 'next' && !advances) return null;
    const more = found.bound.more + (found.use === 'cell' && advances ? 1 : 0);
    return { kind: 'bound', bound: { ...found.bound, more }, advances, isDown: false };
  }
  return null;
}

function advancesIn(place: Place, statements: readonly Statement[]): boolean {
  let found = false;
  visitStatements(statements, {
    expression: (expression) => {
      const use = useOf(place, expression);
      if (use === 'stepped' || use === 'before') found = true;
    },
  });
  return found;
}

interface Comparison {
  readonly use: 'cell' | 'next' | 'stepped' | 'before';
  /** Whether the end is reached where the comparison holds. */
  readonly isOver: boolean;
  readonly bound: Bound;
}

export const FLIPPED: Readonly<Record<string, string>> = { '<': '>', '>': '<', '<=': '>=', '>=': '<=' };

/** Compares a place with the end of a ring. */
function comparison(place: Place, test: Expression): Comparison | null {
  if (test.kind !== 'binary') return null;
  for (const [value, expression, operator] of [
    [test.left, test.right, test.operator],
    [test.right, test.left, FLIPPED[test.operator] ?? test.operator],
  ] as const) {
    const use = useOf(place, value);
    if (use === null || namesPlace(place, expression)) continue;
    const isOver = ['>=', '>', '==', '==='].includes(operator);
    if (!isOver && !['<', '<=', '!=', '!=='].includes(operator)) return null;
    const more = (operator === '>' || operator === '<=' ? 1 : 0) + (use === 'before' ? 1 : 0);
    return { use, isOver, bound: { expression, more } };
  }
  return null;
}

export function namesPlace(place: Place, expression: Expression): boolean {
  let found = false;
  visitExpression(expression, { expression: (part) => (found ||= isAt(place, part)) });
  return found;
}
