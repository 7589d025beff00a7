/**
 * What texts may ask of the compiler: the parser reads no more than is in proportion, inference and naming end, mistakes
 * are told up to a number, and each limit says so at its place. Work is counted, never timed.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse as parseModule } from '@babel/parser';
import { describe, expect, it } from 'vitest';
import { MAX_DIAGNOSTICS, MESSAGES } from '../language/diagnostics.ts';
import { renderPatch } from '../node/renderPatch.ts';
import { createSession } from '../node/session.ts';
import { parserBombs } from '../testing/bombs/parserBombs.ts';
import { compileText, problemsOf } from '../testing/compileText.ts';
import { patches, programs } from '../testing/texts.ts';
import { keyOf } from '../worker/objects.ts';
import { ParseBudget, parseBounded } from './boundedParser.ts';
import { MAX_TEXT_LENGTH, parse } from './parse.ts';

const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

describe('the parser', () => {
  const sources = ['parse.ts', 'resolve/context.ts', 'infer/analysis.ts', '../linker/linker.ts'].map((file) =>
    readFileSync(path.join(import.meta.dirname, file), 'utf8'),
  );

  it('gives the same trees as without a budget, and reads each character two or three times', () => {
    for (const text of [...sources, ...[...patches(), ...programs()].map((one) => one.text)]) {
      const budget = new ParseBudget(text.length);
      const { reads } = budget;
      const { statements } = parseBounded(text, 0, budget);
      const plain = parseModule(text, { sourceType: 'module', plugins: ['typescript'], allowUndeclaredExports: true });
      expect(JSON.stringify(statements)).toBe(JSON.stringify(plain.program.body));
      expect(reads - budget.reads).toBeLessThan(3 * text.length + 100);
    }
  });

  it.each([
    ['comparisons', (n: number) => `${'a<b>('.repeat(n)}c`],
    ['casts', (n: number) => `${'<T>('.repeat(n)}a${')'.repeat(n)}`],
  ])('would read %s that double with each level forever, and gives up in the middle of them', (_, make) => {
    const reads = (n: number): number => {
      const budget = new ParseBudget(1e6);
      const before = budget.reads;
      parseBounded(make(n), 0, budget);
      return before - budget.reads;
    };
    // What makes the budget necessary.
    expect(reads(12) / reads(8)).toBeGreaterThan(1.5 ** 4);
    const text = `const before = missing\nconst x = ${make(40)}\nexport default () => 0`;
    const [problem, ...others] = parse(text).diagnostics;
    expect(others).toEqual([]);
    expect(problem.message).toBe(MESSAGES['too-ambiguous']());
    expect(text.slice(0, problem.span.start).split('\n')).toHaveLength(2);
  });

  it.each(parserBombs.map(({ name, text }): [string, string] => [name, text]))(
    'spends no more than it has on %s',
    (_, text) => {
      const { diagnostics } = parse(text);
      for (const { span } of diagnostics) expect(span.end).toBeLessThanOrEqual(text.length + 1);
      const budget = new ParseBudget(text.length);
      const before = budget.reads;
      parseBounded(text, 0, budget);
      // What is beyond is charged at once and ends the next attempt.
      expect(before - budget.reads).toBeLessThan(before + 100);
    },
  );

  it('leaves the constructor of errors and the depth of stacks as they were', () => {
    const { SyntaxError: original, Error: errors } = globalThis;
    const { stackTraceLimit } = errors;
    for (const text of ['let a; let a', 'a:'.repeat(600), '(', 'a<b>('.repeat(50)]) parse(text);
    expect(globalThis.SyntaxError).toBe(original);
    expect(Error.stackTraceLimit).toBe(stackTraceLimit);
  });
});

describe('mistakes', () => {
  /** As long as a text may be: limits.long.test.ts. */
  const long = (line: string): string => line.repeat(MAX_TEXT_LENGTH / 8 / line.length);

  it.each([
    [
      '60,000 unknown names',
      upTo(60_000)
        .map((n) => `u${n}\n`)
        .join(''),
      'undefined-name',
    ],
    ['one unknown name in each line', long('q\n'), 'undefined-name'],
    ['declarations of one name', long('let a\n'), ''],
    ['recoverable mistakes', long('010\n'), 'syntax'],
    ['functions that are not closed', long('\nfunction a() {\n'), 'syntax'],
    ['brackets in brackets, on one line, not closed', `${'('.repeat(400_000)}${')'.repeat(300_000)}`, ''],
  ])('are told up to a number: %s', (_, text, code) => {
    const { diagnostics } = compileText(text);
    expect(diagnostics.length).toBeGreaterThan(0);
    expect(diagnostics.length).toBeLessThanOrEqual(MAX_DIAGNOSTICS + 1);
    if (code !== '') expect(diagnostics[0].code).toBe(code);
    for (const { related = [] } of diagnostics) expect(related.length).toBeLessThanOrEqual(20);
  });

  it('are told all where there are not many, and counted where there are', () => {
    const text = upTo(500)
      .map((n) => `const a${n} = u${n}\n`)
      .join('');
    const { diagnostics } = compileText(`${text}export default () => a1`);
    expect(diagnostics).toHaveLength(MAX_DIAGNOSTICS + 1);
    expect(diagnostics.at(-1)?.message).toBe(MESSAGES['more-mistakes'](500 - MAX_DIAGNOSTICS));
    const few = text.split('\n').slice(0, 150).join('\n');
    expect(compileText(`${few}\nexport default () => a1`).diagnostics).toHaveLength(150);
  });

  it('quote no more than a part of what is long', () => {
    const { diagnostics } = compileText(`const ${'a'.repeat(900_000)} = 1\nexport default () => 0`);
    expect(diagnostics.map(({ code }) => code)).toEqual(['too-large']);
    for (const { message } of diagnostics) expect(message.length).toBeLessThan(1100);
  });
});

