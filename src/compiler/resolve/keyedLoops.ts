/**
 * `for…of` in a text that makes a `Map` or a `Set`, or has keys or entries of its own. In: the variables of the loop. Out: what its
 * test and its element are where it goes through a `Map` or a `Set`: from entry to entry, as these are by then, with the place and the
 * turn of the last one; and where it asks an array, whose elements are read as they are by then, too. Pure.
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

/** `index`: the variable that counts through the elements where `list` is an array. */
export function keyedLoop(context: Context, list: Variable, index: Variable, iterable: Expression): KeyedLoop {
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
  const plain = node({ kind: 'index', object: read(list), index: read(index), exact: true, optional: false });
  const entry = [read(index), plain].map((value) => ({ value, spread: false }));
  return {
    start: [
      { kind: 'declare', span, variable: place, value: number(-1) },
      { kind: 'declare', span, variable: turn, value: number(0) },
    ],
    test: { iterable, list: read(list), by: () => test },
    element: {
      ...{ iterable, list: read(list), by: elementBy },
      ofArray: { keys: read(index), entries: node({ kind: 'array', elements: entry, hasHoles: false }) },
    },
  };
}
