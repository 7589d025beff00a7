/**
 * When swaps happen and what is told about them, with a session made by hand: a text is JSON that names the gain of the
 * program of src/testing/handmade.ts, so the samples are known by arithmetic.
 */
import { describe, expect, it } from 'vitest';
import { OutputChain } from '../../worklets/output/chain.ts';
import type { SwapReport } from '../protocol/compile.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { Generation, Slot } from '../protocol/units.ts';
import { slot } from '../protocol/units.ts';
import { programBatch } from '../testing/handmade.ts';
import type { LiveTrap } from '../worker/explanations.ts';
import type { CompileSide } from './player.ts';
import { type PlayRequest, playThrough } from './playThrough.ts';

const INCREMENT = 0.01;
const error: Diagnostic = { severity: 'error', code: 'syntax', message: 'no', span: { start: 0, end: 1 } };
const report: SwapReport = {
  ...{ changed: ['root'], kept: ['step'], removed: [], stateKept: ['phase'], stateReset: [], stateNew: [] },
  ...{ batchBytes: 1, fadeFrames: 0, transition: 'cut' as const, copiedBytes: 0, adoptedBytes: 0 },
};

/** Two places for arenas and render slots, used alternately. */
class HandmadeSession implements CompileSide {
  readonly log: string[] = [];
  #count = 0;
  #live: number | null = null;
  #liveText = '';
  readonly #fadeFrames: number;

  constructor(fadeFrames: number) {
    this.#fadeFrames = fadeFrames;
  }