describe('inference', () => {
  /** Each variable gets its type from the next one; the last one is a number. */
  const chain = (count: number, order: (lines: string[]) => string[]): string => {
    const lines = upTo(count - 1).map((n) => `v${n} = v${n + 1}`);
    const names = upTo(count).map((n) => `v${n}`);
    return `let ${names.join(', ')}\nexport default (t) => {\n${order(lines).join('\n')}\nv${count - 1} = 0.25\nreturn v0 ?? 0.5 }`;
  };

  it.each([
    ['one way', (lines: string[]) => lines],
    ['the other way', (lines: string[]) => lines.toReversed()],
    ['in disorder', (lines: string[]) => lines.map((_, n) => lines[(n * 37) % lines.length])],
  ])('follows types through 150 variables, written %s, as JavaScript follows values', async (_, order) => {
    const text = chain(150, order);
    expect(problemsOf(text)).toEqual([]);
    const dsp = new Function(`${text.replace('export default', 'return')}`)() as (t: number) => number;
    const { left } = await renderPatch({ text, sampleRate: 48_000, frames: 300, raw: true });
    expect([...left]).toEqual(upTo(300).map(() => dsp(0)));
  });

  it('ends where there are too many specialisations, and says where', () => {
    const open = upTo(24).map((n) => `const g${n} = (x${n}) => {\n`);
    const close = upTo(24)
      .reverse()
      .map((n) => `return 0 }\ng${n}(1); g${n}([1])\n`);
    const text = `export default (t) => {\n${open.join('')}${close.join('')}return 0.1 }`;
    expect(compileText(text).diagnostics.map(({ message }) => message)).toEqual([MESSAGES['too-much-work']()]);
  });
});

describe('names', () => {
  it('of functions in functions grow no faster than their number', () => {
    const sizeOf = (depth: number): number => {
      const text = `const x = ${'() => '.repeat(depth)}1\nexport default () => x${'()'.repeat(depth)}`;
      const { lowered } = compileText(text);
      return lowered!.units.reduce((sum, unit) => sum + keyOf(unit.functions).length, 0);
    };
    expect(sizeOf(200) / sizeOf(100)).toBeLessThan(2.5);
  });
});

describe('chains of one operator', () => {
  const { raw, frames, sampleRate } = { raw: true, frames: 2, sampleRate: 48_000 };
  const TERMS = 2500;

  it.each([
    ['a sum', `t${' + 0.001'.repeat(TERMS)}`],
    ['a difference', `t${' - 0.001'.repeat(TERMS)}`],
    ['a product', `(t + 1)${' * 1.0001'.repeat(TERMS)}`],
    ['a sum of products', `t${' + t * 2'.repeat(TERMS / 3)}`],
    ['bits', `t${' | 4'.repeat(TERMS)}`],
    ['and', `(t + 1)${' && t + 2'.repeat(TERMS / 3)}`],
    ['or', `t * 0${' || t * 0'.repeat(TERMS / 3)} || 0.25`],
    ['??', `n${' ?? n'.repeat(TERMS)} ?? 0.5`],
  ])('are as long as one likes: %s', async (_, expression) => {
    const text = `let n\nexport default (t) => ${expression}`;
    const dsp = new Function('t', `let n; return ${expression}`) as (t: number) => number;
    const { left } = await renderPatch({ text, sampleRate, frames, raw });
    expect([...left]).toEqual(upTo(frames).map((frame) => dsp(frame / sampleRate)));
  });
});

describe('what the top level makes', () => {
  it.each([
    ['objects', 'const a = Array.from({ length: 500_000 }, (_, i) => ({ x: i }))', 'a'],
    ['references to one object', 'const o = { x: 1 }\nconst a = Array(500_000).fill(o)', 'a'],
    ['strings', "const a = Array(500_000).fill('ab')", 'a'],
    ['fields', 'const a = Array.from({ length: 50_000 }, () => ({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 }))', 'a'],
    [
      'captured variables',
      'const make = () => { let a = 1, b = 2, c = 3, d = 4, e = 5, f = 6; return () => a++ + b++ + c++ + d++ + e++ + f++ }\nconst a = Array.from({ length: 50_000 }, () => make())',
      'a',
    ],
  ])('is followed up to a number of %s', async (_, line, name) => {
    const session = await createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: true });
    const text = `${line}\nexport default () => 0.1${name === 'a' && line.includes('make') ? ' + a[0]()' : ''}`;
    const { kind, diagnostics } = session.update(text);
    expect(kind).toBe('rejected');
    expect(diagnostics.map(({ message }) => message)).toEqual([MESSAGES['too-many-objects'](name, 400_000)]);
    expect(text.slice(diagnostics[0].span.start)).toMatch(new RegExp(`^(?:const )?${name} = `));
  });
});

it('a string of 300,000 characters is linked, and leaves nothing behind', async () => {
  const session = await createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: true });
  const { slots, modules } = session.memory();
  const text = `const words = '${'x'.repeat(300_000)}'\nlet i = 0\nexport default () => words.charCodeAt(i++) / 1000`;
  const result = session.update(text);
  expect(result.kind).toBe('batch');
  if (result.kind === 'batch') session.refused(result.batch.generation);
  expect(session.memory()).toMatchObject({ slots, modules });
});
