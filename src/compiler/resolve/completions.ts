/**
 * `return`, `break` and `continue` past a `finally`. In: the jump. Out: where it leaves a `try` with `finally`, its number goes into a
 * variable, as does what is returned, and control goes to the `finally`, behind which the jump follows. Pure.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, JumpTarget, Statement, Variable } from '../ast.ts';
import type { Context } from './context.ts';

export type Jump = { readonly span: Span } & (
  | { readonly kind: 'return'; readonly value: Expression | null }
  /** `depth`: how many targets are open around its own. */
  | { readonly kind: 'break' | 'continue'; readonly target: JumpTarget; readonly depth: number }
);

/** How a `try` with `finally` ends. */
export interface Completion {
  readonly how: Variable;
  readonly returned: Variable;
  /** Jumps out of it, by their numbers minus `FIRST_JUMP`. */
  readonly jumps: Jump[];
  /** How many targets are open around it. */
  readonly depth: number;
  /** Behind what is tried. */
  readonly end: JumpTarget;
}

/** Values of `how`. */
export const NORMAL = 0;
export const THROWN = 1;
const FIRST_JUMP = 2;

/** The statements that a jump is made of. */
export function leave(context: Context, jump: Jump): Statement[] {
  const { span } = jump;
  const open = context.tries.findLast(
    ({ owner, completion }) =>
      owner === context.currentFunction && completion && (jump.kind === 'return' || jump.depth < completion.depth),
  );
  const completion = open?.completion;
  if (!completion) {
    if (jump.kind === 'return') return [{ kind: 'return', span, value: jump.value }];
    return [{ kind: jump.kind, span, target: jump.target }];
  }
  let index = completion.jumps.findIndex((one) => isSame(one, jump));
  if (index < 0) index = completion.jumps.push(jump) - 1;
  const out: Statement[] = [];
  if (jump.kind === 'return') {
    const value = jump.value ?? { id: context.freshId(), span, kind: 'unset' };
    out.push(assigned(context, completion.returned, value, span));
  }
  out.push(assigned(context, completion.how, numberOf(context, FIRST_JUMP + index, span), span));
  out.push({ kind: 'break', span, target: completion.end });
  return out;
}

const isSame = (one: Jump, other: Jump): boolean =>
  one.kind === other.kind && (one.kind === 'return' || (other.kind !== 'return' && one.target === other.target));

/** What stands behind `finally`: each jump where it was on its way. `isSure`: one of them was, or something is thrown. */
export function jumpsBehind(context: Context, completion: Completion, isSure: boolean, span: Span): Statement[] {
  return completion.jumps.flatMap((jump, index): Statement[] => {
    const read: Expression = {
      id: context.freshId(),
      span: jump.span,
      kind: 'variable',
      variable: completion.returned,
    };
    const jumping = leave(context, jump.kind === 'return' ? { ...jump, value: read } : jump);
    if (isSure && index === completion.jumps.length - 1) return jumping;
    return [{ kind: 'if', span, test: isHow(context, completion, FIRST_JUMP + index, span), yes: jumping, no: [] }];
  });
}

/** Whether a `try` ended in one way. */
export const isHow = (context: Context, { how }: Completion, number: number, span: Span): Expression => ({
  ...{ id: context.freshId(), span, kind: 'binary', operator: '===' },
  left: { id: context.freshId(), span, kind: 'variable', variable: how },
  right: numberOf(context, number, span),
});

export const numberOf = (context: Context, value: number, span: Span): Expression => ({
  ...{ id: context.freshId(), span, kind: 'number' },
  value,
});

export const assigned = (context: Context, variable: Variable, value: Expression, span: Span): Statement => ({
  ...{ kind: 'expression', span },
  expression: {
    ...{ id: context.freshId(), span, kind: 'assign', operator: null, value },
    target: { kind: 'variable', variable, span },
  },
});

/** Whether control may get to the end of statements. */
export function completes(body: readonly Statement[]): boolean {
  return body.every((statement) => {
    switch (statement.kind) {
      case 'return':
      case 'break':
      case 'continue':
        return false;
      case 'if':
        return completes(statement.yes) || completes(statement.no);
      case 'block':
        return completes(statement.body) || (statement.target !== null && breaksTo(statement.body, statement.target));
      default:
        return true;
    }
  });
}

function breaksTo(body: readonly Statement[], target: JumpTarget): boolean {
  return body.some((statement) => {
    switch (statement.kind) {
      case 'break':
        return statement.target === target;
      case 'if':
        return breaksTo(statement.yes, target) || breaksTo(statement.no, target);
      case 'block':
      case 'loop':
        return breaksTo(statement.body, target);
      case 'switch':
        return statement.cases.some((entry) => breaksTo(entry.body, target));
      default:
        return false;
    }
  });
}
