/** The renderer with programs written by hand, against what their samples must be by arithmetic. */
import { describe, expect, it } from 'vitest';
import { HEADER, MAX_MEMORY_PAGES } from '../src/protocol/arena.ts';
import { type ProcessorToWorker, TOO_SLOW } from '../src/protocol/audio.ts';
import { type GenerationBatch, NO_POINTER } from '../src/protocol/generation.ts';
import { arenaOffset, slot } from '../src/protocol/units.ts';
import {
  emptyPlan,
  HEAP_START,
  imageOf,
  type ProgramOptions,
  phasePlan,
  programBatch,
} from '../src/testing/handmade.ts';
import { appointedFrame } from './appointedFrame.ts';
import { KEPT_GENERATIONS } from './keptGenerations.ts';
import { Renderer } from './renderer.ts';

const BASE_A = 1024;
const BASE_B = 65_536;

function setUp(options: { leavesNonFinite?: boolean } = {}) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_MEMORY_PAGES });
  const table = new WebAssembly.Table({ initial: 2, element: 'anyfunc' });
  const events: ProcessorToWorker[] = [];
  const renderer = new Renderer({
    ...{ memory, table, sampleRate: 48_000, emit: (event) => events.push(event) },
    ...options,
  });
  return { memory, table, events, renderer };
}

/** Renders in blocks of the given lengths, the last one repeated, until there are `frames` frames. */
function render(renderer: Renderer, frames: number, blocks: readonly number[] = [128]) {
  const left = new Float64Array(frames);
  const right = new Float64Array(frames);
  const largest = Math.max(...blocks);
  const block = [new Float64Array(largest), new Float64Array(largest)];
  for (let frame = 0, n = 0; frame < frames; n++) {
    const length = Math.min(frames - frame, blocks[Math.min(n, blocks.length - 1)]);
    renderer.process(block[0], block[1], length);
    left.set(block[0].subarray(0, length), frame);
    right.set(block[1].subarray(0, length), frame);
    frame += length;
  }
  return { left, right };
}

const A: ProgramOptions = { generation: 1, base: BASE_A, renderSlot: 0, stepSlot: 1, increment: 0.1, start: 0.5 };
/** Follows A: its own root and gain, A's `step` and A's phase. */
const B: ProgramOptions = {
  ...{ generation: 2, from: 1, base: BASE_B, renderSlot: 2, stepSlot: 1, increment: null, start: 99, gain: 0.3 },
  fadeFrames: 480,
};

function commitAtOnce(renderer: Renderer, batch: GenerationBatch): void {
  renderer.receive(batch);
  renderer.stageAll();
}

