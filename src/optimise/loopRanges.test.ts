/**
 * What the optimiser knows of counters: the loops of a transform ask nothing, and counters that nearly hold what would be assumed of
 * them play what the first tier plays. Whether an index is out of an array, the sample tells: it is NaN, which ends as -1.
 */

import { expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { compareTiers } from '../testing/compareTiers.ts';
import { type LoopNode, nodesIn, type OptimisedProgram, type Region, regionsOf } from './ssa.ts';

const library = readLibrary();

function programOf(text: string): OptimisedProgram {
  const { optimised } = twoTiers(text, library);
  if (optimised.kind === 'refused') throw new Error(optimised.reason);
  return optimised.program;
}

const nodesOf = (region: Region): Region['nodes'] =>
  region.nodes.flatMap((node) => [node, ...regionsOf(node).flatMap(nodesOf)]);

/** Loops that hold no others. */
const innermost = (program: OptimisedProgram): LoopNode[] =>
  nodesOf(program.body).filter(
    (node): node is LoopNode => node.op === 'loop' && !nodesOf(node.body).some(({ op }) => op === 'loop'),
  );

const isCheck = (node: Region['nodes'][number]): boolean =>
  (node.op === 'binary' && node.name === 'i32.lt_u') || (node.op === 'unary' && /convert|trunc/.test(node.name));

it('asks nothing in the inner loops of a transform, and does not write it out', () => {
  const program = programOf(`const look = spectrum(1024)
const osc = saw()
export default () => look(osc(220))[10]`);
  const loops = innermost(program);
  // Windows, packing, exchanges, the pass of radix 2, a stage that stays two loops, bins, amplitudes.
  expect(loops.length).toBeGreaterThanOrEqual(7);
  const count = ({ body }: LoopNode, op: string): number => nodesOf(body).filter((node) => node.op === op).length;
  // The butterfly: four complex numbers read and written, 34 operations, and what the counter takes.
  const butterflies = loops.filter((loop) => count(loop, 'load') === 8 && count(loop, 'store') === 8);
  expect(butterflies.length).toBeGreaterThanOrEqual(1);
  for (const { body } of butterflies) expect(nodesIn(body)).toBeLessThan(64);
  // Only the places of twiddle factors may be anything for all that is known: once for each run of butterflies, and for two bins.
  const asking = loops.filter(({ body }) => nodesOf(body).some(isCheck));
  expect(asking.filter((loop) => butterflies.includes(loop))).toEqual([]);
  expect(asking.length).toBeLessThanOrEqual(3);
  expect(nodesIn(program.body)).toBeLessThan(1200);
});

it.each(['onsetTrig()', 'pitchTrack()'])('keeps %s small', (made) => {
  const program = programOf(`const u = ${made}
const osc = saw()
export default () => u(osc(220), 0)`);
  expect(nodesIn(program.body)).toBeLessThan(3000);
});

/** Name, what is declared before, and what is done every 64 frames, behind a test, so that the loops stay loops. */
const CASES: readonly (readonly [string, string, string])[] = [
  ['a counter that ends on the length', '', 'for (let i = 0; i <= 100; i++) note(a[i])'],
  ['one that begins below 0', '', 'for (let i = -1; i < 100; i++) note(a[i])'],
  ['one that falls below 0', '', 'for (let i = 99; i >= -1; i--) note(a[i])'],
  ['one that falls from the length', '', 'for (let i = 100; i >= 0; i--) note(a[i])'],
  ['one that is changed within its loop', '', 'for (let i = 0; i < 100; i++) { if (a[i] > 0.9) i += 3; note(a[i]) }'],
  [
    'one that is set back',
    '',
    'let n = 0; for (let i = 0; i < 100; i++) { note(a[i]); if (i === 50 && n++ < 3) i = -2 }',
  ],
  [
    'steps that the length is no multiple of',
    '',
    'for (let k = 0; k < 8; k++) for (let i = k; i < 100; i += 32) note(a[i + 24])',
  ],
  [
    'steps that begin above a step',
    '',
    'for (let k = 0; k < 40; k++) for (let i = k; i < 100; i += 32) note(a[i + 8])',
  ],
  ['steps that begin below 0', '', 'for (let i = -5; i < 100; i += 16) note(a[i + 1])'],
  ['steps of two sizes', '', 'for (let i = 0; i < 100; i += a[i] > 0 ? 4 : 8) note(a[i + 4])'],
  ['steps that are left out', '', 'for (let i = 0; i < 100; i += 4) { if (i === 48) i += 1; note(a[i + 3]) }'],
  ['two that meet', '', 'for (let k = 0, m = 100; k <= m; k++, m--) note(a[k] - a[m])'],
  ['two that pass each other', '', 'for (let k = 0, m = 99; k <= m + 20; k++, m--) note(a[k] - a[m])'],
  [
    'two of which one jumps',
    '',
    'for (let k = 0, m = 99; k < m; k++) { note(a[k] - a[m]); if (k % 7 === 3) m -= 5; if (k === 40) m = 120 }',
  ],
  [
    'a ring read from where it is',
    '',
    'const rest = 100 - at; for (let n = 0; n < rest; n++) note(a[at + n]); for (let n = 0; n < at; n++) note(a[rest + n])',
  ],
  [
    'a ring read one too far',
    '',
    'const rest = 100 - at; for (let n = 0; n <= rest; n++) note(a[at + n]); for (let n = 0; n <= at; n++) note(a[rest + n])',
  ],
  ['a ring of another length', '', 'const rest = 101 - at; for (let n = 0; n < rest; n++) note(a[at + n])'],
  [
    'a rest that is changed',
    '',
    'let rest = 100 - at; for (let n = 0; n < rest; n++) { note(a[at + n]); if (n === 2) rest += 1 }',
  ],
  [
    'a place that moves while it is read',
    '',
    'const rest = 100 - at; for (let n = 0; n < rest; n++) { note(a[at + n]); if (n % 9 === 8) at = (at + 1) % 100 }',
  ],
  ['powers', '', 'for (let q = 1; q < 100; q *= 4) for (let i = 0; i < 100; i += 4 * q) note(a[i + q])'],
  [
    'sums that wrap around',
    '',
    'for (let i = 2147483600, n = 0; n < 70; n++, i = (i + 1) | 0) note(a[i & 127] + i * 1e-9)',
  ],
  [
    'shifts that wrap around',
    '',
    'for (let i = 268435450; i < 268435540; i++) note(a[((i + 12) << 3) & 127] + (((i + 12) << 3) >> 3) * 1e-9)',
  ],
  ['a test of a sum', '', 'for (let i = -10; i < 120; i++) if (i + 3 >= 0 && i + 3 < 100) note(a[i + 3] + a[i])'],
  ['an end that is a fraction', '', 'for (let i = 0; i < 99.5; i++) note(a[i])'],
  [
    'an end that is not known',
    'let end = 90',
    'end = end > 105 ? 90 : end + 1; for (let i = 0; i < end; i++) note(a[i])',
  ],
  [
    'an early return',
    'const leave = () => { if (rounds % 3 === 1) return; for (let i = 0; i < 101; i++) note(a[i]) }',
    'leave()',
  ],
  [
    'writes beyond the end',
    '',
    'for (let i = 95; i < 105; i++) a[i] = i - 1 + rounds; for (let i = 0; i < 101; i++) note(a[i])',
  ],
];

/** All of them in one patch: what each reads goes into what is heard. */
const patchOf = (cases: typeof CASES): string => `const a = new Float64Array(100)
for (let i = 0; i < 100; i++) a[i] = Math.sin(i)
let count = 0, at = 0, seen = 0, rounds = 0
const note = (x) => { seen = 0.5 * seen + (x === x ? x : -1) }
${cases.map(([name, before, body], n) => `${before}\n/* ${name} */ const run${n} = () => { ${body} }`).join('\n')}
let turn = 0
export default () => {
  count += 1
  at = at + 7 < 100 ? at + 7 : 0
  if (count >= 16) {
    count = 0
    rounds += 1
    turn = turn + 1 < ${cases.length} ? turn + 1 : 0
    ${cases.map((_, n) => `if (turn === ${n}) run${n}()`).join('\n    ')}
  }
  return seen
}`;

it('plays the same with counters that nearly hold what would be assumed of them', () => {
  const text = patchOf(CASES);
  expect(compareTiers(text, library, 4000), text).toMatchObject({ kind: 'same', trapped: false });
});
