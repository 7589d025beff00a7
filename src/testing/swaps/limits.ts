/**
 * Limits that small programs cross: their arrays are copied in some swaps and adopted in others. Tests only.
 */

import { CARRY_LIMITS, type CarryLimits } from '../../linker/limits.ts';

const LIMITS: readonly CarryLimits[] = [
  CARRY_LIMITS,
  // What has to be copied of a random program is some hundred bytes.
  { regionBytes: 16, copyBudgetBytes: 160, homeBytes: 32, leftovers: 4096 },
  { regionBytes: 64, copyBudgetBytes: 400, homeBytes: 100, leftovers: 4096 },
  { regionBytes: 8, copyBudgetBytes: 0, homeBytes: 8, leftovers: 4096 },
];

export const limitsOf = (seed: number): CarryLimits => LIMITS[seed % LIMITS.length]!;
