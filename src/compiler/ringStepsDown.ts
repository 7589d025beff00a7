/**
 * The same as ringSteps.ts for cursors that run down: `(at - 1 + n) % n`, `--at < 0` and to the end, `at > 0 ? at - 1 : n -
 * 1`, `at += n` below 0, `(at - 1) & mask`. In: an assignment and the conditions that it stands under. Out: the step.
 */

import type { ArithmeticOperator, Expression, LogicalOperator, Statement } from './ast.ts';
import {
  FLIPPED,
  type Guard,
  isAt,
  isNumber,
  namesPlace,
  type Place,
  type Step,
  sameExpression,
  samePlace,
  takenModulo,
  targetPlace,
  withoutRounding,
} from './ringSteps.ts';
import { visitStatements } from './walk.ts';

const STEP_DOWN: Step = { kind: 'advance', isDown: true };

/** As `useOf`, with `next` one down. */
export function useDownOf(place: Place, expression: Expression): 'cell' | 'next' | 'stepped' | 'before' | null {
  if (isAt(place, expression)) return 'cell';
  if (expression.kind === 'binary' && expression.operator === '-') {
    return isAt(place, expression.left) && isNumber(expression.right, 1) ? 'next' : null;
  }
  if (expression.kind !== 'update' && expression.kind !== 'assign') return null;
  const target = targetPlace(expression.target);
  if (target === null || !samePlace(place, target)) return null;
  if (expression.kind === 'update') return expression.step !== -1 ? null : expression.prefix ? 'stepped' : 'before';
  return assignedDown(place, expression.operator, expression.value, [])?.kind === 'advance' ? 'stepped' : null;
}

/** What an assignment does to a place. `null`: something else than a step down through a ring. */
export function assignedDown(
  place: Place,
  operator: ArithmeticOperator | LogicalOperator | null,
  value: Expression,
  guards: readonly Guard[],
): Step | null {
  switch (operator) {
    case null:
      return stepTo(place, withoutRounding(value), guards);
    case '-':
      return isNumber(value, 1) ? STEP_DOWN : null;
    case '+':
      return isBelowStart(place, guards) === 'stepped' ? bound(value, 0, false) : null;
    default:
      return null;
  }
}

const bound = (expression: Expression, more: number, advances: boolean, isMask = false): Step => ({
  kind: 'bound',
  bound: { expression, more, ...(isMask && { isMask }) },
  advances,
  isDown: true,
});

function stepTo(place: Place, value: Expression, guards: readonly Guard[]): Step | null {
  if (useDownOf(place, value) === 'next') return STEP_DOWN;
  if (value.kind === 'conditional') return chosen(place, value);
  const taken = takenModulo(value);
  if (taken !== null) return modulo(place, withoutRounding(taken.value), taken.bound.expression, taken.bound.isMask);
  if (namesPlace(place, value)) {
    // `at = at + n` below the start.
    const isMore = value.kind === 'binary' && value.operator === '+' && isAt(place, value.left);
    const isBelow = isMore && isBelowStart(place, guards) === 'stepped';
    return isBelow && !namesPlace(place, value.right) ? bound(value.right, 0, false) : null;
  }
  // What is kept from falling below 0 goes through no ring.
  if (isNumber(value, 0)) return null;
  const below = isBelowStart(place, guards);
  return below && bound(value, 1, below === 'advances');
}

/** `(at - 1 + n) % n`, in any order, and `(at - 1) & mask`. */
function modulo(place: Place, value: Expression, length: Expression, isMask = false): Step | null {
  const sum = termsOf(value);
  const others = sum?.terms.filter((term) => !isAt(place, term));
  if (!sum || !others || sum.terms.length - others.length !== 1) return null;
  const { total } = sum;
  const more = isMask ? 1 : 0;
  if (others.length === 0 && isMask && total === -1) return bound(length, 1, true, true);
  if (length.kind === 'number' && others.length === 0 && total === length.value + more - 1 && total > 1) {
    return bound(length, more, true, isMask);
  }
  const isWhole = others.length === 1 && sameExpression(others[0]!, length);
  return isWhole && total === more - 1 ? bound(length, more, true, isMask) : null;
}

