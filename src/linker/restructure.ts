/**
 * Pairs state that an edit moved to another place of the text, by what it is: of the same kind, with the same initial bytes,
 * written by the same expressions. In: the leftovers of two arenas. Out: pairs, and what could be several.
 *
 * The rules, the surest first, are `RULES`; what one has paired is not there for the next. Several that are alike are
 * paired in their order if there are as many on both sides. An object or activation of which too little is found again is
 * another one: none of it is paired.
 */

import type { Constant, Writer } from '../compiler/role.ts';
import { HEADER } from '../protocol/arena.ts';
import { completed } from './bytes.ts';
import { flatten, spotOffset } from './correspondence.ts';
import type { Leftover } from './leftovers.ts';
import { usesIn } from './rings.ts';
import { type ArenaState, cellBytes, isObject, leadOf, listArrays } from './state.ts';

export interface LeftoverPair {
  readonly old: Leftover;
  readonly next: Leftover;
}

export interface Restructured {
  readonly pairs: readonly LeftoverPair[];
  readonly ambiguous: ReadonlySet<number>;
}

/** What the rules compare. `null`: nothing that would tell it from others. */
interface Traits {
  readonly leftover: Leftover;
  /** Kind, size and initial bytes: never different. */
  readonly base: string;
  /** The writers with their constants. */
  readonly exact: string | null;
  /** The same, whatever the constants are. */
  readonly form: string;
  /** Only what is done with the value before. */
  readonly spine: string | null;
  readonly readers: string;
  /** Whether the writers say more than that something is assigned. */
  readonly isTelling: boolean;
  readonly isInteger: boolean;
  /** Whether there are fractions among the constants: whole numbers are the same in many places. */
  readonly hasOwnConstants: boolean;
}

/** Keys that have to be equal; `null`: the rule is not for this one. */
const RULES: readonly ((traits: Traits) => string | null)[] = [
  ({ exact, leftover }) => exact && leftover.name && `${leftover.name} ${exact}`,
  ({ exact, readers, isTelling }) => (isTelling ? exact && `${exact} ${readers}` : null),
  ({ exact, isTelling }) => (isTelling ? exact : null),
  ({ form, leftover }) => leftover.name && `${leftover.name} ${form}`,
  // An index with other constants says too little: every line has one.
  ({ form, readers, isTelling, leftover }) => (isTelling && !leftover.role.isIndex ? `${form} ${readers}` : null),
  ({ spine, leftover }) => spine && leftover.name && `${leftover.name} ${spine}`,
  ({ spine, leftover }) => (leftover.array ? spine : null),
];

/** The first ones ask for the same constants. */
const CONSTANT_RULES = 3;

/** `newArrayOf`: where an array of the old arena is in the new one, as far as names lead to it; 0: they do not. */
export function matchByRole(
  old: ArenaState,
  oldLeft: readonly Leftover[],
  next: ArenaState,
  newLeft: readonly Leftover[],
  newArrayOf: (oldArray: number) => number,
): Restructured {
  const hashedBytes = Math.min(hashedBytesOf(oldLeft), hashedBytesOf(newLeft));
  const pairing = new Pairing(
    oldLeft.map((one) => traitsOf(old, one, hashedBytes)),
    newLeft.map((one) => traitsOf(next, one, hashedBytes)),
    [arraysByIndex(old), arraysByIndex(next)],
    [cursorsIn(old), cursorsIn(next)],
  );
  for (const rule of RULES.keys()) pairing.apply(rule);
  pairing.settleIndices(newArrayOf);
  return pairing.result();
}

/** Into which arrays each cell is an index. */
function arraysByIndex(state: ArenaState): ArraysByIndex {
  const arrays = new Map<number, number[]>();
  for (const { array, offset } of usesIn(state).indices) {
    const known = arrays.get(offset);
    if (known) known.push(array);
    else arrays.set(offset, [array]);
  }
  return arrays;
}

type ArraysByIndex = ReadonlyMap<number, readonly number[]>;

