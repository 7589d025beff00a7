/** What plays instead when a generation traps, is too slow or makes nothing finite, or is undone. */
import { describe, expect, it } from 'vitest';
import { TOO_SLOW } from '../src/protocol/audio.ts';
import type { GenerationBatch, ReinstatingBatch } from '../src/protocol/generation.ts';
import { emptyPlan, phasePlan, programBatch } from '../src/testing/handmade.ts';
import { A, B, commitAtOnce, decaying, phases, ROLLBACK_FRAMES, render, setUp } from '../src/testing/rendererBench.ts';
import type { Renderer } from './renderer.ts';

describe('a generation that is kept', () => {
  const back = (options: Partial<ReinstatingBatch>): GenerationBatch => ({
    ...programBatch({ ...A, generation: 3, from: 2, fadeFrames: 480 }),
    reinstates: programBatch(A).generation,
    ...options,
  });

  it('comes back with a fade, and with the state that the plan carries over', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 0 }));
    render(renderer, 128);
    commitAtOnce(renderer, back({ plan: phasePlan() }));
    const { left } = render(renderer, 1024);
    const phase = phases(1280).slice(256);
    for (let n = 0; n < 1024; n++) {
      const old = 0.3 * phase[n];
      expect(left[n]).toBe(n < 479 ? old + (phase[n] - old) * ((n + 1) / 480) : phase[n]);
    }
    // Its arena is the new generation's now, so that it does not retire.
    expect(events.slice(4)).toEqual([
      { kind: 'committed', generation: 3, frame: 256, transition: 'fade' },
      { kind: 'settled', generation: 3, frame: 768 },
    ]);
  });

  it('comes back at once while it still fades out: the fade turns round', () => {
    const { renderer } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch(B));
    render(renderer, 128);
    commitAtOnce(renderer, back({}));
    const { left } = render(renderer, 480);
    const phase = phases(768).slice(256);
    for (let n = 0; n < 480; n++) {
      const gain = Math.max(0, (128 - n) / 480);
      expect(left[n]).toBeCloseTo(phase[n] * (1 - gain) + 0.3 * phase[n] * gain, 12);
    }
    expect([...left.subarray(200)]).toEqual(phase.slice(200, 480));
    expect(renderer.generation).toBe(3);
  });

  it('is refused when it is gone', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 0 }));
    render(renderer, 128);
    renderer.drop([programBatch(A).generation]);
    expect(events.at(-1)).toEqual({ kind: 'retired', generation: 1, frame: 256 });
    commitAtOnce(renderer, back({}));
    render(renderer, 128);
    expect(events.at(-1)).toMatchObject({ kind: 'refused', generation: 3 });
    expect(renderer.generation).toBe(2);
  });

  it('takes over within the chunk when the live one traps, with the state that goes back', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 0, trapFrame: 400 }));
    const heard = [...render(renderer, 64, [64]).left];
    renderer.setWayBack(programBatch(B).generation, programBatch(A).generation, phasePlan());
    heard.push(...render(renderer, 1280 - 64, [64]).left);
    const phase = phases(1500);
    // The chunk from 384 on is rendered again: the state is that of frame 400, where the trap was.
    const restart = phase.slice(400);
    const offset = 0.3 * phase[383] - restart[0];
    for (let n = 0; n < 1280; n++) {
      const frame = 128 + n;
      const at = frame - 384;
      const expected = at < 0 ? 0.3 * phase[frame] : restart[at] + decaying(offset, at, ROLLBACK_FRAMES);
      expect(heard[n]).toBeCloseTo(expected, 10);
    }
    expect(events.slice(4)).toMatchObject([
      { kind: 'trapped', generation: 2, fallback: 1, trapSite: 7, frame: 384 },
      { kind: 'retired', generation: 2, frame: 384 },
    ]);
    expect(renderer.generation).toBe(1);
  });

  it('is passed over when it traps too, for one that does not', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    const places = { fadeFrames: 0, base: 8192, renderSlot: 2 };
    commitAtOnce(renderer, programBatch({ ...B, ...places, trapFrame: 400 }));
    render(renderer, 128);
    const third = { generation: 3, from: 2, base: 16_384, renderSlot: 3, trapFrame: 401 };
    commitAtOnce(renderer, programBatch({ ...B, ...places, ...third }));
    render(renderer, 256);
    expect(events.slice(6)).toMatchObject([
      { kind: 'retired', generation: 2 },
      { kind: 'trapped', generation: 3, fallback: 1 },
      { kind: 'retired', generation: 3 },
    ]);
    expect(renderer.generation).toBe(1);
  });
});

