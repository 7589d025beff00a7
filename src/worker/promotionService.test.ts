/** The way to tier 2, in messages: behind everything else, and certain of what became of it. */
import { describe, expect, it } from 'vitest';
import type { ProcessorToWorker } from '../protocol/audio.ts';
import type { CodeRow } from '../protocol/compile.ts';
import { Desk, text } from '../testing/serviceDesk.ts';
import { type OptimiserAnswer, type OptimiserJob, runOptimiser } from './optimiserJob.ts';

/** A desk whose optimiser answers when it is told to. */
class Bench {
  readonly open: { readonly job: OptimiserJob; readonly done: (answer: OptimiserAnswer) => void }[] = [];
  desk!: Desk;

  static async of(first: string, options: Parameters<typeof Desk.open>[0] = {}): Promise<Bench> {
    const bench = new Bench();
    bench.desk = await Desk.open({ ...options, optimise: (job, done) => void bench.open.push({ job, done }) });
    bench.desk.ask(first);
    return bench;
  }

  /** The optimiser's answer to the oldest question: what it says of it, or this. */
  answer(answer?: OptimiserAnswer): void {
    const { job, done } = this.open.shift()!;
    done(answer ?? runOptimiser(structuredClone(job)));
  }

  /** All that is to be done in idle moments; how many pieces it was. */
  idle(): number {
    let pieces = 1;
    while (this.desk.service.promoteStep()) pieces++;
    return pieces;
  }

  get promotions() {
    return this.desk.processor.flatMap((message) => (message.kind === 'promote' ? [message.promotion] : []));
  }

  /** Tiers and reasons of the rows that the page has heard last. */
  get tiers(): unknown[] {
    const told = this.desk.main.findLast(({ kind }) => kind === 'code') as { readonly rows: readonly CodeRow[] };
    return told.rows.flatMap(({ slots, tier, tierReason }) => (slots.length > 0 ? [tierReason ?? tier] : []));
  }

  /** What the page has heard of costs: the tiers that were measured. */
  get costs(): unknown[] {
    return this.desk.main.flatMap((message) =>
      message.kind === 'cost' ? [{ generation: message.generation, tiers: Object.keys(message.costs) }] : [],
    );
  }

  /** The answer to the question that the next tick asks, if it asks any. */
  status(more: Partial<Extract<ProcessorToWorker, { kind: 'status' }>> = {}): boolean {
    const before = this.desk.processor.length;
    this.desk.service.tick();
    const asked = this.desk.processor.at(-1);
    if (this.desk.processor.length === before || asked?.kind !== 'status') return false;
    const playing = this.desk.batches.at(-1)!.generation;
    const nothing = {
      staged: null,
      waitFrames: null,
      held: [],
      isFading: false,
      frame: 0,
      tier: 1,
      promoting: null,
    } as const;
    this.desk.say({ kind: 'status', serial: asked.serial, playing, ...nothing, ...more });
    return true;
  }

  /** The newest batch plays alone, and its promotion was sent. */
  sent(): void {
    this.desk.finish();
    this.status();
    this.idle();
    this.answer();
    this.idle();
  }
}

describe('what plays alone', () => {
  it('is optimised, tried in pieces, and sent; the page hears of the tier when it is in place', async () => {
    const bench = await Bench.of(text(1));
    bench.idle();
    bench.desk.commit();
    bench.idle();
    expect(bench.open, 'before its fade is over').toHaveLength(0);
    bench.desk.settle();
    bench.idle();
    expect(bench.open).toHaveLength(1);
    bench.idle();
    expect(bench.open, 'asked once').toHaveLength(1);
    bench.answer();
    expect(bench.idle()).toBeGreaterThan(2);
    const { generation } = bench.desk.batches[0]!;
    expect(bench.promotions).toMatchObject([{ generation, render: bench.promotions[0]!.render }]);
    expect(bench.tiers).toEqual([1]);
    bench.desk.say({ kind: 'promoted', generation, frame: 0 });
    expect(bench.tiers).toEqual([2]);
    bench.idle();
    expect(bench.promotions).toHaveLength(1);
  });

  it('stays where it is when the optimiser does not take it, and the page hears why', async () => {
    const bench = await Bench.of(text(1));
    bench.desk.finish();
    bench.idle();
    bench.answer({ kind: 'refused', reason: 'a test said so' });
    bench.idle();
    bench.idle();
    expect(bench.open).toHaveLength(0);
    expect(bench.promotions).toHaveLength(0);
    expect(bench.tiers).toEqual(['a test said so']);
    expect(bench.desk.main.filter(({ kind }) => kind === 'code')).toHaveLength(2);
  });

  it('is told to cost something, once: in both tiers after a trial, in its own where there is none', async () => {
    let nowMs = 0;
    const bench = await Bench.of(text(1), { now: () => (nowMs += 0.05) });
    bench.sent();
    bench.idle();
    const [first] = bench.desk.batches;
    expect(bench.costs).toEqual([{ generation: first!.generation, tiers: ['1', '2'] }]);
    bench.desk.say({ kind: 'promoted', generation: first!.generation, frame: 0 });
    bench.desk.ask(text(2));
    bench.desk.finish();
    bench.status();
    bench.idle();
    bench.answer({ kind: 'refused', reason: 'a test said so' });
    bench.idle();
    const second = bench.desk.batches.at(-1)!;
    expect(bench.costs.slice(1)).toEqual([{ generation: second.generation, tiers: ['1'] }]);
  });

  it('stays where it is when its code sounds different, or is none', async () => {
    const bench = await Bench.of(text(1));
    bench.desk.finish();
    bench.idle();
    // The optimised code of another patch.
    const other = await Bench.of(text(3));
    other.desk.finish();
    other.idle();
    const { job } = other.open[0]!;
    bench.answer(runOptimiser(job));
    bench.idle();
    expect(bench.tiers[0]).toMatch(/different/);
    const none = await Bench.of(text(1));
    none.desk.finish();
    none.idle();
    none.answer({ kind: 'optimised', bytes: Uint8Array.of(1, 2, 3), checks: new Int32Array(0), constants: [] });
    none.idle();
    expect(none.tiers[0]).toMatch(/failed/);
    expect([...bench.promotions, ...none.promotions]).toEqual([]);
  });
});