/** Cells that are an index into what frames write. */
function cursorsIn(state: ArenaState): ReadonlySet<number> {
  const written = new Set(listArrays(state).flatMap(({ offset, isWrittenData }) => (isWrittenData ? [offset] : [])));
  return new Set(usesIn(state).indices.flatMap(({ array, offset }) => (written.has(array) ? [offset] : [])));
}

type Rule = (typeof RULES)[number];

/** Elements of one array are not looked for in another one: arrays go as a whole. */
const SIDES = [
  [false, false],
  [true, false],
  [false, true],
] as const;

class Pairing {
  private readonly from: readonly Traits[];
  private readonly to: readonly Traits[];
  private readonly partner = new Map<Traits, Traits>();
  /** Paired, or ambiguous: no further rule is to see it. */
  private readonly done = new Set<Traits>();
  private readonly ambiguous = new Set<number>();
  private readonly exact = new Set<Traits>();
  /** Indices: their arrays tell them apart. */
  private readonly waiting: Traits[] = [];
  /** Arrays that were paired as a whole, and their elements with them. */
  private readonly oldArrays = new Set<number>();
  private readonly newArrays = new Set<number>();

  /** The arrays that each cell is an index into, in either arena. */
  private readonly indexed: readonly [ArraysByIndex, ArraysByIndex];
  /** Cells that are an index into what frames write, in either arena. */
  private readonly cursors: readonly [ReadonlySet<number>, ReadonlySet<number>];

  constructor(
    from: readonly Traits[],
    to: readonly Traits[],
    indexed: readonly [old: ArraysByIndex, next: ArraysByIndex],
    cursors: readonly [old: ReadonlySet<number>, next: ReadonlySet<number>],
  ) {
    this.from = from;
    this.to = to;
    this.indexed = indexed;
    this.cursors = cursors;
  }

  /** Pairs all but indices, which wait until their arrays are paired. */
  apply(rule: number): void {
    this.eachClass(rule, (before, now, isExact) => this.pair(before, now, isExact));
  }

  private classes(
    all: readonly Traits[],
    arrays: ReadonlySet<number>,
    elements: boolean,
    rule: Rule,
  ): Map<string, Traits[]> {
    const classes = new Map<string, Traits[]>();
    for (const traits of all) {
      const { isElement, container } = traits.leftover;
      if (isElement !== elements || this.done.has(traits) || (isElement && arrays.has(container!.group))) continue;
      const key = rule(traits);
      if (!key) continue;
      const full = `${traits.base} ${key}`;
      const known = classes.get(full);
      if (known) known.push(traits);
      else classes.set(full, [traits]);
    }
    return classes;
  }

  private pair(before: readonly Traits[], now: readonly Traits[], isExact: boolean): void {
    if (this.hasIndices(before, now)) {
      for (const traits of [...before, ...now]) {
        this.waiting.push(traits);
        this.done.add(traits);
      }
    } else this.decide(before, now, isExact);
  }

  private hasIndices(before: readonly Traits[], now: readonly Traits[]): boolean {
    const [old, next] = this.indexed;
    return (
      before.some(({ leftover }) => old.has(leftover.offset)) && now.some(({ leftover }) => next.has(leftover.offset))
    );
  }

  /**
   * Each index goes with its array, by the first rule that allows it; then those whose arrays are gone or new are as any
   * others, unless frames write there: where a delay line is written belongs to that line alone, also to one that an undo
   * comes back to. An index never goes over to an array that is not the one it led into, whatever it is called.
   */
  settleIndices(newArrayOf: (oldArray: number) => number): void {
    for (const traits of this.waiting) this.done.delete(traits);
    const arrays = this.arrayPartners(newArrayOf);
    for (const rule of RULES.keys()) {
      this.eachClass(rule, (before, now, isExact) => {
        const firstWith = arrays.firstAmong(now);
        for (const old of before) {
          const next = firstWith(old);
          if (next) this.decide([old], [next], isExact);
        }
      });
    }
    const [oldCursors, newCursors] = this.cursors;
    for (const rule of RULES.keys()) {
      this.eachClass(rule, (before, now, isExact) => {
        const indices = this.hasIndices(before, now) ? before.filter((old) => !arrays.isKept(old)) : before;
        const left = indices.filter(({ leftover }) => !oldCursors.has(leftover.offset));
        const rest = now.filter((next) => !arrays.isTaken(next) && !newCursors.has(next.leftover.offset));
        if (left.length > 0 && rest.length > 0) this.decide(left, rest, isExact);
      });
    }
  }

