/**
 * Makes values: each once, as simple as it can be, and as far out as it can run. In: operations and operands. Out: values,
 * in the regions that are open.
 */

import type { Access, BinaryName, UnaryName, ValueType } from '../compiler/ir.ts';
import { accessType, binaryType, unaryType } from '../compiler/ir.ts';
import { comparedWithItself, foldBinary, foldUnary, isComparison, sameAsOperand, typeOfFolded } from './fold.ts';
import { type Interval, Ranges } from './ranges.ts';
import type {
  CallValue,
  Computed,
  ConstantValue,
  ControlNode,
  LoadValue,
  Node,
  ParameterValue,
  Place,
  Region,
  SsaType,
  StoreNode,
  Value,
} from './ssa.ts';
import { boundOf, lowestBits, wholeBinary, wholeSelect } from './wholes.ts';

/** More values of one pointer than these are not told apart. */
const MAX_POSSIBLE = 1024;
/** Beyond, an i32 is no longer the same number as an f64's sum of two. */
const I32_MAX = 2 ** 31 - 1;
const I32_MIN = -(2 ** 31);

/** A region with what was computed in it, by what it is. */
interface OpenRegion extends Region {
  readonly known: Map<string, Value>;
}

const INVERSE: Partial<Record<BinaryName, BinaryName>> = {
  'f64.eq': 'f64.ne',
  'f64.ne': 'f64.eq',
  'i32.eq': 'i32.ne',
  'i32.ne': 'i32.eq',
  'i32.lt_s': 'i32.ge_s',
  'i32.ge_s': 'i32.lt_s',
  'i32.gt_s': 'i32.le_s',
  'i32.le_s': 'i32.gt_s',
};

const AS_INTEGERS: Partial<Record<BinaryName, BinaryName>> = {
  'f64.eq': 'i32.eq',
  'f64.ne': 'i32.ne',
  'f64.lt': 'i32.lt_s',
  'f64.le': 'i32.le_s',
  'f64.gt': 'i32.gt_s',
  'f64.ge': 'i32.ge_s',
};

/** Whole numbers stay what they are. */
const ROUNDINGS: ReadonlySet<UnaryName> = new Set(['f64.floor', 'f64.ceil', 'f64.trunc', 'f64.nearest'] as const);

export class Builder {
  readonly ranges = new Ranges();
  private nextId = 0;
  private readonly constants = new Map<string, ConstantValue>();
  private current: OpenRegion;
  /** Values and nodes made so far, also those that came to nothing. */
  made = 0;

  constructor() {
    this.current = { nodes: [], parent: null, always: true, known: new Map() };
  }

  get region(): Region {
    return this.current;
  }

  /** Begins a region in the one that is open. */
  open(always: boolean): Region {
    const region: OpenRegion = { nodes: [], parent: this.current, always, known: new Map() };
    this.current = region;
    return region;
  }

  /** A region without nodes in the open one. */
  empty(): Region {
    const region: OpenRegion = { nodes: [], parent: this.current, always: false, known: new Map() };
    return region;
  }

  /** Ends the region that is open; it belongs to no node yet. */
  close(region: Region): void {
    if (this.current !== region || !region.parent) throw new Error('optimise: regions end in the wrong order');
    this.current = region.parent as OpenRegion;
  }

  /** A closed region is the open one again. */
  reopen(region: Region): Region {
    this.current = region as OpenRegion;
    return region;
  }

  unionOf(a: Value, b: Value): readonly number[] | null {
    return a.type === 'i32' ? union(a, b) : null;
  }

  unionOfLists(known: readonly number[] | null, value: Value): readonly number[] | null {
    const list = value.type === 'i32' ? listOf(value) : null;
    return known && list ? few([...known, ...list]) : null;
  }

  /** Goes back to a region, whatever is open inside of it. */
  abandon(region: Region): void {
    this.current = region as OpenRegion;
  }

  /** The nodes of a closed region of the open one become nodes of the open one. */
  splice(region: Region): void {
    for (const node of region.nodes) this.adopt(node);
    for (const [key, value] of (region as OpenRegion).known) {
      // Others have been moved into an arm since.
      if (value.region === this.current && !this.current.known.has(key)) this.current.known.set(key, value);
    }
    this.current.nodes.push(...region.nodes);
    region.nodes.length = 0;
  }

  private adopt(node: Node): void {
    if ('args' in node) node.region = this.current;
    else if (node.op === 'if' || node.op === 'block') for (const result of node.results) result.region = this.current;
    for (const inner of node.op === 'if'
      ? [node.yes, node.no]
      : node.op === 'block' || node.op === 'loop'
        ? [node.body]
        : []) {
      (inner as { parent: Region | null }).parent = this.current;
    }
  }

