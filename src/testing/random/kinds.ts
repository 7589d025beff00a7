/**
 * Kinds of values in random programs: what the generator knows of every variable, so that all it writes is well-typed and
 * nothing in it throws.
 */

import { TYPED_ARRAYS, type TypedArrayName } from '../../compiler/ast.ts';
import type { Seeded } from './seeded.ts';

/**
 * When code runs: while the top level does, per frame, or in both. Decides what it may make and keep: what is made per
 * frame must not be kept, and code that runs in both cases keeps nothing that it makes.
 */
export type Phase = 'top' | 'both' | 'frame';

/** Where an object lives: from the top level on, or within a frame. */
export type Region = 'top' | 'frame';

export type Kind =
  /** A number or, where an element was read past the end, `undefined`. */
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  /** A number, a boolean, `undefined` or `null`; in some programs also a text. */
  | { readonly kind: 'mixed' }
  /** A string of one character, or `undefined`. */
  | { readonly kind: 'character' }
  /** A string of any length, which is there. */
  | { readonly kind: 'text' }
  | { readonly kind: 'array'; readonly element: Kind; readonly length: number }
  | { readonly kind: 'typed'; readonly name: TypedArrayName; readonly length: number }
  | { readonly kind: 'record'; readonly fields: Readonly<Record<string, Kind>> }
  /** Held in an array, but of kinds that cannot share one: read with constant indices only. */
  | { readonly kind: 'tuple'; readonly items: readonly Kind[] }
  | FunctionKind
  /** An object, `undefined` or `null`. */
  | { readonly kind: 'maybe'; readonly of: Kind }
  /** An array of numbers or a typed array, of two elements or more. */
  | { readonly kind: 'numbers' }
  /** Only good for what its name says: a function with parameters of its own. */
  | { readonly kind: 'opaque' };

export interface FunctionKind {
  readonly kind: 'function';
  readonly parameters: readonly Kind[];
  readonly result: Kind;
  /** It calls functions of lower levels only, so that nothing recurs without end. */
  readonly level: number;
  readonly phase: 'both' | 'frame';
}

export const NUMBER: Kind = { kind: 'number' };
export const BOOLEAN: Kind = { kind: 'boolean' };
export const MIXED: Kind = { kind: 'mixed' };
export const CHARACTER: Kind = { kind: 'character' };
export const TEXT: Kind = { kind: 'text' };

export const keyOf = (kind: Kind): string => JSON.stringify(kind);
export const isSame = (a: Kind, b: Kind): boolean => a === b || keyOf(a) === keyOf(b);

const PRIMITIVES: ReadonlySet<string> = new Set(['number', 'boolean', 'mixed', 'character', 'text']);
export const isPrimitive = (kind: Kind): boolean => PRIMITIVES.has(kind.kind);

/** A member, an element of a tuple, or any element of an array. */
export interface Part {
  readonly name: string | number | null;
  readonly kind: Kind;
}

export function partsOf(kind: Kind): Part[] {
  switch (kind.kind) {
    case 'array':
      return [{ name: null, kind: kind.element }];
    case 'typed':
    case 'numbers':
      return [{ name: null, kind: NUMBER }];
    case 'record':
      return Object.entries(kind.fields).map(([name, field]) => ({ name, kind: field }));
    case 'tuple':
      return kind.items.map((item, position) => ({ name: position, kind: item }));
    default:
      return [];
  }
}

/** Whether a value of the kind is one that `wanted` accepts, or has such a part. */
export function contains(
  kind: Kind,
  wanted: (kind: Kind) => boolean,
  isUsable: (part: Part) => boolean = () => true,
): boolean {
  return wanted(kind) || partsOf(kind).some((part) => isUsable(part) && contains(part.kind, wanted, isUsable));
}

/** A member of this name is computed when it is read, and never assigned to. */
export const GETTER = 'got';

export const isNumbers = (kind: Kind): boolean =>
  kind.kind === 'typed' || kind.kind === 'numbers' || (kind.kind === 'array' && kind.element.kind === 'number');

/** Steps of calls; see FunctionKind.level. */
export const TOP_LEVEL = 4;

const LENGTHS = [2, 4, 4, 8];

/** The kinds that one program uses: few, so that values of the same kind meet often. */
export class KindPool {
  readonly functions: readonly FunctionKind[];
  readonly records: readonly Kind[];
  readonly arrays: readonly Kind[];

  constructor(random: Seeded) {
    const length = (): number => random.pick(LENGTHS);
    const numbers = (): Kind => ({ kind: 'array', element: NUMBER, length: length() });
    const typed = (): Kind => ({ kind: 'typed', name: random.pick(TYPED_ARRAYS), length: length() });
    const plain = (): Kind => random.pick([NUMBER, NUMBER, BOOLEAN, MIXED]);
    const functionKind = (level: number): FunctionKind => ({
      kind: 'function',
      parameters: Array.from({ length: random.between(0, 2) }, () => NUMBER),
      result: random.pick([NUMBER, NUMBER, NUMBER, BOOLEAN]),
      level,
      phase: random.pick(['both', 'frame']),
    });
    const simple = functionKind(1);
    this.functions = [simple, functionKind(2), { ...functionKind(2), result: simple, phase: 'frame' }];
    const inner: Kind = { kind: 'record', fields: { m: NUMBER, k: plain() } };
    const withArray: Kind = { kind: 'record', fields: { m: NUMBER, a: random.pick([numbers(), typed()]) } };
    const withFunction: Kind = { kind: 'record', fields: { f: random.pick(this.functions), m: plain() } };
    const nested: Kind = { kind: 'record', fields: { m: NUMBER, n: random.pick([inner, withArray]), b: plain() } };
    const withGetter: Kind = { kind: 'record', fields: { m: NUMBER, got: NUMBER } };
    this.records = random.shuffled([inner, withArray, withFunction, nested, withGetter]).slice(0, 3);
    const shared = numbers();
    const flat: Kind[] = [numbers(), shared, typed(), typed(), { kind: 'array', element: BOOLEAN, length: length() }];
    flat.push({ kind: 'array', element: MIXED, length: length() });
    flat.push({ kind: 'array', element: CHARACTER, length: length() });
    flat.push({ kind: 'array', element: TEXT, length: length() });
    const deep: Kind[] = [
      { kind: 'array', element: shared, length: 2 },
      { kind: 'array', element: random.pick(this.records), length: length() },
      { kind: 'array', element: random.pick(this.functions), length: length() },
      { kind: 'tuple', items: [NUMBER, random.pick([shared, ...this.records])] },
      { kind: 'tuple', items: [random.pick(this.functions), BOOLEAN, NUMBER] },
      { kind: 'array', element: { kind: 'tuple', items: [NUMBER, shared] }, length: 2 },
    ];
    this.arrays = [...random.shuffled(flat).slice(0, 4), shared, ...random.shuffled(deep).slice(0, 3)];
  }

  primitive(random: Seeded): Kind {
    return random.weighted([
      [6, NUMBER],
      [2, BOOLEAN],
      [1, MIXED],
      [0.5, CHARACTER],
      [0.7, TEXT],
    ]);
  }

  object(random: Seeded): Kind {
    return random.weighted<() => Kind>([
      [4, () => random.pick(this.arrays)],
      [3, () => random.pick(this.records)],
      [2, () => random.pick(this.functions)],
    ])();
  }

  any(random: Seeded): Kind {
    if (random.chance(0.6)) return this.primitive(random);
    const object = this.object(random);
    return random.chance(0.15) ? { kind: 'maybe', of: object } : object;
  }
}