  private eachClass(
    rule: number,
    visit: (before: readonly Traits[], now: readonly Traits[], isExact: boolean) => void,
  ): void {
    for (const [oldElements, newElements] of SIDES) {
      const before = this.classes(this.from, this.oldArrays, oldElements, RULES[rule]!);
      const now = this.classes(this.to, this.newArrays, newElements, RULES[rule]!);
      for (const [key, list] of before) {
        const found = now.get(key);
        if (found) visit(list, found, rule < CONSTANT_RULES);
      }
    }
  }

  /** Which arrays were found again, as far as indices lead into them. */
  private arrayPartners(newArrayOf: (oldArray: number) => number) {
    const [before, now] = this.indexed;
    const partners = new Map<number, number>();
    for (const [{ leftover: a }, { leftover: b }] of this.partner) {
      if (a.array && b.array) partners.set(a.array.pointer, b.array.pointer);
    }
    const partnersOf = ({ leftover }: Traits): number[] =>
      (before.get(leftover.offset) ?? []).map((array) => partners.get(array) ?? newArrayOf(array)).filter(isObject);
    const taken = new Set(this.from.flatMap(partnersOf));
    const arraysOf = ({ leftover }: Traits): readonly number[] => now.get(leftover.offset) ?? [];
    return {
      /** For each that is asked for, the first of these that is an index into an array of its own, and was not given away before. */
      firstAmong(all: readonly Traits[]): (old: Traits) => Traits | null {
        const byArray = new Map<number, number[]>();
        // The last one first, so that the first is taken from the end.
        for (let n = all.length - 1; n >= 0; n--) {
          for (const array of arraysOf(all[n]!)) {
            const known = byArray.get(array);
            if (known) known.push(n);
            else byArray.set(array, [n]);
          }
        }
        const given = new Set<number>();
        return (old) => {
          let first = Number.POSITIVE_INFINITY;
          for (const array of partnersOf(old)) {
            const left = byArray.get(array);
            while (left && given.has(left.at(-1) ?? Number.NaN)) left.pop();
            first = Math.min(first, left?.at(-1) ?? Number.POSITIVE_INFINITY);
          }
          given.add(first);
          return all[first] ?? null;
        };
      },
      isKept: (old: Traits): boolean => partnersOf(old).length > 0,
      isTaken: (next: Traits): boolean => arraysOf(next).some((array) => taken.has(array)),
    };
  }

  private decide(before: readonly Traits[], now: readonly Traits[], isExact: boolean): void {
    if (!isClear(before, now)) {
      for (const traits of now) this.ambiguous.add(traits.leftover.offset);
      for (const traits of [...before, ...now]) this.done.add(traits);
      return;
    }
    for (const [n, traits] of before.entries()) {
      const found = now[n]!;
      if (!fits(traits, found)) continue;
      this.partner.set(traits, found);
      if (isExact) this.exact.add(traits).add(found);
      this.done.add(traits);
      this.done.add(found);
      if (!traits.leftover.array || !found.leftover.array) continue;
      this.oldArrays.add(traits.leftover.array.pointer);
      this.newArrays.add(found.leftover.array.pointer);
    }
  }

  result(): Restructured {
    return { pairs: withoutStrangers(this.from, this.to, this.partner, this.exact), ambiguous: this.ambiguous };
  }
}

/** As many on both sides go in order; where there are more now, they do so if these are the elements of one array. */
function isClear(before: readonly Traits[], now: readonly Traits[]): boolean {
  if (before.length === now.length) return true;
  const [first] = now;
  return before.length < now.length && now.every(({ leftover }) => leftover.family === first!.leftover.family);
}