  append(node: StoreNode | ControlNode): void {
    this.made++;
    this.current.nodes.push(node);
    if (node.op === 'if' || node.op === 'block') for (const result of node.results) result.region = this.current;
  }

  /** Takes back what was appended. */
  remove(node: ControlNode): void {
    const at = this.current.nodes.lastIndexOf(node);
    if (at >= 0) this.current.nodes.splice(at, 1);
  }

  parameter(type: SsaType, region: Region | null = this.current): ParameterValue {
    const id = this.nextId++;
    const range = { lowest: I32_MIN, highest: I32_MAX, isCount: false, steps: null };
    return { id, type, op: 'parameter', args: [], region, possible: null, ...range };
  }

  constant(type: SsaType, value: number | bigint): ConstantValue {
    const key = `${type}:${Object.is(value, -0) ? '-0' : value}`;
    let known = this.constants.get(key);
    if (!known) {
      known = { id: this.nextId++, type, op: 'const', value, region: null, possible: null };
      this.constants.set(key, known);
    }
    return known;
  }

  i32 = (value: number): ConstantValue => this.constant('i32', value | 0);

  unary(name: UnaryName, value: Value): Value {
    // What it is of other numbers does not matter, and this one has a range.
    if (name === 'i32.whole.f64') return this.unary('i32.trunc_s_sat.f64', value);
    if (value.op === 'const') {
      const folded = foldUnary(name, value.value);
      if (folded !== null) return this.constant(unaryType(name), typeOfFolded(unaryType(name), folded));
    }
    const simple = this.simpleUnary(name, value);
    if (simple) return simple;
    return this.place(`${name}:${value.id}`, [value], (id, region) => ({
      ...{ id, type: unaryType(name), op: 'unary', name, args: [value], region, possible: null },
    }));
  }

  private simpleUnary(name: UnaryName, value: Value): Value | null {
    if (value.op === 'unary') {
      if (name === 'i32.trunc_s_sat.f64' && value.name === 'f64.convert_s.i32') return value.args[0];
      if (ROUNDINGS.has(name) && (value.name === 'f64.convert_s.i32' || ROUNDINGS.has(value.name))) return value;
      if (name === 'f64.neg' && value.name === 'f64.neg') return value.args[0];
      if (name === 'i64.reinterpret' && value.name === 'f64.reinterpret') return value.args[0];
      if (name === 'f64.reinterpret' && value.name === 'i64.reinterpret') return value.args[0];
    }
    if (name === 'i32.wrap' && value.op === 'unary' && value.name === 'i64.trunc_s_sat.f64') {
      const bits = lowestBits(this, value.args[0]);
      if (bits) return bits;
    }
    if (name === 'i32.eqz') {
      if (value.op === 'binary') {
        const inverse = INVERSE[value.name];
        if (inverse) return this.binary(inverse, ...value.args);
      }
      const range = this.ranges.of(value);
      if (range.low > 0 || range.high < 0) return this.i32(0);
    }
    return null;
  }

  binary(name: BinaryName, left: Value, right: Value): Value {
    if (left.op === 'const' && right.op === 'const') {
      const folded = foldBinary(name, left.value, right.value);
      if (folded !== null) return this.constant(binaryType(name), typeOfFolded(binaryType(name), folded));
    }
    const same = sameAsOperand(name, left, right) ?? this.simpleBinary(name, left, right);
    if (same) return same;
    const mayTrap = name === 'i32.rem_s' && (right.op !== 'const' || right.value === 0);
    const make = (id: number, region: Region): Computed => ({
      ...{ id, type: binaryType(name), op: 'binary', name, args: [left, right], region },
      possible: possibleSums(name, left, right),
    });
    return this.place(`${name}:${left.id}:${right.id}`, [left, right], make, mayTrap);
  }

