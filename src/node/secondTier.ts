/** The second tier of a patch as text: `dump --stage opt`. In: a text. Out: its program in SSA form, or why it has none. Node. */

import type { LibrarySource } from '../compiler/library.ts';
import { printProgram } from '../optimise/print.ts';
import { verifyProgram } from '../optimise/verify.ts';
import { twoTiers } from './twoTiers.ts';

/** Verified after each pass. Nothing for a text with mistakes. */
export function printSecondTier(text: string, library: readonly LibrarySource[], isWell: boolean): string {
  if (!isWell) return '';
  const { optimised } = twoTiers(text, library, {
    after: (pass, program) => {
      const faults = verifyProgram(program);
      if (faults.length > 0) throw new Error(`${pass}: a faulty program:\n${faults.join('\n')}`);
    },
  });
  return optimised.kind === 'optimised'
    ? printProgram(optimised.program)
    : `It stays in tier 1: ${optimised.reason}.\n`;
}
