/** The renderer with programs written by hand, against what their samples must be by arithmetic. */
import { describe, expect, it } from 'vitest';
import { HEADER } from '../src/protocol/arena.ts';
import { type GenerationBatch, NO_POINTER } from '../src/protocol/generation.ts';
import { arenaOffset, slot } from '../src/protocol/units.ts';
import { HEAP_START, imageOf, type ProgramOptions, phasePlan, programBatch } from '../src/testing/handmade.ts';
import { A, B, BASE_A, BASE_B, commitAtOnce, decaying, phases, render, setUp } from '../src/testing/rendererBench.ts';
import { KEPT_GENERATIONS } from './keptGenerations.ts';

describe('a first generation', () => {
  it('plays from frame 0 of its own time, which stands still until then', () => {
    const { renderer, events } = setUp();
    expect(render(renderer, 256).left.every((sample) => sample === 0)).toBe(true);
    expect(renderer.currentFrame).toBe(0);

    commitAtOnce(renderer, programBatch(A));
    const { left, right } = render(renderer, 1000);
    expect([...left]).toEqual(phases(1000));
    expect([...right]).toEqual(Array.from({ length: 1000 }, (_, n) => n));
    expect(renderer.currentFrame).toBe(1000);
    expect(events).toEqual([
      { kind: 'committed', generation: 1, frame: 0, transition: 'cut' },
      { kind: 'settled', generation: 1, frame: 0 },
    ]);
  });

  it('finds the sample rate and the frame in its header', () => {
    const { renderer, memory } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 300);
    const view = new DataView(memory.buffer);
    expect(view.getFloat64(BASE_A + HEADER.SAMPLE_RATE, true)).toBe(48_000);
    expect(view.getFloat64(BASE_A + HEADER.CURRENT_FRAME, true)).toBe(300);
  });
});

describe('a swap', () => {
  it('fades from the old program to the new one and ends in the new one alone, bit for bit', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    const before = render(renderer, 256);
    commitAtOnce(renderer, programBatch(B));
    const after = render(renderer, 1024);

    const phase = phases(256 + 1024);
    expect([...before.left]).toEqual(phase.slice(0, 256));
    for (let n = 0; n < 1024; n++) {
      const oldSample = phase[256 + n];
      const newSample = 0.3 * phase[256 + n];
      const expected = n < 479 ? oldSample + (newSample - oldSample) * ((n + 1) / 480) : newSample;
      expect(after.left[n]).toBe(expected);
      // What both have in common is untouched.
      expect(after.right[n]).toBe(256 + n);
    }
    expect(events).toEqual([
      { kind: 'committed', generation: 1, frame: 0, transition: 'cut' },
      { kind: 'settled', generation: 1, frame: 0 },
      { kind: 'committed', generation: 2, frame: 256, transition: 'fade' },
      { kind: 'settled', generation: 2, frame: 768 },
    ]);
  });

  it('starts fresh where the batch continues nothing, and still fades', () => {
    const { renderer } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, from: null, start: 7, gain: 1, fadeFrames: 4 }));
    const { left } = render(renderer, 128);
    const oldPhase = phases(256);
    const newPhase = phases(128, 7);
    expect(left[0]).toBe(oldPhase[128] + (newPhase[0] - oldPhase[128]) * 0.25);
    expect([...left.subarray(3)]).toEqual(newPhase.slice(3));
  });

  it('without a fade is in full at its first frame', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 0 }));
    const { left } = render(renderer, 128);
    expect([...left]).toEqual(
      phases(256)
        .slice(128)
        .map((phase) => 0.3 * phase),
    );
    expect(events.at(-1)).toEqual({ kind: 'settled', generation: 2, frame: 128 });
  });

  it('keeps minus zero and infinity where old and new agree', () => {
    const { renderer } = setUp();
    const still = { increment: -0, start: -0 };
    commitAtOnce(renderer, programBatch({ ...A, ...still }));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, gain: 1 }));
    expect([...render(renderer, 480).left].every((sample) => Object.is(sample, -0))).toBe(true);

    const loud = setUp().renderer;
    commitAtOnce(loud, programBatch({ ...A, start: Number.POSITIVE_INFINITY }));
    render(loud, 128);
    commitAtOnce(loud, programBatch({ ...B, gain: 2 }));
    expect([...render(loud, 480).left].every((sample) => sample === Number.POSITIVE_INFINITY)).toBe(true);
  });

  it('gives the same samples for any block length', () => {
    const play = (blocks: readonly number[]) => {
      const { renderer } = setUp();
      commitAtOnce(renderer, programBatch(A));
      const before = render(renderer, 512, blocks);
      commitAtOnce(renderer, programBatch(B));
      const after = render(renderer, 1000, blocks);
      return [before.left, before.right, after.left, after.right].map((samples) => [...samples]);
    };
    const expected = play([128]);
    for (const blocks of [[1], [7], [64], [480], [512], [1000], [3, 200, 1, 128, 129, 5]]) {
      expect(play(blocks)).toEqual(expected);
    }
  });

  it('a thousand times over leaves no trace in the sound', () => {
    const { renderer, events, memory, table } = setUp();
    commitAtOnce(renderer, programBatch(A));
    const heard: number[] = [...render(renderer, 128).left];
    for (let n = 2; n <= 1001; n++) {
      // As many places as there are generations at a time: old, new, and those that are kept.
      const index = n % (KEPT_GENERATIONS + 2);
      const place = { base: BASE_A + 8192 * index, renderSlot: 2 + index };
      commitAtOnce(renderer, programBatch({ ...B, ...place, generation: n, from: n - 1, gain: 1, fadeFrames: 100 }));
      heard.push(...render(renderer, 128).left);
    }
    expect(heard).toEqual(phases(128 * 1001));
    expect(events.filter(({ kind }) => kind === 'committed')).toHaveLength(1001);
    expect(events.filter(({ kind }) => kind === 'retired')).toHaveLength(1000 - KEPT_GENERATIONS);
    expect(memory.buffer.byteLength).toBe(65_536);
    expect(table.length).toBe(2 + KEPT_GENERATIONS + 2);
  });

  it('while nobody listens happens at once and without a fade', () => {
    const { renderer, events } = setUp();
    renderer.receive(programBatch(A));
    renderer.commitUnheard();
    renderer.receive(programBatch(B));
    renderer.commitUnheard();
    expect(events).toEqual([
      { kind: 'committed', generation: 1, frame: 0, transition: 'cut' },
      { kind: 'settled', generation: 1, frame: 0 },
      { kind: 'committed', generation: 2, frame: 0, transition: 'cut' },
      { kind: 'settled', generation: 2, frame: 0 },
    ]);
    expect([...render(renderer, 10).left]).toEqual(phases(10).map((phase) => 0.3 * phase));
  });
});

