/** What ways of writing are made of: names that are called, and expressions over names. */

import { type FunctionKind, NUMBER } from './kinds.ts';
import type { Callable, Maker, Parameter } from './maker.ts';
import { number } from './numbers.ts';

const PARAMETER: Parameter = { kind: NUMBER, region: 'top', hasDefault: false, isAnnotated: false };

export const functionOf = (count: number, level = 1): FunctionKind => ({
  kind: 'function',
  parameters: Array.from({ length: count }, () => NUMBER),
  result: NUMBER,
  level,
  phase: 'both',
});

/** A name that is called with so many numbers and gives one. */
export function callable(m: Maker, name: string, count: number, level = 1, phase: Callable['phase'] = 'both'): void {
  const parameters = Array.from({ length: count }, () => PARAMETER);
  const made = { parameters, hasRest: false, result: NUMBER, region: 'top', level, phase, isRecursive: false } as const;
  m.declare(name, { kind: 'opaque' }, { region: 'top', callable: made });
}

export type Snippet = (m: Maker) => string;

/** An expression over these names and what is in sight. */
export function over(m: Maker, names: readonly string[], depth = 2): string {
  return m.inScope(() => {
    for (const name of names) m.declare(name, NUMBER);
    return number(m, depth);
  });
}