/** What is an index takes no fraction. */
const fits = (old: Traits, next: Traits): boolean =>
  !next.leftover.role.isIndex || old.isInteger || old.leftover.role.isIndex;

/**
 * Leaves out objects and activations of which too little is found on the other side: another one may have a counter, too.
 * What was a top-level variable by itself may become a part of anything, and elements of an array that do the same with the
 * same constants need no others beside them: there may be more of them now, or fewer.
 */
function withoutStrangers(
  from: readonly Traits[],
  to: readonly Traits[],
  partner: ReadonlyMap<Traits, Traits>,
  exact: ReadonlySet<Traits>,
): LeftoverPair[] {
  const isSameOld = enoughOf(from, new Set(partner.keys()), exact);
  const isSameNew = enoughOf(to, new Set(partner.values()), exact);
  return [...partner].flatMap(([traits, found]) => {
    const isFound = isSameOld(traits) && (traits.leftover.container === null || isSameNew(found));
    return isFound ? [{ old: traits.leftover, next: found.leftover }] : [];
  });
}

/**
 * Whether enough of what lies in the same object or activation is in `paired`: more than two thirds, or half of it by
 * constants that say which one it is.
 */
function enoughOf(
  all: readonly Traits[],
  paired: ReadonlySet<Traits>,
  exact: ReadonlySet<Traits>,
): (traits: Traits) => boolean {
  const groups = new Map<number, { all: number; found: number; certain: number }>();
  const groupOf = ({ leftover }: Traits): number => leftover.container?.group ?? -1 - leftover.offset;
  const taken = new Set([...paired].filter(({ leftover }) => leftover.isElement).map(groupOf));
  for (const traits of all) {
    const group = groups.get(groupOf(traits)) ?? { all: 0, found: 0, certain: 0 };
    groups.set(groupOf(traits), group);
    // An array whose elements were found one by one is not missing.
    const { array } = traits.leftover;
    if (array === null || !taken.has(array.pointer)) group.all++;
    if (!paired.has(traits)) continue;
    group.found++;
    if (exact.has(traits) && traits.hasOwnConstants) group.certain++;
  }
  return (traits) => {
    if (traits.leftover.isElement && exact.has(traits)) return true;
    const { all: count, found, certain } = groups.get(groupOf(traits))!;
    return 3 * found > 2 * count || 2 * certain >= count;
  };
}

function traitsOf(state: ArenaState, leftover: Leftover, hashedBytes: number): Traits {
  const { role, index, isElement } = leftover;
  const writers = role.writers.filter(({ element }) => !isElement || element === null || element === index);
  const values = writers.map((writer) => valuesOf(state, writer, leftover));
  const sorted = (texts: readonly string[]): string => [...new Set(texts)].sort().join('|');
  const isKnown = values.every((list) => list.every((value) => value !== null));
  return {
    leftover,
    base: baseOf(state, leftover, hashedBytes),
    exact: isKnown ? sorted(writers.map(({ full }, n) => `${full} ${values[n]!.join()}`)) : null,
    form: sorted(writers.map(({ full }) => full)),
    spine: writers.some(({ spine }) => spine.includes('•')) ? sorted(writers.map(({ spine }) => spine)) : null,
    // A whole array is read by way of its elements.
    readers: leftover.array || isElement ? '' : role.readers.join(),
    isTelling:
      leftover.array !== null ||
      writers.some(({ spine, full }) => spine.includes('•') || full.length >= TELLING_LENGTH),
    hasOwnConstants: isKnown && values.some((list) => list.some((value) => !Number.isInteger(value))),
    isInteger:
      leftover.cell.kind === 'number' &&
      Number.isInteger(state.numberAt(leftover.offset)) &&
      writers.every(({ isInteger }, n) => isInteger && values[n]!.every((value) => Number.isInteger(value))),
  };
}

/** Shorter forms say little more than that something is assigned. */
const TELLING_LENGTH = 8;