/** A sum, taken apart; `total`: of the numbers in it. `null`: something else than a number is taken off. */
function termsOf(expression: Expression): { readonly terms: readonly Expression[]; readonly total: number } | null {
  if (expression.kind === 'number') return { terms: [], total: expression.value };
  if (expression.kind !== 'binary' || (expression.operator !== '+' && expression.operator !== '-')) {
    return { terms: [expression], total: 0 };
  }
  const [left, right] = [termsOf(expression.left), termsOf(expression.right)];
  if (!left || !right) return null;
  if (expression.operator === '+') return { terms: [...left.terms, ...right.terms], total: left.total + right.total };
  return right.terms.length > 0 ? null : { terms: left.terms, total: left.total - right.total };
}

/** `at > 0 ? at - 1 : n - 1` and its relatives. */
function chosen(place: Place, { test, yes, no }: Expression & { readonly kind: 'conditional' }): Step | null {
  const found = comparison(place, test);
  if (found === null) return null;
  const [over, within] = found.isOver ? [yes, no] : [no, yes];
  if (namesPlace(place, over) || isNumber(over, 0)) return null;
  const use = useDownOf(place, withoutRounding(within));
  if (use !== 'cell' && use !== 'next') return null;
  const isFit = use === 'cell' ? startOf(found.use) === found.below && found.use !== 'next' : isEndBefore(found);
  return isFit ? bound(over, 1, use === 'next') : null;
}

/** Whether `at - 1` is what follows where the comparison does not hold. */
const isEndBefore = ({ use, below }: Comparison): boolean =>
  (use === 'cell' && below === 1) || (use === 'next' && below === 0);

/** The value below which the start was passed, for a value that is compared before or after the step. */
const startOf = (use: Comparison['use']): number => (use === 'before' ? 1 : 0);

/** A move to the end under the condition that the start was passed; `advances`: or else it goes one down. */
function isBelowStart(place: Place, guards: readonly Guard[]): 'stepped' | 'advances' | null {
  for (const { test, holds, otherwise } of guards) {
    const found = comparison(place, test);
    if (found === null || found.isOver !== holds) continue;
    if (stepsIn(place, otherwise)) return isEndBefore(found) ? 'advances' : null;
    return found.use !== 'next' && found.below === startOf(found.use) ? 'stepped' : null;
  }
  return null;
}

function stepsIn(place: Place, statements: readonly Statement[]): boolean {
  let found = false;
  visitStatements(statements, {
    expression: (expression) => {
      const use = useDownOf(place, expression);
      if (use === 'stepped' || use === 'before') found = true;
    },
  });
  return found;
}

interface Comparison {
  readonly use: 'cell' | 'next' | 'stepped' | 'before';
  /** Whether the start was passed where the comparison holds. */
  readonly isOver: boolean;
  /** It was passed if the value is below this number. */
  readonly below: number;
}

/** Compares a place with the start of a ring. */
function comparison(place: Place, test: Expression): Comparison | null {
  if (test.kind !== 'binary') return null;
  for (const [value, limit, operator] of [
    [test.left, numberOf(test.right), test.operator],
    [test.right, numberOf(test.left), FLIPPED[test.operator] ?? test.operator],
  ] as const) {
    const use = useDownOf(place, value);
    if (use === null || limit === null) continue;
    const isOver = ['<', '<=', '==', '==='].includes(operator);
    if (!isOver && !['>', '>=', '!=', '!=='].includes(operator)) return null;
    return { use, isOver, below: operator === '<' || operator === '>=' ? limit : limit + 1 };
  }
  return null;
}

function numberOf(expression: Expression): number | null {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind !== 'unary' || expression.operator !== '-') return null;
  const value = numberOf(expression.operand);
  return value === null ? null : -value;
}
