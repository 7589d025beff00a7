/** What goes over is known again where both arenas are as they were, and looked for where anything about them is another. */

import { describe, expect, it } from 'vitest';
import type { RootShape } from '../compiler/shape.ts';
import { ByteRanges } from './bytes.ts';
import { planCarryover } from './copyPlan.ts';
import { KnownCarryovers } from './knownCarryovers.ts';
import { CARRY_LIMITS } from './limits.ts';
import type { Side } from './match.ts';
import { ArenaState } from './state.ts';

const OFFSETS: Readonly<Record<string, number>> = { 'variable:a': 2048, 'variable:b': 2056, 'string:"x"': 3000 };
const ROOTS: readonly RootShape[] = ['a', 'b'].map((path) => ({
  ...{ path, symbol: path, cell: { kind: 'number' as const }, written: true },
}));

interface Changes {
  readonly roots?: readonly RootShape[];
  readonly a?: number;
  readonly texts?: readonly string[];
  readonly carried?: readonly number[];
}

/** Another object each time, of the same shapes. */
function side({ roots = ROOTS, a = 1, texts = [], carried }: Changes = {}): Side {
  const image = new Uint8Array(4096);
  new DataView(image.buffer).setFloat64(2048, a, true);
  const input = { roots, staticClosures: [], strings: new Map(texts.map((text) => [text, text])) };
  const ranges = carried ? new ByteRanges() : null;
  if (carried) ranges?.add(carried);
  return { carried: ranges, state: new ArenaState(image, input, (name) => OFFSETS[name] ?? null) };
}

/** Without what is made when somebody asks. */
const plain = ({ names, ...carryover }: ReturnType<typeof planCarryover>) => ({ ...carryover, names: names() });

describe('what goes over', () => {
  it('is known where both sides are as they were', () => {
    const known = new KnownCarryovers(CARRY_LIMITS);
    const first = known.between(side(), side());
    expect(plain(first)).toEqual(plain(planCarryover(side(), side())));
    expect(known.between(side(), side())).toBe(first);
    expect(known.knownCount).toBe(1);
  });

  it.each<[what: string, old: Changes, next: Changes]>([
    ['a value of the image', { a: 2 }, { a: 2 }],
    ['a value on one side', {}, { a: 2 }],
    ['a shape', { roots: ROOTS.map((root) => ({ ...root })) }, { roots: ROOTS.map((root) => ({ ...root })) }],
    ['whether something is written', {}, { roots: ROOTS.map((root) => ({ ...root, written: false })) }],
    ['the number of variables', { roots: ROOTS.slice(0, 1) }, { roots: ROOTS.slice(0, 1) }],
    ['a text', { texts: ['"x"'] }, { texts: ['"x"'] }],
    ['what was carried into the old one', { carried: [2056, 2064] }, {}],
    ['what was carried into the new one', {}, { carried: [2056, 2064] }],
  ])('is looked for again with another one: %s', (_, old, next) => {
    const known = new KnownCarryovers(CARRY_LIMITS);
    known.between(side(), side());
    const found = known.between(side(old), side(next));
    expect(plain(found)).toEqual(plain(planCarryover(side(old), side(next))));
    expect(known.knownCount).toBe(0);
  });

  it('is not taken from an edit that changed what is carried since', () => {
    const known = new KnownCarryovers(CARRY_LIMITS);
    const [old, next] = [side({ carried: [2056, 2064] }), side()];
    known.between(old, next);
    old.carried?.add([2048, 2056]);
    known.between(old, next);
    expect(known.knownCount).toBe(0);
    known.between(side({ carried: [2048, 2064] }), side());
    expect(known.knownCount).toBe(1);
  });

  it('is asked for again where a function is to begin from scratch', () => {
    const known = new KnownCarryovers(CARRY_LIMITS);
    known.between(side(), side());
    const without = new Set([ROOTS[0]!]);
    const found = known.between(side(), { ...side(), without });
    expect(plain(found)).toEqual(plain(planCarryover(side(), { ...side(), without })));
    expect(known.knownCount).toBe(0);
  });

  it('of a few edits that take turns is all known', () => {
    const known = new KnownCarryovers(CARRY_LIMITS);
    for (let turn = 0; turn < 3; turn++) for (let a = 0; a < 4; a++) known.between(side({ a }), side({ a }));
    expect(known.knownCount).toBe(8);
  });
});
