/** Beats by hand: where they are, what a change of tempo does to them, and the frames on which a swap waits for them. */
import { describe, expect, it } from 'vitest';
import { HEADER } from '../src/protocol/arena.ts';
import { arenaOffset } from '../src/protocol/units.ts';
import { randomPicks } from '../src/testing/compileText.ts';
import { HEAP_START, type ProgramOptions, programBatch } from '../src/testing/handmade.ts';
import { B as AFTER, commitAtOnce, A as FIRST, phases, render, setUp } from '../src/testing/rendererBench.ts';
import { BeatClock } from './beatClock.ts';

const RATE = 48_000;

/** The clock after it has followed an arena at these tempi, from these frames on. */
function clockAfter(...changes: readonly (readonly [bpm: number, frame: number])[]): BeatClock {
  const clock = new BeatClock(RATE);
  const f64 = new Float64Array(64);
  for (const [bpm, frame] of changes) {
    clock.writeTo(f64, 0, bpm, frame);
    clock.follow(f64, 0);
  }
  return clock;
}

describe('the beat', () => {
  it('rises by the tempo, from where it was when that changed', () => {
    const at5 = 0 + (240_000 * 128) / (60 * RATE);
    const clock = clockAfter([128, 0], [132, 240_000]);
    expect(clock.at(240_000)).toBe(at5);
    expect(clock.at(300_001)).toBe(at5 + ((300_001 - 240_000) * 132) / (60 * RATE));
  });

  it('keeps its bits through commits that leave the tempo alone', () => {
    const clock = clockAfter([97, 0], [97, 1001], [97, 77_777]);
    for (const frame of [0, 1, 1001, 77_777, 123_456]) expect(clock.at(frame)).toBe((frame * 97) / (60 * RATE));
  });

  it('stays finite whatever the tempo was', () => {
    const clock = clockAfter([1e308, 0], [120, 48_000]);
    expect(clock.at(72_000)).toBe(1);
  });
});

describe('frames on which beats begin', () => {
  it('are found as by counting, at any tempo, rate and place', () => {
    const seed = 42;
    const below = randomPicks(seed);
    const pick = (values: readonly number[]): number => values[below(values.length)];
    for (let n = 0; n < 40; n++) {
      const rate = pick([8000, 22_050, 44_100, 48_000, 96_000]);
      const [bpm, quantum] = [pick([60, 128, 97.3, 400 / 3, 9999, 600]), pick([1, 4, 3, 7, 3.5])];
      const clock = new BeatClock(rate);
      const f64 = new Float64Array(64);
      const changes = [below(100_000), below(100_000)].sort((a, b) => a - b);
      clock.writeTo(f64, 0, pick([50, 61.7, 333]), changes[0]);
      clock.follow(f64, 0);
      clock.writeTo(f64, 0, bpm, changes[1]);
      clock.follow(f64, 0);
      const from = changes[1] + 1 + below(1000);
      let frame = from;
      const barAt = (at: number) => Math.floor(clock.at(at) / quantum);
      while (barAt(frame) === barAt(frame - 1)) frame++;
      expect(clock.framesTo(from, quantum, 0), `seed ${seed}, turn ${n}`).toBe(frame - from);
      expect(clock.framesTo(frame, quantum, 0), `seed ${seed}, turn ${n}`).toBe(0);
    }
  });

  it('are none to wait for where the tempo is none', () => {
    for (const bpm of [0, -120, 0.5, 1e6, Number.NaN]) expect(clockAfter([bpm, 0]).framesTo(100, 4, 0)).toBe(0);
    expect(clockAfter([120, 0]).framesTo(100, 0, 0)).toBe(0);
  });

  it('can be those of another tempo, as if that had been there since the last change', () => {
    const clock = clockAfter([120, 0], [1, 24_000]);
    // One beat has passed; the next one is a minute away, or half a second.
    expect(clock.framesTo(24_001, 1, 0)).toBe(60 * RATE - 1);
    expect(clock.framesTo(24_001, 1, 120)).toBe(23_999);
    expect(clock.framesTo(48_001, 1, 120)).toBe(23_999);
  });

  it('cost the same few steps at positions that no number of beats changes any more', () => {
    for (const bpm of [1e18, 1e25, 1e300]) {
      expect(clockAfter([bpm, 0], [1, 48_000_000]).framesTo(48_000_001, 4, 0)).toBeGreaterThanOrEqual(0);
    }
  });
});