describe('a generation that is too slow', () => {
  const ms = (frames: number) => frames / 48;
  /** Renders a second in blocks, of which each takes so much of its time. */
  function renderAt(renderer: Renderer, load: number): number[] {
    const heard: number[] = [];
    for (let n = 0; n < 375; n++) {
      heard.push(...render(renderer, 128).left);
      renderer.recordBlockTime(load * ms(128), 128);
    }
    return heard;
  }

  it('is left for the newest that was not, with the state that goes back, without a step', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    renderAt(renderer, 0.5);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 0 }));
    render(renderer, 128);
    renderer.setWayBack(programBatch(B).generation, programBatch(A).generation, phasePlan());
    const heard = renderAt(renderer, 1.25);
    // The machine may be busy: what once had time enough stays.
    renderAt(renderer, 1.25);
    const phase = phases(2 * 48_128 + 128);
    // Half a second of its own time.
    const left = heard.findIndex((sample, n) => sample !== 0.3 * phase[48_128 + n]);
    expect(Math.abs(left - (0.5 * 48_000) / 1.25)).toBeLessThan(256);
    const offset = heard[left - 1] - phase[48_128 + left];
    for (let n = left; n < heard.length; n++) {
      expect(heard[n]).toBeCloseTo(phase[48_128 + n] + decaying(offset, n - left, ROLLBACK_FRAMES), 9);
    }
    expect(events.slice(4)).toMatchObject([
      { kind: 'trapped', generation: 2, fallback: 1, trapSymbol: 0, reason: TOO_SLOW, load: expect.closeTo(1.25, 9) },
      { kind: 'retired', generation: 2 },
    ]);
    expect(renderer.generation).toBe(1);
  });

  it('plays on where nothing better is kept, and is told of once', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    renderAt(renderer, 2);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 0 }));
    renderAt(renderer, 3);
    renderAt(renderer, 3);
    expect(renderer.generation).toBe(2);
    expect(events.filter(({ kind }) => kind === 'slow' || kind === 'trapped')).toEqual([
      { kind: 'slow', generation: 1, load: expect.closeTo(2, 9) },
      { kind: 'slow', generation: 2, load: expect.closeTo(3, 9) },
    ]);
  });

  it('is not judged while another one sounds with it', () => {
    const { renderer } = setUp();
    commitAtOnce(renderer, programBatch(A));
    renderAt(renderer, 0.5);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 48_000 }));
    renderAt(renderer, 5);
    expect(renderer.generation).toBe(2);
  });
});

describe('samples that are not finite', () => {
  const lost = { ...B, start: Number.NaN, plan: emptyPlan(), fadeFrames: 0 };

  it('and stay so bring back what played before, with the state it had', () => {
    const { renderer, events } = setUp({ leavesNonFinite: true });
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch(lost));
    const { left } = render(renderer, 1280);
    // Half of a block of 128 frames after the limit of 256 there is the old program again.
    expect([...left.subarray(0, 128)].every(Number.isNaN)).toBe(true);
    expect([...left.subarray(640)]).toEqual(phases(2000).slice(128 + 640 - 128, 128 + 1280 - 128));
    expect(events.slice(4)).toMatchObject([
      { kind: 'trapped', generation: 2, fallback: 1, trapSymbol: 0, reason: expect.stringContaining('finite') },
      { kind: 'retired', generation: 2 },
    ]);
  });

  it('do not go over into what mends them', () => {
    const { renderer, events } = setUp({ leavesNonFinite: true });
    commitAtOnce(renderer, programBatch({ ...A, start: Number.NaN }));
    render(renderer, 1000);
    commitAtOnce(renderer, programBatch({ ...B, start: 3, gain: 1 }));
    const { left } = render(renderer, 1000);
    expect(events.at(-2)).toEqual({
      ...{ kind: 'committed', generation: 2, frame: 1000, transition: 'fade', isStateLost: true },
    });
    expect([...left.subarray(480)]).toEqual(phases(1000, 3).slice(480));
  });

  it('play on where nothing better is kept, or nobody asked', () => {
    for (const options of [{ leavesNonFinite: true }, {}]) {
      const { renderer } = setUp(options);
      if (options.leavesNonFinite === undefined) {
        commitAtOnce(renderer, programBatch(A));
        render(renderer, 128);
      }
      commitAtOnce(renderer, programBatch({ ...lost, from: null, stepSlot: 1, increment: 0.1 }));
      render(renderer, 2000);
      expect(renderer.generation).toBe(2);
    }
  });
});

