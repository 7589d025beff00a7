/** Numbers become the texts that JavaScript makes of them: shortest digits, fixed places, other bases. */
import { expect, it } from 'vitest';
import { renderCompiled } from './compiled.ts';
import { Seeded } from './random/seeded.ts';

const SEED = 20_261_127;
const EDGES = [
  ...[0, -0, 5e-324, Number.MAX_VALUE, 2 ** 53, 2 ** 53 + 2, 2 ** -1022, 1e21, 1e20, 123456789012345680000, 1e-6, 1e-7],
  ...[
    1.005,
    0.5,
    2.5,
    1.45,
    99.995,
    1e22,
    1e23,
    0.1,
    1 / 3,
    1e300,
    123e-20,
    255,
    2 ** 52 * 3,
    -1.5,
    4503599627370495.5,
  ],
];

function drawn(count: number): number[] {
  const random = new Seeded(SEED);
  const view = new DataView(new ArrayBuffer(8));
  return Array.from({ length: count }, (_, n) => {
    for (let at = 0; at < 8; at += 2) view.setUint16(at, random.below(65_536));
    const any = view.getFloat64(0);
    return n % 2 === 0 && Number.isFinite(any) ? any : (random.below(2 ** 30) - 2 ** 29) / 10 ** random.below(12);
  });
}

const FORMS = [
  'String(x)',
  'x.toFixed(2)',
  'x.toFixed(0)',
  'x.toFixed(20)',
  'x.toString(2)',
  'x.toString(16)',
  'x.toString(36)',
  'x.toString(3)',
];

it(`equal what JavaScript prints (seed ${SEED})`, { timeout: 180_000 }, async () => {
  const values = [...EDGES, ...drawn(60)];
  const code = (x: number) => (Object.is(x, -0) ? '-0' : String(x));
  const made = new Function('values', `return values.map((x) => [${FORMS.join(', ')}].join(' ')).join('|')`) as (
    values: readonly number[],
  ) => string;
  const expected = made(values);
  const text = `const values = [${values.map(code).join(', ')}]
const text = values.map((x) => [${FORMS.join(', ')}].join(' ')).join('|')
export default () => text.charCodeAt(currentFrame)`;
  const { left } = await renderCompiled({ text, frames: expected.length });
  const printed = Array.from(left, (unit) => String.fromCharCode(unit)).join('');
  expect(printed.split('|').map((line) => line.split(' '))).toEqual(expected.split('|').map((line) => line.split(' ')));
});
