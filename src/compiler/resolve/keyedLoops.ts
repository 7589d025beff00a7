/**
 * `for…of` in a text that makes a `Map` or a `Set`. In: the variables of the loop. Out: what its test and its element are where it
 * goes through one of those: from entry to entry, as these are by then, with the place and the turn of the last one. Pure.
 */

import type { Expression, Statement, Variable, Walk, WalkMethod } from '../ast.ts';
import type { Context } from './context.ts';

export interface KeyedLoop {
  readonly start: readonly Statement[];
  readonly test: Walk;
  readonly element: Walk;
}

/** A part of an expression, by kind. */
type Bare<Kind = Expression> = Kind extends Expression ? Omit<Kind, 'id' | 'span'> : never;

export function keyedLoop(context: Context, list: Variable, iterable: Expression): KeyedLoop {
  const { span } = iterable;
  const node = (bare: Bare): Expression => ({ id: context.freshId(), span, ...bare }) as Expression;
  const cursor = (name: string): Variable => {
    const variable = context.temporary(name, span);
    variable.reassigned = true;
    return variable;
  };
  const [place, turn] = [cursor('place'), cursor('turn')];
  const read = (variable: Variable): Expression => node({ kind: 'variable', variable });
  const number = (value: number): Expression => node({ kind: 'number', value });
  const call = (name: string, ...values: readonly Expression[]): Expression => {
    const args = values.map((value) => ({ value, spread: false }));
    return node({ kind: 'method', object: read(list), name, args, optional: false });
  };
  const set = (variable: Variable, value: Expression): Expression =>
    node({ kind: 'assign', target: { kind: 'variable', variable, span }, operator: null, value });

  const next = set(place, call('next place', read(place), read(turn)));
  const test = node({ kind: 'binary', operator: '>=', left: next, right: number(0) });
  const elements = new Map<WalkMethod, Expression>();
  const elementBy = (method: WalkMethod): Expression => {
    let element = elements.get(method);
    if (!element) {
      const effects = [set(turn, call('turn at', read(place)))];
      element = node({ kind: 'sequence', effects, value: call(`${method} at`, read(place)) });
      elements.set(method, element);
    }
    return element;
  };
  return {
    start: [
      { kind: 'declare', span, variable: place, value: number(-1) },
      { kind: 'declare', span, variable: turn, value: number(0) },
    ],
    test: { iterable, list: read(list), by: () => test },
    element: { iterable, list: read(list), by: elementBy },
  };
}
