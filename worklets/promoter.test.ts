/** Code of tier 2 in the place of tier 1: in which block, on which state, and what becomes of it. Programs by hand. */
import { describe, expect, it } from 'vitest';
import { HEADER } from '../src/protocol/arena.ts';
import type { ProcessorToWorker } from '../src/protocol/audio.ts';
import type { NewArenaBatch, Promotion, ReinstatingBatch } from '../src/protocol/generation.ts';
import { generation } from '../src/protocol/units.ts';
import { assemble, phasePlan, programBatch, type RootOptions, rootWat, SYMBOL } from '../src/testing/handmade.ts';
import { A, B, BASE_A, commitAtOnce, phases, render, setUp } from '../src/testing/rendererBench.ts';

const NO_CHECKS = new Int32Array(0);

/** Code that goes on with the same state, but makes it louder, so that it is told from that of tier 1. */
function promotionOf(of: number, gain: number, more: Partial<Promotion> & RootOptions = {}): Promotion {
  const { trapFrame = Number.NaN, ...rest } = more;
  const module = new WebAssembly.Module(assemble(rootWat({ gain, trapFrame })));
  const symbols = { step: SYMBOL.step };
  return { generation: generation(of), module, symbols, render: 'render', checks: NO_CHECKS, ...rest };
}

/** Generation 1 comes back, by the plan and number of a batch that would make an arena of its own. */
function reinstating(batch: NewArenaBatch, more: { readonly demotes?: boolean } = {}): ReinstatingBatch {
  const { modules: _modules, image: _image, holes: _holes, outside: _outside, ...rest } = batch;
  return { ...rest, ...more, reinstates: generation(1) };
}

const louder = (frames: readonly number[], gain: number) => frames.map((sample) => gain * sample);

const toldOf = (events: readonly ProcessorToWorker[]) =>
  events.filter(({ kind }) => kind === 'promoted' || kind === 'notPromoted');

/** Generation 1 plays, without a fade. */
function playing() {
  const bench = setUp();
  commitAtOnce(bench.renderer, programBatch(A));
  render(bench.renderer, 128);
  bench.events.length = 0;
  return bench;
}

describe('a promotion', () => {
  it('is made ready in one block and takes over at the next, with the first frame', () => {
    const { renderer, events } = playing();
    renderer.promote(promotionOf(1, 7));
    expect([renderer.promoting, renderer.tier]).toEqual([1, 1]);
    const { left } = render(renderer, 384);
    const phase = phases(512);
    expect([...left.subarray(0, 128)]).toEqual(phase.slice(128, 256));
    expect([...left.subarray(128)]).toEqual(louder(phase.slice(256), 7));
    expect(toldOf(events)).toEqual([{ kind: 'promoted', generation: 1, frame: 256 }]);
    expect([renderer.promoting, renderer.tier]).toEqual([null, 2]);
  });

  it('takes over at once while nobody hears it', () => {
    const { renderer, events } = playing();
    renderer.promote(promotionOf(1, 7));
    renderer.commitUnheard();
    expect(toldOf(events)).toEqual([{ kind: 'promoted', generation: 1, frame: 128 }]);
  });

  it('that comes twice is taken once', () => {
    const { renderer, events } = playing();
    renderer.promote(promotionOf(1, 7));
    renderer.promote(promotionOf(1, 8));
    render(renderer, 384);
    renderer.promote(promotionOf(1, 9));
    expect([...render(renderer, 384).left]).toEqual(louder(phases(896).slice(512), 7));
    expect(toldOf(events)).toHaveLength(1);
  });

  it('of what no longer plays is dropped, and so is one that a newer one overtakes', () => {
    const { renderer, events } = playing();
    renderer.promote(promotionOf(1, 7));
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 0 }));
    renderer.promote(promotionOf(2, 8));
    render(renderer, 128);
    renderer.promote(promotionOf(3, 9));
    render(renderer, 384);
    expect(toldOf(events)).toEqual([
      { kind: 'notPromoted', generation: 1, reason: 'gone' },
      { kind: 'notPromoted', generation: 2, reason: 'gone' },
      { kind: 'notPromoted', generation: 3, reason: 'gone' },
    ]);
    expect(renderer.tier).toBe(1);
  });

  it('waits until what is newly compiled is in place', () => {
    const { renderer, events } = playing();
    renderer.promote(promotionOf(1, 7));
    renderer.receive(programBatch({ ...B, fadeFrames: 0 }));
    render(renderer, 512);
    expect(events.map(({ kind }) => kind).filter((kind) => kind !== 'settled')).toEqual(['committed', 'notPromoted']);
  });

  it.each([
    ['has no such function', promotionOf(1, 7, { render: 'other' })],
    ['imports what is not there', promotionOf(1, 7, { symbols: {} })],
  ])('whose module %s is refused, and the sound continues', (_, promotion) => {
    const { renderer, events } = playing();
    renderer.promote(promotion);
    expect([...render(renderer, 256).left]).toEqual(phases(384).slice(128));
    expect(toldOf(events)).toMatchObject([{ kind: 'notPromoted', generation: 1, reason: 'failed' }]);
  });

  it.each([
    { allowed: [5, 3], tier: 2 },
    { allowed: [5, 4], tier: 1 },
  ])('is made only where each word holds what it may: $allowed for 3', ({ allowed, tier }) => {
    const { renderer, events, memory } = playing();
    const word = HEADER.TRAP_SITE;
    new DataView(memory.buffer).setInt32(BASE_A + word, 3, true);
    const checks = Int32Array.from([HEADER.TRAP_SYMBOL, 1, 0, word, 2, ...allowed]);
    renderer.promote(promotionOf(1, 7, { checks }));
    render(renderer, 256);
    expect(renderer.tier).toBe(tier);
    const told = tier === 2 ? { kind: 'promoted' } : { kind: 'notPromoted', reason: 'state' };
    expect(toldOf(events)).toMatchObject([told]);
  });
});

