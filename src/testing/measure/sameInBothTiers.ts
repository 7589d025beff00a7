/** Patches that use the library, in both tiers: every sample and every byte of memory the same. */

import { readLibrary } from '../../node/librarySource.ts';
import { compareTiers } from '../compareTiers.ts';
import { withLibrary } from './bundle.ts';

/** Throws with the first difference. A patch that the second tier refuses stays in the first, and is no fault. */
export function expectSameInBothTiers(patch: string, frames = 2000): void {
  const comparison = compareTiers(withLibrary(patch), readLibrary(), frames);
  if (comparison.kind === 'different') throw new Error(`the tiers differ ${comparison.what}\n${patch}`);
}
