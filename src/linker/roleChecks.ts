/**
 * What roles say about two variables, fields or arrays that a name or a place has led to. In: the shapes on both sides.
 * Asked only where a name is gone, or where something has become an index.
 */

import type { Constant, Modulus, Role } from '../compiler/role.ts';
import type { CellShape, FieldShape, ObjectShape, RootShape } from '../compiler/shape.ts';
import type { ArenaState } from './state.ts';

type Named = RootShape | FieldShape;
type AnyShape = Named | ObjectShape;

/** The role of what a variable has, or of the array that it holds. */
function roleOf(state: ArenaState, shape: Named): Role | null {
  const { cell } = shape;
  const isArray = cell.kind === 'pointer' && (cell.object.kind === 'array' || cell.object.kind === 'typedArray');
  return state.roles?.of(isArray ? cell.object : shape) ?? null;
}

/**
 * Whether what took the place of something is the same under another name: written by one of the same expressions, if
 * frames write it, and no index unless it was one. `isInSame`: both are variables of the same function, or fields of the same
 * object; then it may as well have lost its last assignment.
 */
export function isSameUnderOtherName(
  old: ArenaState,
  oldShape: Named,
  next: ArenaState,
  newShape: Named,
  isInSame: boolean,
): boolean {
  const [before, now] = [roleOf(old, oldShape), roleOf(next, newShape)];
  // Two that nobody writes are compared by their values alone; if one of them moves, the other one is something else.
  if (!isWrittenBy(before) || !isWrittenBy(now)) return isInSame || isWrittenBy(before) === isWrittenBy(now);
  if (before.isIndex !== now.isIndex || !fitsIndex(old, oldShape, next, newShape)) return false;
  // Every line has an index that is stepped alike: where it goes back to the start tells which line it is of.
  if (now.isIndex) {
    const isSame = haveSame(old, before.writers, next, now.writers);
    // A count that only rises goes back nowhere: what it is taken modulo of tells as much.
    const [was, is] = [before.moduli ?? [], now.moduli ?? []];
    return isSame && (was.length + is.length === 0 || haveSame(old, was, next, is));
  }
  const forms = new Set(before.writers.map(({ full }) => full));
  const spines = new Set(before.writers.map(({ spine }) => spine));
  return now.writers.some(({ full, spine }) => forms.has(full) || (spine.includes('•') && spines.has(spine)));
}

/** Whether one of the expressions is in both, with the same constants. */
const haveSame = (old: ArenaState, before: readonly Modulus[], next: ArenaState, now: readonly Modulus[]): boolean =>
  now.some((one) =>
    before.some(({ full, constants }) => full === one.full && sameConstants(old, constants, next, one.constants)),
  );

/** Whether both are written by the same expressions with the same constants: of several that may take the place of one, it is this. */
export function isWrittenAlike(old: ArenaState, oldShape: Named, next: ArenaState, newShape: Named): boolean {
  const [before, now] = [roleOf(old, oldShape), roleOf(next, newShape)];
  if (!isWrittenBy(before) || !isWrittenBy(now) || before.writers.length !== now.writers.length) return false;
  return now.writers.every(({ full, constants }) =>
    before.writers.some((writer) => writer.full === full && sameConstants(old, writer.constants, next, constants)),
  );
}

/** Whether constants are the same, as far as that is known: by name or by value. */
function sameConstants(old: ArenaState, a: readonly Constant[], next: ArenaState, b: readonly Constant[]): boolean {
  return a.length === b.length && a.every((one, n) => sameConstant(old, one, next, b[n]!));
}

function sameConstant(old: ArenaState, a: Constant, next: ArenaState, b: Constant): boolean {
  if (a.kind === 'number' && b.kind === 'number') return a.value === b.value;
  if (a.kind === 'operation' && b.kind === 'operation') {
    return a.operator === b.operator && sameConstants(old, a.operands, next, b.operands);
  }
  if (a.kind !== 'root' || b.kind !== 'root') return a.kind === b.kind;
  return a.symbol === b.symbol || old.rootNumber(a.symbol) === next.rootNumber(b.symbol);
}

const isWrittenBy = (role: Role | null): role is Role => role !== null && role.writers.length > 0;

/**
 * Whether a cell may hold all that the one before may have held. Where it may not, `undefined` or a boolean would be taken
 * for what it is not: the new text has no branch for it.
 */
export function fitsKinds(old: CellShape, next: CellShape): boolean {
  const [before, now] = [kindsOf(old), kindsOf(next)];
  return before === null || now === null || (before & ~now) === 0;
}

const kindsOf = (cell: CellShape): number | null => ('kinds' in cell ? (cell.kinds ?? null) : null);

/** What is an index takes no fraction: it was one before, or is a whole number by the way it is written. */
export function fitsIndex(old: ArenaState, oldShape: Named, next: ArenaState, newShape: Named): boolean {
  const [before, now] = [roleOf(old, oldShape), roleOf(next, newShape)];
  if (!now?.isIndex || !before || before.isIndex) return true;
  return before.writers.every(({ isInteger, constants }) => isInteger && constants.every((one) => isWhole(old, one)));
}

function isWhole(state: ArenaState, constant: Constant): boolean {
  if (constant.kind === 'number') return Number.isInteger(constant.value);
  if (constant.kind === 'operation') return constant.operands.every((operand) => isWhole(state, operand));
  if (constant.kind !== 'root') return false;
  return Number.isInteger(state.rootNumber(constant.symbol));
}

/**
 * Whether both were drawn at random by the same expression: then other bytes are no edit. Not where a call that leads there
 * has other arguments, such as a seed; one call more or fewer is no other argument.
 */
export function isDrawnAlike(old: ArenaState, oldShape: AnyShape, next: ArenaState, newShape: AnyShape): boolean {
  const maker = next.roles?.drawnBy(newShape) ?? null;
  const before = old.roles?.drawnBy(oldShape) ?? null;
  if (!maker || !before || maker.expression !== before.expression) return false;
  return isPartOf(maker.given, before.given) || isPartOf(before.given, maker.given);
}

/** Whether all of a sorted list are in another one, as often as they are in it. */
function isPartOf(part: readonly string[], whole: readonly string[]): boolean {
  let at = 0;
  for (const one of whole) if (part[at] === one) at++;
  return at === part.length;
}