describe('what was promoted', () => {
  /** Generation 1 in tier 2, kept; generation 2 plays. */
  function kept(options: RootOptions = {}) {
    const bench = playing();
    bench.renderer.promote(promotionOf(1, 7));
    render(bench.renderer, 256);
    commitAtOnce(bench.renderer, programBatch({ ...B, fadeFrames: 0, ...options }));
    render(bench.renderer, 128);
    expect(bench.renderer.tier).toBe(1);
    bench.events.length = 0;
    return bench;
  }

  it.each([
    { demotes: false, gain: 7 },
    { demotes: true, gain: 1 },
  ])('comes back in tier 2, or in tier 1 with state that is not for that: demotes $demotes', ({ demotes, gain }) => {
    const { renderer, events } = kept();
    const back = programBatch({ ...A, generation: 3, from: 2, plan: phasePlan() });
    commitAtOnce(renderer, reinstating(back, { demotes }));
    const { left } = render(renderer, 128);
    expect(renderer.tier).toBe(demotes ? 1 : 2);
    expect([...left]).toEqual(louder(phases(640).slice(512), gain));
    expect(toldOf(events)).toEqual(demotes ? [{ kind: 'notPromoted', generation: 3, reason: 'state' }] : []);
  });

  it.each([
    { demotes: false, gain: 7 },
    { demotes: true, gain: 1 },
  ])('takes over from what traps in the same way: demotes $demotes', ({ demotes, gain }) => {
    const { renderer, events } = kept({ trapFrame: 512 });
    renderer.setWayBack(generation(2), generation(1), phasePlan(), demotes);
    const { left } = render(renderer, 1024);
    expect(renderer.generation).toBe(1);
    // By then the step between both has decayed.
    expect([...left.subarray(512)]).toEqual(louder(phases(1536).slice(1024), gain));
    expect(toldOf(events)).toEqual(demotes ? [{ kind: 'notPromoted', generation: 1, reason: 'state' }] : []);
  });

  it('traps as any code does: what played before plays on, in the tier that it was in', () => {
    const { renderer, events } = kept();
    renderer.promote(promotionOf(2, 5, { trapFrame: 700 }));
    render(renderer, 512);
    expect(renderer.generation).toBe(1);
    expect(renderer.tier).toBe(2);
    expect(events.map(({ kind }) => kind)).toEqual(['promoted', 'trapped', 'retired']);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'trapped', generation: 2, fallback: 1, trapSite: 7, frame: 640 }),
    );
  });

  it('comes back in tier 2 while it fades out', () => {
    const { renderer } = playing();
    renderer.promote(promotionOf(1, 7));
    render(renderer, 256);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 1000 }));
    render(renderer, 128);
    const back = programBatch({ ...A, generation: 3, from: 2, fadeFrames: 1000, plan: phasePlan() });
    commitAtOnce(renderer, reinstating(back));
    render(renderer, 128);
    expect([renderer.generation, renderer.tier]).toEqual([3, 2]);
  });
});