  private simpleBinary(name: BinaryName, left: Value, right: Value): Value | null {
    if (left === right) {
      const known = comparedWithItself(name);
      if (known !== null) return this.i32(known);
      if (isWhole(left) && (name === 'f64.eq' || name === 'f64.ne')) return this.i32(name === 'f64.eq' ? 1 : 0);
    }
    const integers = AS_INTEGERS[name];
    if (integers) {
      const [a, b] = [wholeOf(left), wholeOf(right)];
      if (a !== null && b !== null && (typeof a !== 'number' || typeof b !== 'number')) {
        return this.binary(integers, typeof a === 'number' ? this.i32(a) : a, typeof b === 'number' ? this.i32(b) : b);
      }
    }
    // JavaScript's bitwise operators ask whether a number is small enough for the short way.
    if (name === 'f64.lt' && right.op === 'const' && boundOf(left) < Number(right.value)) return this.i32(1);
    const whole = wholeBinary(this, name, left, right);
    if (whole) return whole;
    if (name === 'i32.add' && right.op === 'const' && left.op === 'binary' && left.name === 'i32.add') {
      const [inner, constant] = left.args;
      if (constant.op === 'const')
        return this.binary('i32.add', inner, this.i32(Number(constant.value) + Number(right.value)));
    }
    const apart = name === 'i32.shl' ? this.shiftedApart(left, right) : null;
    if (apart) return apart;
    if (name === 'i32.add' && left.op === 'const' && right.op !== 'const') return this.binary('i32.add', right, left);
    if (name.startsWith('i32.') && isComparison(name)) return this.compared(name, left, right);
    return null;
  }

  /** The constant part of an index becomes that of an address, if that leaves as much known of where the address is. */
  private shiftedApart(value: Value, by: Value): Value | null {
    if (value.op !== 'binary' || value.name !== 'i32.add' || value.args[1].op !== 'const' || by.op !== 'const')
      return null;
    const more = Number(value.args[1].value);
    const [rest, sum] = [this.ranges.of(value.args[0]), this.ranges.of(value)];
    if (rest.low + more < sum.low || rest.high + more > sum.high) return null;
    return this.binary('i32.add', this.binary('i32.shl', value.args[0], by), this.i32(more << Number(by.value)));
  }

  private compared(name: BinaryName, left: Value, right: Value): Value | null {
    const [a, b] = [this.ranges.of(left), this.ranges.of(right)];
    const truth = (value: boolean): Value => this.i32(value ? 1 : 0);
    switch (name) {
      case 'i32.lt_s':
        if (a.high < b.low) return truth(true);
        return a.low >= b.high ? truth(false) : null;
      case 'i32.ge_s':
        if (a.low >= b.high) return truth(true);
        return a.high < b.low ? truth(false) : null;
      case 'i32.gt_s':
        if (a.low > b.high) return truth(true);
        return a.high <= b.low ? truth(false) : null;
      case 'i32.le_s':
        if (a.high <= b.low) return truth(true);
        return a.low > b.high ? truth(false) : null;
      case 'i32.eq':
      case 'i32.ne':
        if (a.high < b.low || a.low > b.high) return truth(name === 'i32.ne');
        return null;
      case 'i32.lt_u':
      case 'i32.gt_u': {
        if (a.low < 0 || b.low < 0) return null;
        return this.compared(name === 'i32.lt_u' ? 'i32.lt_s' : 'i32.gt_s', left, right);
      }
      default:
        return null;
    }
  }

  select(test: Value, yes: Value, no: Value): Value {
    if (test.op === 'const') return test.value === 0 ? no : yes;
    if (yes === no) return yes;
    if (yes.op === 'const' && no.op === 'const' && yes.type === 'i32') {
      if (yes.value === 1 && no.value === 0 && this.isTruth(test)) return test;
      if (yes.value === 0 && no.value === 1) return this.unary('i32.eqz', test);
    }
    const whole = wholeSelect(this, test, yes, no);
    if (whole) return whole;
    // The bits of a NaN are made the usual ones; a whole number is none.
    if (test.op === 'binary' && test.name === 'f64.eq' && test.args[0] === test.args[1] && isWhole(yes)) return yes;
    return this.place(`select:${test.id}:${yes.id}:${no.id}`, [test, yes, no], (id, region) => ({
      ...{ id, type: yes.type, op: 'select', args: [test, yes, no], region, possible: union(yes, no) },
    }));
  }

  isTruth(value: Value): boolean {
    return (
      (value.op === 'binary' && isComparison(value.name)) ||
      (value.op === 'unary' && value.name === 'i32.eqz') ||
      (value.op === 'binary' && value.name === 'i32.and' && value.args.some((arg) => this.isTruth(arg))) ||
      (value.op === 'binary' && value.name === 'i32.or' && value.args.every((arg) => this.isTruth(arg)))
    );
  }

  call(target: string, type: ValueType, args: readonly Value[]): Value {
    return this.place(
      `call:${target}:${args.map(({ id }) => id).join(':')}`,
      args,
      (id, region): CallValue => ({
        ...{ id, type, op: 'call', target, args, region, possible: null },
      }),
    );
  }