describe('an edit', () => {
  it('that comes while the optimiser works is first, and what plays then is optimised next', async () => {
    const bench = await Bench.of(text(1));
    bench.desk.finish();
    bench.idle();
    bench.desk.ask(text(2));
    expect(bench.desk.batches).toHaveLength(2);
    bench.desk.finish();
    bench.idle();
    expect(bench.open, 'one question at a time').toHaveLength(1);
    bench.answer();
    expect(bench.idle()).toBe(1);
    expect(bench.promotions).toHaveLength(0);
    expect(bench.open).toHaveLength(1);
    bench.answer();
    bench.idle();
    expect(bench.promotions.map(({ generation }) => generation)).toEqual([bench.desk.batches[1]!.generation]);
  });

  it('that comes between two pieces of the trial is first; the trial of what keeps playing begins again', async () => {
    const bench = await Bench.of(text(1));
    bench.desk.finish();
    bench.idle();
    bench.answer();
    expect(bench.desk.service.promoteStep()).toBe(true);
    // With a mistake, after which the shadow holds something else.
    bench.desk.ask('let y = 5\nexport default () => y +');
    bench.desk.ask(`${text(1)}// the same`);
    expect(bench.idle()).toBeGreaterThan(2);
    expect(bench.open, 'without asking again').toHaveLength(0);
    expect(bench.promotions.map(({ generation }) => generation)).toEqual([bench.desk.batches[0]!.generation]);
  });

  it('begins in tier 1', async () => {
    const bench = await Bench.of(text(1));
    bench.sent();
    bench.desk.say({ kind: 'promoted', generation: bench.desk.batches[0]!.generation, frame: 0 });
    bench.desk.ask(text(2));
    bench.desk.finish();
    expect(bench.tiers).toEqual([1]);
  });
});

describe('of a promotion', () => {
  it('that was lost the next status tells, and it is made once more', async () => {
    const bench = await Bench.of(text(1));
    bench.sent();
    expect(bench.status({ promoting: bench.desk.batches[0]!.generation }), 'it is waited for').toBe(true);
    expect(bench.tiers).toEqual([1]);
    expect(bench.status()).toBe(true);
    bench.idle();
    bench.answer();
    bench.idle();
    expect(bench.promotions).toHaveLength(2);
  });

  it('whose answer was lost the next status tells, after which nobody asks any more', async () => {
    const bench = await Bench.of(text(1));
    bench.sent();
    expect(bench.status({ tier: 2 })).toBe(true);
    expect(bench.tiers).toEqual([2]);
    bench.status({ tier: 2 });
    expect(bench.status({ tier: 2 })).toBe(false);
    bench.idle();
    expect([bench.open.length, bench.promotions.length]).toEqual([0, 1]);
  });

  it('that the state did not suit another is made, which takes nothing for granted', async () => {
    const bench = await Bench.of(
      'const a = { x: 1 }, b = { x: 2 }\nlet now = a\nexport default (t) => (t > 1 ? (now = b).x : now.x)',
    );
    bench.desk.finish();
    bench.idle();
    expect(bench.open[0]!.job.pointers.length).toBeGreaterThan(0);
    bench.answer();
    bench.idle();
    const { generation } = bench.desk.batches[0]!;
    bench.desk.say({ kind: 'notPromoted', generation, reason: 'state' });
    bench.idle();
    expect(bench.open[0]!.job.pointers).toEqual([]);
    bench.answer({ kind: 'refused', reason: 'a test said so' });
    bench.idle();
    expect(bench.tiers[0]).toBe('a test said so');
  });
});