/** `phase` after each frame. */
function phases(frames: number, start = 0.5, increment = 0.1): number[] {
  let phase = start;
  return Array.from({ length: frames }, () => {
    phase += increment;
    return phase;
  });
}

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

  const third = { ...B, generation: 3, from: 2, base: 2 * BASE_B, renderSlot: 3, gain: 2, fadeFrames: 480 };
  const fourth = { ...B, generation: 4, from: 3, base: 3 * BASE_B, renderSlot: 4, gain: -1, fadeFrames: 1000 };

  it('comes at once during a fade, and goes on from the mix that this has got to', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 480 }));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch(third));
    const { left } = render(renderer, 1024);
    expect(events.slice(2)).toEqual([
      { kind: 'committed', generation: 2, frame: 128, transition: 'fade' },
      { kind: 'committed', generation: 3, frame: 256, transition: 'fade' },
      { kind: 'settled', generation: 3, frame: 768 },
    ]);
    expect(renderer.held).toEqual([2, 1]);
    const phase = phases(1280).slice(256);
    const mixGain = 1 + (0.3 - 1) * (128 / 480);
    for (let n = 0; n < 1024; n++) {
      const gain = mixGain + (2 - mixGain) * Math.min(1, (n + 1) / 480);
      expect(left[n]).toBeCloseTo(gain * phase[n], 12);
    }
  });

  it('lets what is heard least go where three would fade out, without a step', () => {
    const { renderer } = setUp();
    // What is constant shows every step.
    const still = { increment: 0, start: 1 };
    commitAtOnce(renderer, programBatch({ ...A, ...still }));
    const heard = [...render(renderer, 128).left];
    for (const options of [{ ...B, fadeFrames: 480 }, third, fourth]) {
      commitAtOnce(renderer, programBatch({ ...options, ...still }));
      heard.push(...render(renderer, 128).left);
    }
    expect(renderer.held).toEqual([3, 1, 2]);
    heard.push(...render(renderer, 1024).left);
    // From 1 to 0.3, 2 and -1 at 1/480 of the way a frame, and what was let go within 10 ms.
    for (let n = 1; n < heard.length; n++) expect(Math.abs(heard[n] - heard[n - 1])).toBeLessThan(0.0075);
    const parts = [(352 / 480) ** 2, 128 / 480];
    const old = (parts[0] + 2 * parts[1]) / (parts[0] + parts[1]);
    expect(heard[384 + 599]).toBeCloseTo(old + (-1 - old) * 0.6, 12);
    expect(heard.at(-1)).toBe(-1);
  });

  it('is taken back during the fade after a fade, from where both have got to', () => {
    const { renderer } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 480 }));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch(third));
    render(renderer, 128);
    const back = programBatch({ ...B, generation: 4, from: 3, renderSlot: 2, fadeFrames: 480 });
    commitAtOnce(renderer, { ...back, modules: [], image: imageOf([]), reinstates: programBatch(B).generation });
    const { left } = render(renderer, 1024);
    const phase = phases(1408).slice(384);
    // What comes back made up 128 / 480 of what made up 352 / 480; the others keep their proportion to one another.
    const part = (128 / 480) * (352 / 480);
    const [first, last] = [(352 / 480) ** 2, 128 / 480];
    const rest = (first + 2 * last) / (first + last);
    const done = Math.round(part * 480) - 1;
    for (let n = 0; n < 1024; n++) {
      const gain = rest + (0.3 - rest) * Math.min(1, (done + n + 1) / 480);
      expect(left[n]).toBeCloseTo(gain * phase[n], 12);
    }
    expect(renderer.held).toEqual([3, 1]);
  });

  it('may trap during the fade after a fade: what sounded before plays on, and no step is heard', () => {
    for (const [trapping, fallback, held] of [
      [3, 2, [1]],
      [2, null, [1]],
      [1, null, [2]],
    ] as const) {
      const { renderer, events } = setUp();
      const trap = { trapFrame: 384 };
      const still = { increment: 0, start: 1 };
      commitAtOnce(renderer, programBatch({ ...A, ...still, ...(trapping === 1 ? trap : {}) }));
      const heard = [...render(renderer, 128).left];
      for (const options of [{ ...B, fadeFrames: 480 }, third]) {
        const isTrapping = options.generation === trapping;
        commitAtOnce(renderer, programBatch({ ...options, ...still, ...(isTrapping ? trap : {}) }));
        heard.push(...render(renderer, 128).left);
      }
      heard.push(...render(renderer, 1024).left);
      expect(events.find(({ kind }) => kind === 'trapped')).toMatchObject({
        generation: trapping,
        fallback: fallback ?? 3,
      });
      expect(renderer.held).toEqual(held);
      for (let n = 1; n < heard.length; n++) expect(Math.abs(heard[n] - heard[n - 1])).toBeLessThan(0.02);
      expect(heard.at(-1)).toBe(trapping === 3 ? 0.3 : 2);
    }
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

  it.each(refusals)('%s is refused, and the sound goes on', (_, wrong, reason) => {
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

/** What is left of a step of `offset` after `n` of `frames` frames. */
const decaying = (offset: number, n: number, frames: number) => (n < frames ? offset * (1 - n / frames) ** 2 : 0);

/** Of ten milliseconds: how long the step of a rollback takes to decay. */
const ROLLBACK_FRAMES = 480;

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

describe('an appointed swap', () => {
  it.each([
    [1000, 128, 1000],
    [128, 128, 256],
    [1000 / 3, 64, 334],
    [300, 7, 300],
  ])('happens at the multiple of %d frames that comes next, whatever the blocks (%i)', (quantum, block, frame) => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 130, [130]);
    commitAtOnce(renderer, { ...programBatch({ ...B, fadeFrames: 0 }), quantumFrames: quantum });
    const { left } = render(renderer, 1400, [block]);
    const expected = phases(1530)
      .slice(130)
      .map((value, n) => (130 + n < frame ? value : 0.3 * value));
    expect([...left]).toEqual(expected);
    expect(events.slice(2)[0]).toEqual({ kind: 'committed', generation: 2, frame, transition: 'cut' });
  });

  it('is at once while nothing is heard, and can be withdrawn before', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 130, [130]);
    renderer.receive({ ...programBatch(B), quantumFrames: 4800 });
    render(renderer, 130, [130]);
    renderer.withdraw(programBatch(A).generation);
    expect(renderer.hasBatch).toBe(true);
    renderer.withdraw(programBatch(B).generation);
    expect(events.at(-1)).toMatchObject({ kind: 'refused', generation: 2 });
    renderer.receive({ ...programBatch({ ...B, generation: 3 }), quantumFrames: 4800 });
    renderer.commitUnheard();
    expect(renderer.generation).toBe(3);
  });

  it('finds frames by counting', () => {
    for (const quantum of [1, 7, 100.5, 22_050 / 7, 48_000 / 7, 1e6 / 3]) {
      let count = 0;
      for (let frame = 0; frame < 100_000; frame += 37) {
        while (Math.ceil(count * quantum) < frame) count++;
        expect(appointedFrame(frame, quantum)).toBe(Math.ceil(count * quantum));
      }
    }
  });
});

describe('a generation that is kept', () => {
  const back = (options: Partial<GenerationBatch>): GenerationBatch => ({
    ...programBatch({ ...A, generation: 3, from: 2, fadeFrames: 480 }),
    ...{ modules: [], image: imageOf([]), reinstates: programBatch(A).generation },
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
      renderer.took(load * ms(128), 128);
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
