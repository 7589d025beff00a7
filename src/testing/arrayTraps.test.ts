/** Array operations that can only go wrong while they run: the place is the call in the patch, not in the library. */

import { describe, expect, it } from 'vitest';
import { renderPatch } from '../node/renderPatch.ts';

async function problemOf(text: string): Promise<string> {
  const { diagnostics } = await renderPatch({ text, frames: 256, raw: true });
  return diagnostics.map(({ code, span }) => `${code} «${text.slice(span.start, span.end)}»`).join();
}

const TAIL = '\nexport default () => 0';

describe('at the top level', () => {
  it.each([
    ['[].reduce((a, b) => a + b)', 'empty-reduce «[].reduce((a, b) => a + b)»'],
    ['[1].slice(1).reduceRight((a, b) => a + b)', 'empty-reduce «[1].slice(1).reduceRight((a, b) => a + b)»'],
    ['new Float32Array(2).set([1, 2], 1)', 'outside-array «new Float32Array(2).set([1, 2], 1)»'],
    ['new Float32Array(2).set([1], -1)', 'outside-array «new Float32Array(2).set([1], -1)»'],
    ['[1, 2].with(2, 0)', 'outside-array «[1, 2].with(2, 0)»'],
    ['Array(2.5)', 'array-length «Array(2.5)»'],
    ['new Float32Array(-1)', 'array-length «new Float32Array(-1)»'],
    ['const xs = [1]\nxs[3] = 5', 'array-gap «xs[3]»'],
    ['const xs = []\nxs[0.5] = 5', 'array-gap «xs[0.5]»'],
    ['const xs = []\nxs[-1] = 5', 'array-gap «xs[-1]»'],
    ['const f = (on) => (on ? [1] : undefined)\nf(false).map((x) => x)', 'undefined-value «f(false)»'],
  ])('%s', async (statement, problem) => {
    expect(await problemOf(statement + TAIL)).toBe(problem);
  });
});

describe('while it sounds', () => {
  it('names the call', async () => {
    const start = 'const xs = [1, 2]\nexport default (t) => ';
    expect(await problemOf(`${start}xs.filter((x) => x > 5).reduce((a, b) => a + b)`)).toBe(
      'empty-reduce «xs.filter((x) => x > 5).reduce((a, b) => a + b)»',
    );
    expect(await problemOf(`${start}xs.concat(xs).map(() => Array.from({ length: 5000 }, () => 1))[0][0]`)).toBe(
      'per-frame-memory «Array.from({ length: 5000 }, () => 1)»',
    );
  });

  it('keeps the length that an array had, also where there is room for more', async () => {
    const text =
      'const xs = []\nfor (let i = 0; i < 3; i++) xs.push(i)\nexport default () => { xs[3] = 1; return xs.length }';
    expect(await problemOf(text)).toBe('grows-per-frame «xs[3]»');
  });
});
