/**
 * Counters that rise by the same number each turn: `for (let a = k; a < 512; a += 32)` with k below 8 never is 511. In: a parameter
 * of a loop, what it is at first and after a turn. Out: which remainders it leaves, and what that says of its interval.
 */

import type { Interval } from './ranges.ts';
import type { ParameterValue, Steps, Value } from './ssa.ts';

const MOST = 2 ** 31 - 1;

export class StepGuess {
  /** `undefined`: not known yet; `null`: there is none. */
  private step: number | null | undefined = undefined;

  /** What a parameter leaves as remainders, as far as that is assumed. */
  describe(parameter: ParameterValue, initial: Interval): void {
    const { step } = this;
    parameter.steps = null;
    if (!step) return;
    const start = Math.floor(initial.low / step) * step;
    if (initial.high < start + step) {
      parameter.steps = { step, low: initial.low - start, high: initial.high - start };
    }
  }

  /** `here`: what the parameter is where the turn ends. Returns false where the guess has changed. */
  holdsFor(parameter: ParameterValue, next: Value, here: Interval): boolean {
    if (this.step === null) return true;
    const by = stepOf(parameter, next);
    const step = by !== null && by > 1 && here.high + by <= MOST ? by : null;
    if (step === this.step) return true;
    const wasKnown = this.step !== undefined;
    this.step = wasKnown ? null : step;
    return this.step === null && !wasKnown;
  }
}

function stepOf(parameter: ParameterValue, next: Value): number | null {
  if (next.op !== 'binary' || next.name !== 'i32.add' || next.args[0] !== parameter) return null;
  const [, by] = next.args;
  return by.op === 'const' ? Number(by.value) : null;
}

/** What is left of an interval of those that leave such remainders. */
export function onSteps({ step, low, high }: Steps, { low: least, high: most }: Interval): Interval {
  const [lowStart, highStart] = [Math.floor(least / step) * step, Math.floor(most / step) * step];
  const first = least - lowStart <= high ? Math.max(least, lowStart + low) : lowStart + step + low;
  const last = most - highStart >= low ? Math.min(most, highStart + high) : highStart - step + high;
  return first <= last ? { low: first, high: last } : { low: least, high: most };
}