  update(text: string): ReturnType<CompileSide['update']> {
    this.log.push(`update ${text}`);
    if (text === this.#liveText) return { kind: 'unchanged', diagnostics: [], report };
    if (text === 'broken') return { kind: 'rejected', diagnostics: [error] };
    const odd = ++this.#count % 2 === 1;
    const batch = programBatch({
      ...(JSON.parse(text) as { gain?: number; trapFrame?: number; renderSlot?: number }),
      ...{ generation: this.#count, from: this.#live, base: odd ? 1024 : 65_536, renderSlot: odd ? 0 : 2 },
      ...{ stepSlot: 1, increment: INCREMENT, fadeFrames: this.#fadeFrames },
    });
    this.#liveText = text;
    if (text.includes('unstageable'))
      return { kind: 'batch', batch: { ...batch, tableSlots: -1, render: slot(99) }, text, diagnostics: [], report };
    return { kind: 'batch', batch, text, diagnostics: [], report };
  }

  committed(generation: Generation): readonly Generation[] {
    this.#live = generation;
    this.log.push(`committed ${generation}`);
    return [];
  }

  rollbackPlan(): null {
    return null;
  }

  retired(generation: Generation): readonly Slot[] {
    this.log.push(`retired ${generation}`);
    return [];
  }

  refused(generation: Generation): readonly Slot[] {
    this.log.push(`refused ${generation}`);
    return [];
  }

  trapped(): void {}

  describeTrap({ trapSite }: LiveTrap): Diagnostic {
    return { ...error, code: 'trap', message: `site ${trapSite}` };
  }

  explainNonFinite(generation: Generation): Diagnostic {
    return { ...error, code: 'not-finite', message: `of ${generation}` };
  }

  memory(): ReturnType<CompileSide['memory']> {
    return { arenaBytes: 1, peakBytes: 2, slots: 3, modules: 4 };
  }
}

/** Raw by default: the programs output frame numbers. */
function play({ raw = true, ...request }: Omit<PlayRequest, 'sampleRate'>) {
  const fadeFrames = request.fadeFrames ?? 0;
  const session = new HandmadeSession(fadeFrames);
  const left: number[] = [];
  const right: number[] = [];
  const outcome = playThrough(
    session,
    { ...request, raw, sampleRate: 48_000, fadeFrames },
    (blockLeft, blockRight, frames) => {
      left.push(...blockLeft.subarray(0, frames));
      right.push(...blockRight.subarray(0, frames));
    },
  );
  return { ...outcome, left, right, log: session.log };
}

const gain = (value: number) => JSON.stringify({ gain: value });

function expected(frames: number, gainAt: (frame: number) => number): number[] {
  let phase = 0;
  return Array.from({ length: frames }, (_, n) => {
    phase += INCREMENT;
    return gainAt(n) * phase;
  });
}

describe('a swap', () => {
  it('is committed at the first block boundary at or after its frame', () => {
    const swaps = [
      { frame: 257, text: gain(3) },
      { frame: 100, text: gain(2) },
    ];
    const { left, right, swaps: done } = play({ text: gain(1), frames: 1000, swaps });
    expect(left).toEqual(expected(1000, (n) => (n < 128 ? 1 : n < 384 ? 2 : 3)));
    expect(right).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    expect(done.map(({ kind, frame, index }) => ({ kind, frame, index }))).toEqual([
      { kind: 'committed', frame: 128, index: 1 },
      { kind: 'committed', frame: 384, index: 0 },
    ]);
  });

  it('at a boundary is committed there, for any length of block', () => {
    for (const blockFrames of [1, 50, 128, 500, 4000]) {
      const boundary = Math.ceil(500 / blockFrames) * blockFrames;
      const { left } = play({ text: gain(1), frames: 1000, blockFrames, swaps: [{ frame: 500, text: gain(2) }] });
      expect(left).toEqual(expected(1000, (n) => (n < boundary ? 1 : 2)));
    }
  });

  it('at frame 0 comes before the first sample, and after the text itself', () => {
    const { left, log } = play({ text: gain(1), frames: 10, swaps: [{ frame: 0, text: gain(2) }] });
    expect(left).toEqual(expected(10, () => 2));
    expect(log.slice(0, 2)).toEqual([`update ${gain(1)}`, 'committed 1']);
  });

  it('does not wait for the end of the fade before it, and none is lost', () => {
    const swaps = [2, 3, 4].map((value) => ({ frame: 128, text: gain(value) }));
    const { left, swaps: done } = play({ text: gain(1), frames: 2000, fadeFrames: 200, swaps });
    expect(done.map(({ frame }) => frame)).toEqual([128, 128, 128]);
    expect(left.slice(328)).toEqual(expected(2000, () => 4).slice(328));
  });

  it('after the end does not happen', () => {
    const { swaps, log } = play({ text: gain(1), frames: 256, swaps: [{ frame: 256, text: gain(2) }] });
    expect(swaps).toEqual([]);
    expect(log).toEqual([`update ${gain(1)}`, 'committed 1']);
  });

  it('that has errors leaves the sound alone and is told', () => {
    const swaps = [
      { frame: 128, text: 'broken' },
      { frame: 256, text: gain(1) },
      { frame: 384, text: JSON.stringify({ gain: 5, unstageable: true }) },
    ];
    const outcome = play({ text: gain(1), frames: 512, swaps });
    expect(outcome.left).toEqual(expected(512, () => 1));
    expect(outcome.swaps).toEqual([
      { kind: 'rejected', frame: 128, index: 0, diagnostics: [error] },
      { kind: 'unchanged', frame: 256, index: 1, diagnostics: [], report },
      { kind: 'refused', frame: 384, index: 2, diagnostics: [], reason: expect.any(String) },
    ]);
    expect(outcome.log.at(-1)).toBe('refused 2');
  });

  it('tells the session what was retired', () => {
    const texts = [1, 2, 3, 4, 5].map(gain);
    const swaps = texts.slice(1).map((text) => ({ frame: 0, text }));
    const { log } = play({ text: texts[0], frames: 1024, fadeFrames: 100, swaps });
    // Some are kept for a while after their fade.
    const last = texts.length;
    expect(log.slice(2 * last - 2)).toEqual([`update ${texts.at(-1)}`, `committed ${last}`, `retired 1`]);
  });
});

it('a text with errors is not played', () => {
  const outcome = play({ text: 'broken', frames: 512 });
  expect(outcome).toMatchObject({ played: false, diagnostics: [error], left: [], swaps: [], traps: [] });
});

it('a trap is told with the swap it came from', () => {
  const swaps = [{ frame: 256, text: JSON.stringify({ trapFrame: 400 }) }];
  const { traps, left } = play({ text: gain(1), frames: 1024, fadeFrames: 480, swaps });
  expect(traps).toEqual([
    { index: 0, frame: 384, generation: 2, fallback: 1, diagnostic: { ...error, code: 'trap', message: 'site 7' } },
  ]);
  // After the step has decayed.
  expect(left.slice(384 + 480)).toEqual(expected(1024, () => 1).slice(384 + 480));
});

describe('samples that are not finite', () => {
  const endless = gain(1e308);

  it('are replaced by 0 and counted', () => {
    const { left, nonFinite } = play({ text: endless, frames: 200, raw: false });
    expect(left).toEqual(Array(200).fill(0));
    expect(nonFinite).toBe(200);
  });

  it('stay in a raw render, and are counted', () => {
    const { left, nonFinite } = play({ text: endless, frames: 200 });
    expect(left).toEqual(expected(200, () => 1e308));
    expect(nonFinite).toBe(200);
  });
});

describe('the output chain', () => {
  it('has all samples pass, and its delay is made up for, for any length of block', () => {
    const request = { text: gain(1), frames: 700, swaps: [{ frame: 512, text: gain(2) }] };
    const raw = play(request);
    const chain = new OutputChain(48_000);
    const silence = Array<number>(chain.latencyFrames).fill(0);
    const left = Float64Array.of(...raw.left, ...silence);
    const right = Float64Array.of(...raw.right, ...silence);
    chain.process(left, right, left.length);
    for (const blockFrames of [1, 64, 128, 512]) {
      const played = play({ ...request, blockFrames, raw: false });
      expect(played.left).toEqual([...left.subarray(chain.latencyFrames)]);
      expect(played.right).toEqual([...right.subarray(chain.latencyFrames)]);
      // The right channel counts frames.
      expect(played.reductionDb).toBeGreaterThan(20 * Math.log10(699) + 1);
    }
    expect(raw.reductionDb).toBe(0);
  });
});
