/** The modules of the standard library, each after those it imports. */
export const LIBRARY_MODULES = [
  'math/remainder.ts',
  'math/exp.ts',
  'math/log.ts',
  'math/pow.ts',
  'math/kernels.ts',
  'math/reduction.ts',
  'math/trig.ts',
  'math/inverse.ts',
  'math/hyperbolic.ts',
  'math/root.ts',
  'strings.ts',
  'arrays.ts',
] as const;