function baseOf(state: ArenaState, { offset, cell, array, shape: holder }: Leftover, hashedBytes: number): string {
  const drawn = holder && (state.roles?.drawnBy(holder) ?? null);
  if (array) {
    const { shape, pointer } = array;
    if (shape.kind !== 'array' && shape.kind !== 'typedArray') return '';
    const kind = shape.kind === 'array' ? shape.element.kind : shape.name;
    const count = state.lengthOf(pointer);
    return `${kind}[${count}] ${hashOf(state, state.dataOf(pointer), Math.min(hashedBytes, count * shape.elementBytes))}`;
  }
  if (drawn !== null) return `${cell.kind} drawn by ${drawn.expression}`;
  // Whether pointers and texts begin alike is seen once what they point to has been found.
  if (cell.kind === 'pointer' || cell.kind === 'string' || leadOf(state, cell, offset)) return cell.kind;
  return `${cell.kind} ${state.word(offset)} ${cellBytes(cell) === 8 ? state.word(offset + 4) : 0}`;
}

/** Beyond this, arrays differ by their length. */
const MAX_HASHED_BYTES = 65_536;
/** And all together have no more looked at: views of one array may be thousands. */
const MAX_ALL_HASHED_BYTES = 2 ** 23;

function hashedBytesOf(leftovers: readonly Leftover[]): number {
  const count = leftovers.filter(({ array }) => array !== null).length;
  return Math.min(MAX_HASHED_BYTES, Math.floor(MAX_ALL_HASHED_BYTES / Math.max(1, count)));
}

function hashOf(state: ArenaState, start: number, sizeBytes: number): number {
  let hash = 2166136261;
  const image = completed(state.image, start, start + sizeBytes);
  for (let at = start; at < start + sizeBytes; at++) hash = Math.imul(hash ^ image[at]!, 16777619);
  return hash >>> 0;
}

const valuesOf = (state: ArenaState, { constants }: Writer, leftover: Leftover): (number | null)[] =>
  constants.map((constant) => constantValue(state, constant, leftover));

/** What a constant is in this arena; `null`: it is not known which one it is. */
function constantValue(state: ArenaState, constant: Constant, leftover: Leftover): number | null {
  switch (constant.kind) {
    case 'number':
      return constant.value;
    case 'sampleRate':
      return state.numberAt(HEADER.SAMPLE_RATE);
    case 'root':
      return state.rootNumber(constant.symbol);
    case 'sibling': {
      const { container } = leftover;
      const { name, owner } = constant;
      const spot = container && flatten(container.fields).find((one) => one.name === name && one.owner === owner);
      return spot?.cell.kind === 'number' ? state.numberAt(spotOffset(state, container!.pointer, spot)) : null;
    }
    case 'element': {
      const root = state.roots.find(({ shape }) => shape.symbol === constant.symbol);
      const cell = root?.shape.cell;
      const object = cell?.kind === 'pointer' ? cell.object : null;
      if (!root || object?.kind !== 'array' || object.element.kind !== 'number') return null;
      const at = constant.index ?? (leftover.isElement ? leftover.index : -1);
      const pointer = state.word(root.offset);
      return at >= 0 && at < state.lengthOf(pointer) ? state.numberAt(state.dataOf(pointer) + 8 * at) : null;
    }
    case 'operation': {
      const operands = constant.operands.map((operand) => constantValue(state, operand, leftover));
      return operands.every((value) => value !== null) ? compute(constant.operator, operands) : null;
    }
    case 'unknown':
      return null;
  }
}

function compute(operator: string, operands: readonly number[]): number | null {
  const [a = 0, b = 0, c = 0] = operands;
  switch (operator) {
    case '+':
      return operands.length === 1 ? a : a + b;
    case '-':
      return a - b;
    case 'negate':
      return -a;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '**':
      return a ** b;
    case 'conditional':
      return a ? b : c;
    case 'Math.floor':
      return Math.floor(a);
    case 'Math.round':
      return Math.round(a);
    case 'Math.exp':
      return Math.exp(a);
    case 'Math.pow':
      return a ** b;
    case 'Math.sin':
      return Math.sin(a);
    case 'Math.cos':
      return Math.cos(a);
    case 'Math.sqrt':
      return Math.sqrt(a);
    default:
      return null;
  }
}
