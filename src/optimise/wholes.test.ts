/** The lowest 32 bits of whole numbers are those that JavaScript's operators see. */
import { expect, it } from 'vitest';
import { randomPicks } from '../testing/compileText.ts';
import { Builder } from './builder.ts';
import type { Value } from './ssa.ts';
import { boundOf, lowestBits } from './wholes.ts';

const SEED = 271_127;

/** A random expression of i32 parameters, with what it is worth in JavaScript. */
function expression(
  builder: Builder,
  parameters: readonly Value[],
  given: readonly number[],
  pick: (n: number) => number,
  depth: number,
): { value: Value; number: number } {
  const inner = () => expression(builder, parameters, given, pick, depth - 1);
  if (depth === 0 || pick(4) === 0) {
    const n = pick(parameters.length + 1);
    if (n === parameters.length) {
      const constant = pick(2 ** 31) - 2 ** 30;
      return { value: builder.constant('f64', constant), number: constant };
    }
    return { value: builder.unary('f64.convert_s.i32', parameters[n]!), number: given[n]! };
  }
  const [a, b] = [inner(), inner()];
  switch (pick(3)) {
    case 0:
      return { value: builder.binary('f64.add', a.value, b.value), number: a.number + b.number };
    case 1:
      return { value: builder.binary('f64.sub', a.value, b.value), number: a.number - b.number };
    default:
      return { value: builder.unary('f64.neg', a.value), number: -a.number };
  }
}

/** What an expression of i32 is worth. */
function evaluate(value: Value, of: ReadonlyMap<Value, number>): number {
  if (value.op === 'const') return Number(value.value);
  const known = of.get(value);
  if (known !== undefined) return known;
  if (value.op !== 'binary') throw new Error(`${value.op} is not expected`);
  const [a, b] = value.args.map((arg) => evaluate(arg, of)) as [number, number];
  switch (value.name) {
    case 'i32.add':
      return (a + b) | 0;
    case 'i32.sub':
      return (a - b) | 0;
    default:
      throw new Error(`${value.name} is not expected`);
  }
}

it(`are the same (seed ${SEED})`, () => {
  const pick = randomPicks(SEED);
  let found = 0;
  for (let run = 0; run < 2000; run++) {
    const builder = new Builder();
    const parameters = [builder.parameter('i32'), builder.parameter('i32')];
    const given = parameters.map(() => (pick(2 ** 31) * 2 + pick(2)) | 0);
    const { value, number } = expression(builder, parameters, given, pick, 4);
    expect(boundOf(value)).toBeGreaterThanOrEqual(Math.abs(number));
    const bits = lowestBits(builder, value);
    if (!bits) continue;
    found++;
    expect(evaluate(bits, new Map(parameters.map((parameter, n) => [parameter, given[n]!])))).toBe(number | 0);
  }
  expect(found).toBeGreaterThan(1000);
});

it('are not known of what may be no whole number', () => {
  const builder = new Builder();
  const x = builder.parameter('f64');
  expect(lowestBits(builder, builder.binary('f64.add', x, builder.constant('f64', 1)))).toBeNull();
  expect(lowestBits(builder, builder.constant('f64', 0.5))).toBeNull();
  const n = builder.unary('f64.convert_s.i32', builder.parameter('i32'));
  // 2^62: a product may have lost its lowest bits.
  expect(lowestBits(builder, builder.binary('f64.mul', n, n))).toBeNull();
});
