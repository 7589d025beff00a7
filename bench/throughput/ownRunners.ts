/** A patch as Segue plays it, in both tiers, and as plain JavaScript. In: its text. Out: runners. Node and browser alike. */

import type { LibrarySource } from '../../src/compiler/library.ts';
import { loadJavaScript } from '../../src/node/javaScriptPatch.ts';
import { type Tier, twoTiers } from '../../src/node/twoTiers.ts';
import { loadOracle } from '../../src/testing/oracle.ts';
import { BLOCK_FRAMES, type Made, type Runner, SAMPLE_RATE } from './runner.ts';

export interface OwnRunners {
  readonly 'tier 2': Made;
  readonly 'tier 1': Made;
  readonly JavaScript: Made;
  readonly optimiserMs: number;
  readonly moduleBytes: number;
}

export function ownRunners(text: string, library: readonly LibrarySource[], isFirstAlone = false): OwnRunners {
  const { first, second, optimised, optimiserMs, moduleBytes } = twoTiers(text, library, { isFirstAlone });
  const reason = optimised.kind === 'refused' ? optimised.reason : '';
  return {
    ...{ 'tier 2': second ? runnerOf(second) : { missing: reason }, 'tier 1': runnerOf(first) },
    ...{ JavaScript: javaScript(text), optimiserMs, moduleBytes },
  };
}

const runnerOf = (tier: Tier): Runner => ({
  run: () => tier.run(BLOCK_FRAMES),
  read: (left, right) => tier.render(left, right, BLOCK_FRAMES),
});

/** JavaScript with Segue's own `Math`, as in the tests: the samples that both tiers have to play, bit for bit. */
export function truth(text: string): Runner {
  const program = loadOracle(text, SAMPLE_RATE);
  let frame = 0;
  const read = (left: Float64Array, right: Float64Array): void => {
    for (let n = 0; n < BLOCK_FRAMES; n++) {
      program.frame(frame++);
      [left[n], right[n]] = program.channels;
    }
  };
  const [left, right] = [new Float64Array(BLOCK_FRAMES), new Float64Array(BLOCK_FRAMES)];
  return { run: () => read(left, right), read };
}

/** With the engine's own `Math`, as fast as it can. */
function javaScript(text: string): Runner {
  const patch = loadJavaScript(text, SAMPLE_RATE);
  const [left, right] = [new Float64Array(BLOCK_FRAMES), new Float64Array(BLOCK_FRAMES)];
  return {
    run: () => patch.process(left, right, BLOCK_FRAMES),
    read: (intoLeft, intoRight) => patch.process(intoLeft, intoRight, BLOCK_FRAMES),
  };
}
