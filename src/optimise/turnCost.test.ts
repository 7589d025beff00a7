/** The budget of the second tier is one of time: where each access waits for the one before, a turn costs hundreds of others. */
import { expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { type LoopNode, type OptimisedProgram, type Region, regionsOf } from './ssa.ts';
import { turnCost } from './turnCost.ts';

const FAR = 2 ** 17;

/** A loop whose end nobody knows, in a patch that has not begun it. */
const patch = (size: number, body: string): string => `const b = new Int32Array(${size})
for (let i = 0; i < 4096; i++) b[i] = ((i + 1) * 77) % 4096
b[5] = -1
const c = new Int32Array(8), d = new Float32Array(2)
let t = 0, s = 0
export default () => {
  t++
  if (t > 1000) { let k = s, i = 0; for (;;) { ${body} } s = k }
  return s
}`;

function innermost(region: Region): LoopNode | null {
  for (const node of region.nodes) {
    for (const inner of regionsOf(node)) {
      const found = innermost(inner);
      if (found) return found;
    }
    if (node.op === 'loop') return node;
  }
  return null;
}

function programOf(text: string): OptimisedProgram {
  const { optimised } = twoTiers(text, readLibrary());
  if (optimised.kind === 'refused') throw new Error(optimised.reason);
  return optimised.program;
}

function costOf(size: number, body: string): number {
  const program = programOf(patch(size, body.replaceAll('SIZE', String(size))));
  return turnCost(innermost(program.body)!);
}

/** What the same turn costs more where the array is larger than what a cache holds. */
const surcharge = (body: string): number => costOf(FAR, body) - costOf(4096, body);

const walks: readonly (readonly [name: string, body: string])[] = [
  ['an index that was read', 'k = b[k]; if (k < 0) break'],
  ['by way of a smaller array', 'i = (i + 1) % 8; c[i] = b[c[(i + 7) % 8]]; if (c[i] < 0) break'],
  ['by way of two numbers', 'i = 1 - i; d[i] = b[d[1 - i]]; if (d[i] < 0) break'],
  ['by way of a branch', 'if (b[k] % 2 < 1) k = (k * 5 + 11) % SIZE; else k = (k * 3 + 97) % SIZE; if (k < 0) break'],
  ['within a turn', 'i = (i + 97) % SIZE; k = i; for (let j = 0; j < 8; j++) k = b[k]; if (k < 0) break'],
  ['several in a turn', 'for (let j = 0; j < 4; j++) k = b[k]; if (k < 0) break'],
];

it.each(walks)('a turn that waits for memory is dear: %s', (_, body) => {
  expect(surcharge(body)).toBeGreaterThan(200);
});

it('a turn whose places are known ahead is not', () => {
  expect(surcharge('k = (k + 97) % SIZE; b[k] = b[k] + 1; if (k < 0) break')).toBeLessThan(16);
});

it('a walk through many arrays is as dear as one through a large one', () => {
  const walk = (arrays: number): number => {
    const names = Array.from({ length: arrays }, (_, n) => `a${n}`);
    const program = programOf(`${names.map((name) => `const ${name} = new Int32Array(30000)`).join('\n')}
for (let i = 0; i < 30000; i++) { ${names.map((name) => `${name}[i] = (i * 77 + 5) % 30000`).join('; ')} }
let t = 0, s = 0
export default () => {
  t++
  if (t > 1000) { let k = s; for (;;) { ${names.map((name) => `k = ${name}[k]`).join('; ')}; if (k < 0) break } s = k }
  return s
}`);
    return turnCost(innermost(program.body)!);
  };
  expect(walk(2)).toBeLessThan(100);
  expect(walk(8)).toBeGreaterThan(8 * 200);
});
