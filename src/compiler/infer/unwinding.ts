/**
 * Which functions may throw into a `try` of their callers while the top level runs. In: what calls what, once types are known. Out:
 * their specialisations; a mistake where frames would have to catch something, too.
 */

import { refusal } from '../../language/refusals.ts';
import type { Statement } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { AT_TOP, type Closure, find, type Instance, PER_FRAME } from './types.ts';

export interface MayThrow {
  readonly instances: ReadonlySet<Instance>;
  /** Members of families. */
  readonly closures: ReadonlySet<Closure>;
}

/** Those that throw, and all that call them, by whatever way. */
export function mayThrow(instances: Iterable<Instance>, throwers: ReadonlySet<Instance>, phase = AT_TOP): MayThrow {
  const found = new Set(throwers);
  const closures = new Set([...throwers].map(({ closure }) => closure));
  if (throwers.size === 0) return { instances: found, closures };
  const all = [...instances].filter(({ runs }) => (runs & phase) !== 0);
  for (let size = -1; size !== found.size; ) {
    size = found.size;
    for (const instance of all) {
      if (found.has(instance) || !callsAny(instance, { instances: found, closures })) continue;
      found.add(instance);
      closures.add(instance.closure);
    }
  }
  return { instances: found, closures };
}

const callsAny = ({ calls }: Instance, { instances, closures }: MayThrow): boolean =>
  [...calls.values()].some((call) => {
    if (call.kind === 'direct') return instances.has(call.instance);
    const family = find(call.closureSet);
    return family.kind === 'function' && family.members.some((member) => closures.has(member));
  });

/** Reports what would have to be caught in frames. */
export function reportThrows(analysis: Analysis, spans: readonly { start: number; end: number }[]): void {
  if (spans.length === 0) return;
  const throwing = mayThrow(analysis.instances, analysis.throwersLive, PER_FRAME);
  const isWrong = [...analysis.instances].some(
    (one) => (one.runs & PER_FRAME) !== 0 && catches(one.closure.node.body) && callsAny(one, throwing),
  );
  if (isWrong) for (const span of spans) analysis.report(span, 'refused', ...refusal('throwAcross'));
}

function catches(body: readonly Statement[]): boolean {
  return body.some((statement) => {
    switch (statement.kind) {
      case 'block':
        return statement.catchesCalls === true || catches(statement.body);
      case 'loop':
        return catches(statement.body);
      case 'if':
        return catches(statement.yes) || catches(statement.no);
      case 'switch':
        return statement.cases.some((entry) => catches(entry.body));
      default:
        return false;
    }
  });
}
