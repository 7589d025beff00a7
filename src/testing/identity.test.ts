/** What an edit leaves alone: the units that it does not touch, and, where it means nothing, everything. */
import { describe, expect, it } from 'vitest';
import type { NewArenaBatch } from '../protocol/generation.ts';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { LivePatch } from './live.ts';
import { playNullSwaps } from './nullSwaps.ts';
import { patches } from './texts.ts';

describe('fifty edits of one closure', () => {
  const patch = (level: string) => `
const level = (x) => ${level}
const twice = (x) => level(x) + level(x)
const voice = () => {
  let n = 0
  return () => {
    n += 1
    return twice(n % 4)
  }
}
const voices = [voice(), voice()]
const mix = () => voices[0]() + voices[1]()
export default () => [mix(), twice(1)]
`;
  /** What the patch gives at frame `n`, for a level that multiplies by `k`. */
  const expected = (n: number, k: number) => 4 * (((n + 1) % 4) * k);

  it('are each heard, and none of its callers is compiled again', async () => {
    const live = await LivePatch.create(patch('x * 0'), { fadeFrames: 100 });
    live.render(128);
    const callers = ['mix', 'twice', 'voice'];
    for (let k = 1; k <= 50; k++) {
      const { batch, report } = live.swap(patch(`x * ${k}`));
      expect(report.changed).toEqual(['level']);
      expect(report.kept).toEqual(expect.arrayContaining(callers));
      expect(exportedSlots(batch!).size).toBeLessThanOrEqual(2);

      live.render(128);
      const start = live.renderer.currentFrame;
      const { left, right } = live.render(128);
      expect([...left]).toEqual(Array.from(left, (_, n) => expected(start + n, k)));
      expect([...right]).toEqual(Array.from(right, () => 2 * k));
    }
  });

  it('stay in the same slots: those of the callers are never written again', async () => {
    const live = await LivePatch.create(patch('x * 0'), { fadeFrames: 100 });
    live.render(128);
    const before = slotContents(live);
    const written = new Set<number>();
    for (let k = 1; k <= 50; k++) {
      const { batch } = live.swap(patch(`x + ${k}`));
      for (const index of exportedSlots(batch!)) written.add(index);
      live.render(256);
    }
    const after = slotContents(live);
    const same = before.filter((content, index) => content !== null && after[index] === content);
    // All but `level` itself, and the entry that a generation is rendered through if that is compiled with it.
    expect(same.length).toBeGreaterThanOrEqual(before.filter((content) => content !== null).length - 2);
    // New code takes turns between few places; it cannot take that of code which still sounds.
    expect(written.size).toBeLessThanOrEqual(6);
  });
});

describe('a swap to text that means the same', () => {
  const patch = `
const gain = 0.5
function osc() {
  let phase = 0.25
  const step = (hz) => {
    const increment = hz / sampleRate
    phase = (phase + increment) % 1
    return phase
  }
  return step
}
const voices = [220, 331].map((hz) => ({ hz, osc: osc() }))
const line = new Float64Array(50)
let at = 0
export default (t) => {
  let sum = 0
  for (let i = 0; i < voices.length; i++) sum += voices[i].osc(voices[i].hz)
  const late = line[at]
  line[at] = sum
  at = (at + 1) % 50
  return [gain * sum, gain * late + t]
}
`;
  const renamed = patch
    .replaceAll('phase', 'turn')
    .replaceAll('increment', 'delta')
    .replaceAll('step', 'inner')
    .replaceAll('sum', 'total')
    .replaceAll('late', 'echo')
    .replaceAll('(t)', '(time)')
    .replaceAll('+ t]', '+ time]')
    .replaceAll('[i]', '[k]')
    .replaceAll('let i = 0; i < voices.length; i++', 'let k = 0; k < voices.length; k++');

  const variants = {
    'comments and white space': `// one\n${patch.replaceAll('\n', '\n\n  ').replaceAll(' = ', '   =   ')} /* two */`,
    semicolons: patch.replaceAll(/([^{\n,])\n/g, '$1;\n'),
    'a renamed local of every kind': renamed,
    'parentheses, and numbers written in another way': patch
      .replace('0.5', '(5e-1)')
      .replace('50)\nlet', '0x32)\nlet')
      .replace('hz / sampleRate', '((hz) / (sampleRate))'),
    annotations: patch.replace('(hz) =>', '(hz: number): number =>').replace('let at', 'let at: number'),
    'declarations in another order': patch
      .replace('const gain = 0.5\n', '')
      .replace('let at', 'const gain = 0.5\nlet at'),
  };

  it.each(Object.entries(variants))('%s', async (_, text) => {
    expect(text).not.toBe(patch);
    const frames = 6000;
    const expected = await renderCompiled({ text: patch, frames });
    const swaps = [
      { frame: 1000, text },
      { frame: 2000, text: patch },
      { frame: 3000, text: `${text}\n` },
    ];
    const render = await renderCompiled({ text: patch, frames, swaps });
    expectSameRender('null swaps', render, expected, { tolerance: 0 });
    for (const swap of render.swaps) {
      if (swap.kind === 'committed') expect(swap.report.stateReset).toEqual([]);
    }
  });

  it('is no generation when only comments and white space change', async () => {
    const live = await LivePatch.create(patch);
    live.render(128);
    expect(live.swap(variants['comments and white space']).batch).toBeNull();
    expect(live.swap(`${patch}// three`).batch).toBeNull();
  });
});

it('a thousand null swaps leave every bit of every patch as it is', async () => {
  let swaps = 0;
  for (const { name, text } of patches()) swaps += await playNullSwaps(name, text, 34);
  expect(swaps).toBeGreaterThanOrEqual(1000);
});

function exportedSlots(batch: NewArenaBatch): Set<number> {
  return new Set(batch.modules.flatMap(({ exports }) => exports.map(({ slot }): number => slot)));
}

function slotContents({ table }: LivePatch): unknown[] {
  return Array.from({ length: table.length }, (_, index): unknown => table.get(index));
}