/** Programs that say their tempo in a word of their arena. */
function withTempo(options: ProgramOptions, bpm: number) {
  const bytes = new Uint8Array(new Float64Array([bpm]).buffer);
  const batch = programBatch({ ...options, extra: [{ offset: HEAP_START, bytes }] });
  return { ...batch, bpmOffset: arenaOffset(HEAP_START) };
}

describe('an appointed swap', () => {
  it.each([
    [2880, 1, 128, 1000],
    [9600, 3.5, 128, 1050],
    [8640, 1, 64, 334],
    [9600, 1, 7, 300],
  ])(
    'at %d beats a minute commits at the next multiple of %d beats, whatever the blocks',
    (bpm, beats, block, frame) => {
      const { renderer, events } = setUp();
      commitAtOnce(renderer, withTempo(FIRST, bpm));
      render(renderer, 130, [130]);
      commitAtOnce(renderer, { ...programBatch({ ...AFTER, fadeFrames: 0 }), quantumBeats: beats });
      const { left } = render(renderer, 1400, [block]);
      const expected = phases(1530)
        .slice(130)
        .map((value, n) => (130 + n < frame ? value : 0.3 * value));
      expect([...left]).toEqual(expected);
      expect(events.slice(2)[0]).toEqual({ kind: 'committed', generation: 2, frame, transition: 'cut' });
    },
  );

  it('is at once while nothing is heard, and can be withdrawn before', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(FIRST));
    render(renderer, 130, [130]);
    renderer.receive({ ...programBatch(AFTER), quantumBeats: 1 });
    render(renderer, 870, [145]);
    expect(renderer.framesToCommit()).toBe(48_000 - 1000);
    renderer.withdraw(programBatch(FIRST).generation);
    expect(renderer.hasBatch).toBe(true);
    renderer.withdraw(programBatch(AFTER).generation);
    expect(events.at(-1)).toMatchObject({ kind: 'refused', generation: 2 });
    renderer.receive({ ...programBatch({ ...AFTER, generation: 3 }), quantumBeats: 1 });
    renderer.commitUnheard();
    expect(renderer.generation).toBe(3);
  });

  it('is refused at once when what it was to continue traps, so that it is made again by the tempo that plays then', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, withTempo(FIRST, 120));
    render(renderer, 1000);
    commitAtOnce(renderer, withTempo({ ...AFTER, fadeFrames: 0, trapFrame: 3000 }, 60));
    render(renderer, 1000);
    const [waiting, again] = [3, 4].map((number) => ({
      ...programBatch({ ...AFTER, generation: number, from: number === 3 ? 2 : 1, base: 131_072, renderSlot: 4 }),
      quantumBeats: 1,
    }));
    commitAtOnce(renderer, waiting);
    render(renderer, 2000);
    expect(events.filter(({ kind }) => kind === 'trapped' || kind === 'refused')).toMatchObject([
      { kind: 'trapped', generation: 2, fallback: 1 },
      { kind: 'refused', generation: 3 },
    ]);
    commitAtOnce(renderer, again);
    render(renderer, 48_000);
    // By hand: 1000 frames at 120, up to the chunk in which it trapped at 60, then 120 again.
    const trapped = events.find(({ kind }) => kind === 'trapped');
    const at = trapped?.kind === 'trapped' ? trapped.frame : Number.NaN;
    const position = 1000 / 24_000 + (at - 1000) / 48_000;
    const due = at + Math.ceil((1 - position) * 24_000);
    expect(events.findLast(({ kind }) => kind === 'committed')).toMatchObject({ generation: 4, frame: due });
  });

  it('does not wait for a tempo that has become none', () => {
    const { renderer } = setUp();
    commitAtOnce(renderer, withTempo(FIRST, 0));
    render(renderer, 130, [130]);
    commitAtOnce(renderer, { ...programBatch({ ...AFTER, fadeFrames: 0 }), quantumBeats: 4 });
    render(renderer, 1);
    expect(renderer.generation).toBe(2);
  });

  it('finds the beat in its header', () => {
    const { renderer, memory } = setUp();
    commitAtOnce(renderer, withTempo(FIRST, 120));
    render(renderer, 12_000);
    commitAtOnce(renderer, withTempo({ ...AFTER, fadeFrames: 0 }, 90));
    render(renderer, 1);
    const view = new DataView(memory.buffer);
    const fields = [HEADER.BEAT_POSITION, HEADER.BEAT_FRAME, HEADER.BPM];
    expect(fields.map((field) => view.getFloat64(AFTER.base + field, true))).toEqual([0.5, 12_000, 90]);
    expect(fields.map((field) => view.getFloat64(FIRST.base + field, true))).toEqual([0, 0, 120]);
  });
});