describe('a trap', () => {
  it('during the fade goes back to the old generation within the block', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, trapFrame: 300 }));
    const { left, right } = render(renderer, 384);
    // The chunk that begins at 256 is the old one's alone; the step to it decays.
    const phase = phases(512).slice(256);
    const offset = left[127] - phase[0];
    for (let n = 0; n < 256; n++) {
      expect(left[128 + n]).toBeCloseTo(phase[n] + decaying(offset, n, ROLLBACK_FRAMES), 12);
      expect(right[128 + n]).toBeCloseTo(256 + n + decaying(-1, n, ROLLBACK_FRAMES), 12);
    }
    expect(events.slice(3)).toEqual([
      {
        ...{ kind: 'trapped', generation: 2, fallback: 1, trapSymbol: expect.any(Number), trapSite: 7, frame: 256 },
        ...{ reason: expect.stringContaining('unreachable'), stack: expect.any(String) },
      },
      { kind: 'retired', generation: 2, frame: 256 },
    ]);
    expect(renderer.generation).toBe(1);
  });

  it('of the old generation during the fade leaves the new one alone', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch({ ...A, trapFrame: 300 }));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch(B));
    const { left } = render(renderer, 384);
    const alone = phases(512)
      .slice(256)
      .map((phase) => 0.3 * phase);
    const offset = left[127] - alone[0];
    for (let n = 0; n < 256; n++) {
      expect(left[128 + n]).toBeCloseTo(alone[n] + decaying(offset, n, ROLLBACK_FRAMES), 12);
    }
    expect(events.slice(3)).toMatchObject([
      { kind: 'trapped', generation: 1, fallback: 2 },
      { kind: 'retired', generation: 1 },
      { kind: 'settled', generation: 2 },
    ]);
  });

  it('with nothing to fall back on is silence in which time goes on, until a fresh batch fades in', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch({ ...A, trapFrame: 200 }));
    const { left } = render(renderer, 768);
    expect([...left.subarray(0, 128)]).toEqual(phases(128));
    const last = left[127];
    for (let n = 0; n < 640; n++) expect(left[128 + n]).toBeCloseTo(decaying(last, n, ROLLBACK_FRAMES), 12);
    expect(events.slice(2)).toMatchObject([
      { kind: 'trapped', generation: 1, fallback: null, trapSite: 7, frame: 128 },
      { kind: 'retired', generation: 1, frame: 128 },
    ]);
    expect(renderer.generation).toBe(null);

    commitAtOnce(renderer, programBatch({ ...A, generation: 2, fadeFrames: 4 }));
    const again = render(renderer, 128);
    const phase = phases(128);
    expect([...again.left]).toEqual([phase[0] * 0.25, phase[1] * 0.5, phase[2] * 0.75, ...phase.slice(3)]);
    expect(again.right[127]).toBe(768 + 127);
  });

  it('of both generations in one block is silence', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch({ ...A, trapFrame: 200 }));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, trapFrame: 201 }));
    render(renderer, ROLLBACK_FRAMES);
    expect(render(renderer, 128).left.every((sample) => sample === 0)).toBe(true);
    expect(events.slice(3)).toMatchObject([
      { kind: 'trapped', generation: 1, fallback: 2 },
      { kind: 'retired', generation: 1 },
      { kind: 'settled', generation: 2 },
      { kind: 'trapped', generation: 2, fallback: null },
      { kind: 'retired', generation: 2 },
    ]);
  });
});