  /** The constant part of an address is the access's own, where the sum does not wrap around. */
  split(pointer: Value, offset: number): { readonly pointer: Value; readonly offset: number } {
    if (pointer.op !== 'binary' || pointer.name !== 'i32.add') return { pointer, offset };
    const [rest, constant] = pointer.args;
    if (constant.op !== 'const' || Number(constant.value) < 0 || this.ranges.of(rest).low < 0)
      return { pointer, offset };
    return this.ranges.of(rest).high + Number(constant.value) + offset > I32_MAX
      ? { pointer, offset }
      : { pointer: rest, offset: offset + Number(constant.value) };
  }

  /** A value that nothing writes. `possible`: what may stand there. */
  loadConstant(
    access: Access,
    pointer: Value,
    offset: number,
    possible: readonly number[] | null,
    place: Place,
  ): Value {
    // Not further out: whether the address is one may be known here only.
    const key = `load.${access}:${pointer.id}:${offset}`;
    for (let region: OpenRegion | null = this.current; region; region = region.parent as OpenRegion | null) {
      const known = region.known.get(key);
      if (known) return known;
    }
    const value = this.load(access, pointer, offset, true, possible, place);
    this.current.known.set(key, value);
    return value;
  }

  load(
    access: Access,
    pointer: Value,
    offset: number,
    isConstant: boolean,
    possible: readonly number[] | null,
    place: Place,
  ): LoadValue {
    this.made++;
    const at = this.split(pointer, offset);
    const value: LoadValue = {
      ...{ id: this.nextId++, type: accessType(access), op: 'load', access, offset: at.offset },
      ...{ args: [at.pointer] as const },
      ...{ isConstant, region: this.current, possible, place },
    };
    this.current.nodes.push(value);
    return value;
  }

  /** A value of any kind, made where it is not known yet. */
  place<T extends Computed>(
    key: string,
    args: readonly Value[],
    make: (id: number, region: Region) => T,
    mayTrap = false,
  ): Value {
    for (let region: OpenRegion | null = this.current; region; region = region.parent as OpenRegion | null) {
      const known = region.known.get(key);
      if (known) return known;
    }
    // Only here may it be known that it does not: where a block was left before, what is behind that is in the same region.
    const region = mayTrap ? this.current : this.outermost(args);
    this.made++;
    const value = make(this.nextId++, region);
    region.nodes.push(value);
    region.known.set(key, value);
    return value;
  }

  /** As far out as all operands are there, and not out of an arm, which may never run. */
  private outermost(args: readonly Value[]): OpenRegion {
    let region = this.current;
    while (region.always && region.parent && !args.some((arg) => arg.region === region)) {
      region = region.parent as OpenRegion;
    }
    return region;
  }

  /** What an i32 may be here, where that is known to be little. */
  possibleHere(value: Value): readonly number[] | null {
    const list = listOf(value);
    if (!list || value.op === 'const') return list;
    const { low, high } = this.ranges.of(value);
    return list.filter((number) => number >= low && number <= high);
  }

  interval(value: Value): Interval {
    return this.ranges.of(value);
  }

  /** That of an address, which is made of an index in two steps: as much is known of that as where it was compared. */
  reach(pointer: Value): Interval {
    return this.ranges.of(pointer, -2);
  }
}

/** Whether it is a whole number that an i32 can be. */
const isWhole = (value: Value): boolean => wholeOf(value) !== null;

/** The i32 that a number is; `null` if it may be another. The sign of a zero is lost. */
export function wholeOf(value: Value): Value | number | null {
  if (value.op === 'unary' && value.name === 'f64.convert_s.i32') return value.args[0];
  if (value.op !== 'const' || typeof value.value === 'bigint') return null;
  const { value: number } = value;
  return Number.isInteger(number) && number >= I32_MIN && number <= I32_MAX ? number : null;
}

/** What an i32 may be, where these are known to be few. */
export function listOf(value: Value): readonly number[] | null {
  if (value.op === 'const' && value.type === 'i32') return [Number(value.value)];
  return value.possible;
}

export function union(a: Value, b: Value): readonly number[] | null {
  const [left, right] = [listOf(a), listOf(b)];
  if (!left || !right) return null;
  return few([...left, ...right]);
}

/** Each once, ascending; `null` if they are too many. */
export function few(values: Iterable<number>): readonly number[] | null {
  const each = new Set<number>();
  // Among millions, the first few tell.
  for (const value of values) if (each.add(value).size > MAX_POSSIBLE) return null;
  return [...each].sort((a, b) => a - b);
}

function possibleSums(name: BinaryName, left: Value, right: Value): readonly number[] | null {
  if (name !== 'i32.add') return null;
  const [a, b] = [listOf(left), listOf(right)];
  if (!a || !b || a.length * b.length > MAX_POSSIBLE) return null;
  return few(a.flatMap((x) => b.map((y) => (x + y) | 0)));
}
