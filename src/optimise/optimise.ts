/**
 * A whole patch, linked and initialised, to one function: the list of passes. In: functions in the IR, the image of the
 * arena. Out: a program in SSA form, or why there is none. Worker and Node; knows no thread.
 */

import { Assumptions, NotOptimised } from './assumptions.ts';
import { removeDead } from './deadCode.ts';
import type { OptimiserInput } from './input.ts';
import { LoopKnowledge } from './loopFacts.ts';
import { removeNanBits } from './nanBits.ts';
import { pairUp } from './pairUp.ts';
import { askTogether } from './rareTogether.ts';
import { Specialiser } from './specialiser.ts';
import { splitVoices } from './splitVoices.ts';
import type { OptimisedProgram } from './ssa.ts';

export type Optimised =
  | { readonly kind: 'optimised'; readonly program: OptimisedProgram; readonly assumptions: Assumptions }
  | { readonly kind: 'refused'; readonly reason: string };

/** What a pass made, for whoever wants to look at it: the verifier, in tests, and `dump`. */
export type AfterPass = (pass: string, program: OptimisedProgram) => void;

/** Each run finds out something about memory; few patches need more than four. */
const MAX_RUNS = 24;
/** Values and nodes that all runs together may make, also those that come to nothing: some seconds. */
const MAX_MADE = 600_000;

export function optimise(input: OptimiserInput, after: AfterPass = () => undefined): Optimised {
  const assumptions = new Assumptions();
  const loops = new LoopKnowledge();
  let made = 0;
  const specialise = (): OptimisedProgram => {
    const work = new Specialiser(input, assumptions, loops, MAX_MADE - made);
    const program = runThrough(work);
    made += work.builder.made;
    return program;
  };
  const specialised = (): OptimisedProgram => {
    const program = specialise();
    removeNanBits(program);
    removeDead(program);
    return program;
  };
  try {
    for (let run = 0; run < MAX_RUNS; run++) {
      const before = assumptions.version;
      const program = specialise();
      if (assumptions.version !== before) continue;
      after('specialise', program);
      removeNanBits(program);
      removeDead(program);
      after('removeDead', program);
      if (splitVoices(program)) after('splitVoices', program);
      if (pairUp(program)) {
        removeDead(program);
        after('pairUp', program);
        if (askTogether(program)) {
          removeDead(program);
          after('askTogether', program);
        }
        return { kind: 'optimised', program, assumptions };
      }
      return { kind: 'optimised', program: specialised(), assumptions };
    }
    return { kind: 'refused', reason: 'what frames write was not found out' };
  } catch (thrown) {
    if (thrown instanceof NotOptimised) return { kind: 'refused', reason: thrown.message };
    throw thrown;
  }
}

function runThrough(work: Specialiser): OptimisedProgram {
  const frames = work.builder.parameter('i32');
  work.run(frames);
  const wholes = [...work.wholes].map(([offset, interval]) => ({ offset, ...interval }));
  return { frames, body: work.rootRegion, calls: work.calls, wholes };
}
