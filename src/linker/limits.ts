/**
 * From which sizes on state is handled otherwise than by copying it at the commit. Tests make these small, so that small
 * programs cross them.
 */

export interface CarryLimits {
  /** Data of arrays from this size on may be used where it lies instead of being copied. */
  readonly regionBytes: number;
  /** What may be copied at a commit; beyond it large arrays are adopted. */
  readonly copyBudgetBytes: number;
  /** Arrays that frames write get a place of their own from this size on, with room to grow; at least `regionBytes`. */
  readonly homeBytes: number;
  /** So many pieces of state that names do not lead to are found by what they are; 0: none is looked for. */
  readonly leftovers: number;
}

export const CARRY_LIMITS: CarryLimits = {
  regionBytes: 65_536,
  // This much takes some 0.2 ms of a block that has 2.7. As long as all is copied, old and new can sound together, and a
  // swap that changes nothing changes no bit.
  copyBudgetBytes: 2 ** 21,
  // Code takes longer to reach what lies outside of its arena, so what can be copied whatever its length is left in it.
  homeBytes: 2 ** 21,
  leftovers: 4096,
};
