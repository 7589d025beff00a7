/**
 * Attempts to get out of the arena, or to make code and JavaScript differ, which somebody thought of who had read why nothing
 * gets out (ARCHITECTURE.md). Each text runs in a guarded memory against JavaScript; what it would allocate there in
 * gigabytes runs in the guarded memory alone. Texts that follow one another change what names are.
 */
import { describe, expect, it } from 'vitest';
import { createSession } from '../node/session.ts';
import { FOLLOWING, TRIED } from './escapes.ts';
import { FRAMES, judgeGuarded } from './fuzz/judgeGuarded.ts';
import { GuardedPlays } from './guard/guardedPlays.ts';
import { Seeded } from './random/seeded.ts';
import { GuardedPatch } from './swaps/guardedPatch.ts';
import { limitsOf } from './swaps/limits.ts';

const plays = new GuardedPlays({ frames: FRAMES });

it.each(TRIED)('%s: %s', (outcome, text) => {
  const judgement = judgeGuarded(plays, text);
  expect(judgement.verdict?.report).toBeUndefined();
  expect(judgement.outcome).toBe(outcome);
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const each = (count: number, part: (n: number) => string): string => upTo(count).map(part).join('');
const SIZES = [
  '2 ** 28',
  '2 ** 29',
  '2 ** 29 + 1',
  '2 ** 31 - 8',
  '2 ** 32 - 24',
  '2 ** 32 - 1',
  '2 ** 32',
  '1e300',
  '-1',
];

/** `code` of the trap; `null`: it plays to the end. */
const HOSTILE: readonly (readonly [text: string, code: string | null])[] = [
  ...['Uint8Array', 'Int16Array', 'Float64Array', 'Array'].flatMap((type) =>
    SIZES.map((size): [string, string] => [
      `let n = ${size}; const a = new ${type}(n); export default () => a.length`,
      'array-length|per-frame-memory',
    ]),
  ),
  ['const a = [1]; let k = 2 ** 32 - 2; a[k] = 1; export default () => a.length', 'array-gap'],
  ['const a = Array.from({ length: 2 ** 31 }, (_, n) => n); export default () => a.length', 'array-length'],
  ['let v = [1, 2]; for (let n = 0; n < 40; n++) v = [...v, ...v]; export default () => v.length', 'per-frame-memory'],
  ['let v = [1, 2]; for (let n = 0; n < 40; n++) v = v.concat(v); export default () => v.length', 'per-frame-memory'],
  ['const a = [1]; for (let n = 0; n < 40; n++) a.push(...a); export default () => a.length', 'per-frame-memory'],
  [
    `const u = new Array(2 ** 16).fill(0); const v = [${'...u, '.repeat(32)}]; export default () => v.length`,
    'per-frame-memory',
  ],
  ['export default () => { const a = new Float64Array(2 ** 29 - currentFrame); return a.length }', 'array-length'],
  ['export default () => { const a = new Uint8Array(-currentFrame); return a.length }', 'array-length'],
  [
    'const b = new Float64Array(8000); export default () => { const a = b.slice(0, 4000), c = b.slice(0, 4000 + currentFrame * 10); c[4000] = 1; return a.length + c.length }',
    'per-frame-memory',
  ],
  [
    'const fs = [(n) => fs[1](n) + 1, (n) => fs[0](n) + 1]; export default () => (currentFrame < 5 ? 0 : fs[0](0))',
    'stack-overflow',
  ],
  [
    'const a = [3, 1, 2]; const f = (x, y) => { a.sort(f); return x - y }; export default () => (currentFrame < 5 ? 0 : (a.sort(f), 1))',
    'stack-overflow',
  ],
  [
    'const a = [3, 1]; const f = () => a.forEach(f); export default () => { if (currentFrame > 4) f(); return 0 }',
    'stack-overflow',
  ],
  ['const o = { get x() { return o.x + 1 } }; export default () => (currentFrame > 4 ? o.x : 0)', 'stack-overflow'],
  [
    `const mk = () => { ${each(90, (n) => `let c${n} = ${n};`)} return { up: () => { ${each(90, (n) => `c${n}++;`)} }, sum: () => ${each(90, (n) => `c${n} + `)}0 } }; const m = mk(); export default () => { m.up(); return m.sum() }`,
    null,
  ],
  [
    `const o = { ${each(100, (n) => `f${n}: ${n}, `)} }; export default () => { ${each(100, (n) => `o.f${n} += ${n};`)} return o.f99 + o.f64 + o.f63 }`,
    null,
  ],
  [
    `const o = { ${each(100, (n) => `f${n}: ${n}, `)} }; let p = null; const set = (x) => { p = x }; export default () => { set(currentFrame > 3 ? null : o); return p.f99 }`,
    'undefined-value',
  ],
  [
    `export default () => { ${each(100, (n) => `let v${n} = ${n};`)} const f = () => { ${each(100, (n) => `v${n}++;`)} return v99 }; f(); return f() + v0 + v64 }`,
    null,
  ],
];

it.each(HOSTILE)('%s', (text, code) => {
  const outcome = plays.play(text);
  if (outcome.kind === 'refused') throw new Error(outcome.report);
  expect(outcome.faults).toEqual([]);
  if (code === null) expect(outcome.trap).toBeNull();
  else expect(code.split('|')).toContain(outcome.trap?.code);
});

describe('what an engine takes', () => {
  const names = upTo(1000).map((n) => String.fromCharCode(0x4e00 + n));
  const parameters = (count: number): string =>
    `const f = (${names.slice(0, count).join()}) => ${names[0]}; export default () => f(1)`;

  it.each([
    [998, 'batch', []],
    [999, 'rejected', ['too-large']],
  ] as const)('%i parameters: %s', async (count, kind, codes) => {
    const session = await createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: false });
    const result = session.update(parameters(count));
    expect(result.kind).toBe(kind);
    expect(result.diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => code)).toEqual(codes);
    // And nothing of it is left behind.
    expect(session.update('export default () => 1').kind).toBe('batch');
  });
});

const FADE_FRAMES = 48;

it('texts after one another, taken back now and then', { timeout: 300_000 }, async () => {
  let adoptions = 0;
  let undos = 0;
  for (let seed = 1; seed <= 8; seed++) {
    const source = new Seeded(seed);
    const random = (): number => source.next();
    const next = (): string => FOLLOWING[Math.floor(random() * FOLLOWING.length)]!;
    const texts: string[] = [next()];
    try {
      const patch = await GuardedPatch.create(texts[0]!, FADE_FRAMES, undefined, limitsOf(seed));
      patch.render(64);
      for (let n = 0; n < 14; n++) {
        if (random() < 0.25) undos += patch.undo() ? 1 : 0;
        else {
          const text = random() < 0.5 ? longer(texts.at(-1)!, random) : next();
          texts.push(text);
          patch.swap(text);
        }
        patch.render(96);
      }
      adoptions += patch.adoptions;
    } catch (thrown) {
      expect.fail(`seed ${seed}: ${String(thrown)}\n${texts.slice(-3).join('\n')}`);
    }
  }
  expect(adoptions).toBeGreaterThan(50);
  expect(undos).toBeGreaterThan(5);
});

/** The same with arrays of other lengths. */
const longer = (text: string, random: () => number): string =>
  text.replace(/(?<=Array\()\d+/g, (length) =>
    String(Math.max(200, Number(length) + Math.floor(random() * 200 - 100))),
  );
