/**
 * Takes out what gives a NaN its usual bits where nobody looks at them: what is read from a typed array might pass for
 * `undefined` otherwise, but not where it only goes into arithmetic, comparisons, or what is heard. In: a program. Changes it.
 */

import { HEADER } from '../protocol/arena.ts';
import {
  isComputed,
  type Node,
  type OptimisedProgram,
  operandsOf,
  type Region,
  regionsOf,
  type SelectValue,
  type StoreNode,
  type Value,
} from './ssa.ts';

const OUTPUT_END = HEADER.OUTPUT_RIGHT + (HEADER.OUTPUT_RIGHT - HEADER.OUTPUT_LEFT);
/** Functions of the library that take numbers alone, for which a NaN is like any other. */
const OF_NUMBERS = /^std\/[\w$]+\((number(, )?)*\): number$/;

export function removeNanBits({ body }: OptimisedProgram): void {
  const uses = new Uses(body);
  const plain = new Map<Value, Value>();
  for (const select of uses.canonical) if (!uses.areBitsSeen(select)) plain.set(select, select.args[1]);
  if (plain.size > 0) replace(body, plain);
}

/** `x === x ? x : NaN`. */
function isCanonical(node: Node): node is SelectValue {
  if (node.op !== 'select' || node.type !== 'f64') return false;
  const [test, yes, no] = node.args;
  const isNan = no.op === 'const' && Number.isNaN(no.value);
  return isNan && test.op === 'binary' && test.name === 'f64.eq' && test.args[0] === yes && test.args[1] === yes;
}

class Uses {
  readonly canonical: SelectValue[] = [];
  private readonly users = new Map<Value, Node[]>();
  /** What it becomes where ways meet, or in the next turn. */
  private readonly meets = new Map<Value, Value[]>();

  constructor(body: Region) {
    this.visit(body);
  }

  private visit(region: Region): void {
    for (const node of region.nodes) {
      if (isCanonical(node)) this.canonical.push(node);
      switch (node.op) {
        case 'if':
          this.meet(node.yesValues, node.results);
          this.meet(node.noValues, node.results);
          break;
        case 'block':
          this.meet(node.values, node.results);
          break;
        case 'loop':
          this.meet(node.initial, node.parameters);
          break;
        case 'break':
          this.meet(node.values, node.target.results);
          break;
        case 'continue':
          this.meet(node.values, node.target.parameters);
          break;
        default:
          for (const value of operandsOf(node)) add(this.users, value, node);
      }
      for (const inner of regionsOf(node)) this.visit(inner);
    }
  }

  private meet(values: readonly Value[] | null, targets: readonly Value[]): void {
    for (const [n, value] of (values ?? []).entries()) add(this.meets, value, targets[n]!);
  }

  /** Whether anybody may tell one NaN from another. */
  areBitsSeen(value: Value): boolean {
    const seen = new Set<Value>([value]);
    const queue: Value[] = [value];
    const follow = (next: Value): void => {
      if (seen.has(next)) return;
      seen.add(next);
      queue.push(next);
    };
    for (let at = queue.pop(); at; at = queue.pop()) {
      for (const next of this.meets.get(at) ?? []) follow(next);
      for (const user of this.users.get(at) ?? []) {
        if (user.op === 'select') follow(user);
        else if (!isBlind(user)) return true;
      }
    }
    return false;
  }
}

/** Whether what it makes of a NaN is the same for all of them, or again a NaN that is only a number. */
function isBlind(user: Node): boolean {
  switch (user.op) {
    case 'unary':
      return user.name !== 'i64.reinterpret';
    case 'binary':
      return true;
    case 'call':
      return OF_NUMBERS.test(user.target);
    case 'store':
      return isHeard(user);
    default:
      return false;
  }
}

const isHeard = ({ place }: StoreNode): boolean => place.from >= HEADER.OUTPUT_LEFT && place.to <= OUTPUT_END;

function add<T>(lists: Map<Value, T[]>, key: Value, item: T): void {
  const known = lists.get(key);
  if (known) known.push(item);
  else lists.set(key, [item]);
}

/** In all operands, and what ways hand over. */
function replace(region: Region, plain: ReadonlyMap<Value, Value>): void {
  const to = (value: Value): Value => {
    let at = value;
    for (let next = plain.get(at); next; next = plain.get(at)) at = next;
    return at;
  };
  const list = (values: Value[] | null): void => {
    if (values) for (const [n, value] of values.entries()) values[n] = to(value);
  };
  for (const [at, node] of region.nodes.entries()) {
    if (isComputed(node)) list(node.args as unknown as Value[]);
    else if (node.op === 'store') region.nodes[at] = { ...node, pointer: to(node.pointer), value: to(node.value) };
    else if (node.op === 'if') {
      list(node.yesValues);
      list(node.noValues);
    } else if (node.op === 'loop') list(node.initial);
    else if (node.op === 'block' || node.op === 'break' || node.op === 'continue') list(node.values);
    for (const inner of regionsOf(node)) replace(inner, plain);
  }
}