describe('the copy plan', () => {
  it('moves bytes and relocates pointers to objects that moved', () => {
    const { renderer, memory } = setUp();
    const word = (values: number[]) => new Uint8Array(Int32Array.from(values).buffer);
    commitAtOnce(
      renderer,
      // Pointers into objects at 5000..5016 and 6000..6008, one to undefined, one beyond every object.
      programBatch({ ...A, extra: [{ offset: arenaOffset(HEAP_START), bytes: word([5000, 5012, 6004, 0, 6008]) }] }),
    );
    render(renderer, 128);
    const plan = {
      ahead: new Int32Array(),
      copies: Int32Array.of(...phasePlan().copies, HEAP_START, HEAP_START + 100, 8),
      pointers: Int32Array.from(
        [0, 1, 2, 3, 4].flatMap((n) => [HEAP_START + 4 * n, HEAP_START + 200 + 4 * n, NO_POINTER, NO_POINTER]),
      ),
      objects: Int32Array.of(5000, 5016, 7000, 6000, 6008, 8000),
      rings: new Int32Array(),
      fits: new Int32Array(),
    };
    const image = { offset: arenaOffset(HEAP_START + 200), bytes: word([1, 2, 3, 4, 5]) };
    commitAtOnce(renderer, programBatch({ ...B, plan, extra: [image] }));
    render(renderer, 1);
    const heap = new Int32Array(memory.buffer, BASE_B + HEAP_START);
    expect([...heap.subarray(25, 27)]).toEqual([5000, 5012]);
    expect([...heap.subarray(50, 55)]).toEqual([7000, 7012, 8004, 4, 5]);
  });
});

describe('a batch that cannot be played', () => {
  const refusals: [string, Partial<GenerationBatch>, RegExp][] = [
    ['has bytes that are no module', { modules: [{ ...moduleOf(B), code: new Uint8Array([1, 2, 3]) }] }, /./],
    ['lacks an import', { modules: [{ ...moduleOf(B), symbols: {} }] }, /./],
    [
      'names an export that is not there',
      { modules: [{ ...moduleOf(B), exports: [{ name: 'x', slot: slot(2) }] }] },
      /./,
    ],
    ['has more image than arena', { image: imageOf([{ offset: 4000, bytes: new Uint8Array(4000) }]) }, /image/],
    ['has an arena beyond the memory', { memoryBytes: 0 }, /memory/],
    ['asks for more memory than there can be', { memoryBytes: 2 ** 40 }, /./],
    ['has nothing to render with', { render: slot(500) }, /function/],
    ['continues a generation that does not play', { from: programBatch({ ...A, generation: 9 }).generation }, /9/],
  ];

  it.each(refusals)('%s is refused, and the sound continues', (_, wrong, reason) => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    const heard = [...render(renderer, 128).left];
    renderer.receive({ ...programBatch(B), ...wrong });
    heard.push(...render(renderer, 1280).left);
    expect(events.slice(2)).toEqual([{ kind: 'refused', generation: 2, reason: expect.stringMatching(reason) }]);
    expect(heard).toEqual(phases(128 * 11));

    // And the next one is taken.
    commitAtOnce(renderer, programBatch({ ...B, generation: 3 }));
    render(renderer, 128);
    expect(renderer.generation).toBe(3);
  });

  it('comes while another is under way', () => {
    const { renderer, events } = setUp();
    renderer.receive(programBatch(A));
    renderer.receive(programBatch({ ...B, from: null }));
    expect(events).toEqual([{ kind: 'refused', generation: 2, reason: expect.any(String) }]);
    render(renderer, 1280);
    expect(renderer.generation).toBe(1);
  });
});

function moduleOf(options: ProgramOptions) {
  return programBatch(options).modules[0];
}

describe('a swap without a crossfade', () => {
  it('takes the step away by an offset that decays', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 256);
    commitAtOnce(renderer, { ...programBatch({ ...B, fadeFrames: 200 }), transition: 'offset' });
    const { left, right } = render(renderer, 512, [100]);
    const phase = phases(768);
    const offset = phase[255] - 0.3 * phase[256];
    for (let n = 0; n < 512; n++) {
      expect(left[n]).toBeCloseTo(0.3 * phase[256 + n] + decaying(offset, n, 200), 12);
      expect(right[n]).toBeCloseTo(256 + n + decaying(-1, n, 200), 12);
    }
    expect([...left.subarray(200)]).toEqual(phase.slice(456).map((value) => 0.3 * value));
    expect(events.slice(2)).toEqual([
      { kind: 'committed', generation: 2, frame: 256, transition: 'offset' },
      { kind: 'settled', generation: 2, frame: 256 },
    ]);
  });
});
