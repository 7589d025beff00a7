/** The guard finds what it is there for: each fault is made on purpose, in code that is otherwise the compiler's. */
import { describe, expect, it } from 'vitest';
import { binary, type IrFunction, type IrStatement, i32, load, store } from '../../compiler/ir.ts';
import { BOX } from '../../compiler/memoryLayout.ts';
import { RENDER_SYMBOL } from '../../compiler/symbols.ts';
import { HEADER, PAGE_BYTES } from '../../protocol/arena.ts';
import { Escape, GuardedPlays, isSameMemory } from './guardedPlays.ts';

const TEXT = 'let n = 0\nexport default () => (n += 1)';
const OTHER = 'const xs = [1, 2]\nexport default () => [xs[0] + currentFrame, xs[1]]';

/** Puts statements in front of what plays the patch. */
const inFront =
  (...statements: readonly IrStatement[]) =>
  (ir: IrFunction): IrFunction =>
    ir.symbol === RENDER_SYMBOL ? { ...ir, body: [...statements, ...ir.body] } : ir;

function escapeOf(...statements: readonly IrStatement[]): string {
  const plays = new GuardedPlays({ frames: 32, alter: inFront(...statements) });
  try {
    plays.play(TEXT);
  } catch (thrown) {
    if (thrown instanceof Escape) return thrown.message;
    throw thrown;
  }
  return 'nothing';
}

const write = (offset: number, value = 1): IrStatement => store('i32', i32(offset), 0, i32(value));

describe('finds', () => {
  it.each([
    ['a write before the arena', write(-1024), /^outside: the byte at -1024 /],
    ['a write to an entry of the GOT', write(-4, 0x3fff), /^own header: an entry of the GOT/],
    ['a write to an entry that no function has', write(-128), /^own header: an entry of the GOT/],
    ['a write far before the arena', write(-PAGE_BYTES - 4), /^outside: /],
    ['a write behind the arena', write(12 * PAGE_BYTES), /^outside: the byte at 786432 /],
    ['a write into another place', write(17 * PAGE_BYTES + 64), /^outside: /],
    ['a write beyond the memory', write(2 ** 30), /^unchecked trap in frame 0: memory access out of bounds/],
    ['more room than was given', write(HEADER.HEAP_LIMIT, 2 ** 30), /^own header: HEAP_LIMIT/],
    ['pointers that may point further', write(HEADER.POINTER_LIMIT, 2 ** 30), /^own header: POINTER_LIMIT/],
    ['more fuel than was given', write(HEADER.FUEL_PER_BLOCK, 2 ** 30), /^own header: FUEL/],
    ['a write by a pointer to nothing', write(0), /^own header: byte 0 /],
    ['another start of what a frame makes', write(HEADER.SCRATCH_START, 0), /^own header: SCRATCH_START/],
  ])('%s', (_, statement, message) => {
    expect(escapeOf(statement)).toMatch(message);
  });

  it('what is read outside of the arena', () => {
    const heard = store('i32', i32(HEADER.RANDOM_STATE), 0, load('i32', i32(-1024)));
    const plays = new GuardedPlays({ frames: 32, alter: inFront(heard) });
    expect(() => plays.play('export default () => Math.random()')).toThrow(/^elsewhere: frame 0 /);
  });

  it('what changes those that play beside it', () => {
    const place = i32(-17 * PAGE_BYTES + HEADER.RANDOM_STATE);
    // Leaves a far canary as it is, and nothing else.
    const disturb = store('i32', place, 0, binary('i32.or', load('i32', place), i32(0xa5a50000 | 0)));
    let isEvil = false;
    const evil = inFront(disturb);
    const plays = new GuardedPlays({ frames: 32, alter: (ir) => (isEvil ? evil(ir) : ir) });
    expect(plays.play(OTHER).kind).toBe('played');
    isEvil = true;
    expect(() => plays.play('export default () => 0.25')).toThrow(/^company: /);
  });
});

it('finds nothing in code that is as it should be, and plays it', () => {
  const plays = new GuardedPlays({ frames: 32 });
  for (const text of [TEXT, OTHER, TEXT, OTHER]) {
    const outcome = plays.play(text);
    if (outcome.kind !== 'played') throw new Error(outcome.report);
    expect(outcome.trap).toBeNull();
    expect(outcome.faults).toEqual([]);
    expect(outcome.left[5]).toBe(6);
  }
});

it('tells where a patch stops by itself', () => {
  const plays = new GuardedPlays({ frames: 32 });
  const text = 'const xs = [1, 2]\nexport default () => { xs[currentFrame] = 3; return 0 }';
  expect(plays.play(text)).toMatchObject({
    kind: 'played',
    trap: { isTopLevel: false, frame: 2, code: 'grows-per-frame' },
  });
  expect(plays.play('export default () => nothing')).toMatchObject({ kind: 'refused', codes: ['undefined-name'] });
});

it('takes memory for the same that differs in the bits of a NaN, and in nothing else', () => {
  const memory = (...words: readonly number[]): Uint8Array => new Uint8Array(Uint32Array.from(words).buffer);
  const [nan, minusNan] = [memory(5, 6, 0, 0x7ff80000), memory(5, 6, 0, 0xfff80000)];
  expect(isSameMemory(nan, minusNan)).toBe(true);
  expect(isSameMemory(memory(0x7fc00000, 1), memory(0xffc00001, 1))).toBe(true);
  expect(isSameMemory(nan, memory(5, 7, 0, 0x7ff80000))).toBe(false);
  expect(isSameMemory(nan, memory(5, 6, 0, BOX.undefined))).toBe(true);
  expect(isSameMemory(memory(0, BOX.undefined), memory(0, BOX.null))).toBe(false);
  expect(isSameMemory(memory(0, BOX.boolean), memory(1, BOX.boolean))).toBe(false);
  expect(isSameMemory(memory(1, 2), memory(1, 2, 3))).toBe(false);
});
