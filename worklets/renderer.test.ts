/** The renderer with programs written by hand, against what their samples must be by arithmetic. */
import { describe, expect, it } from 'vitest';
import { HEADER, MAX_MEMORY_PAGES } from '../src/protocol/arena.ts';
import type { ProcessorToWorker } from '../src/protocol/audio.ts';
import type { GenerationBatch } from '../src/protocol/generation.ts';
import { arenaOffset, slot } from '../src/protocol/units.ts';
import { HEAP_START, type ProgramOptions, phasePlan, programBatch } from '../src/testing/handmade.ts';
import { Renderer } from './renderer.ts';

const BASE_A = 1024;
const BASE_B = 65_536;

function setUp() {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_MEMORY_PAGES });
  const table = new WebAssembly.Table({ initial: 2, element: 'anyfunc' });
  const events: ProcessorToWorker[] = [];
  const renderer = new Renderer({ memory, table, sampleRate: 48_000, emit: (event) => events.push(event) });
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
    expect(events).toEqual([{ kind: 'committed', generation: 1, frame: 0, transition: 'cut' }]);
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
      { kind: 'committed', generation: 2, frame: 256, transition: 'fade' },
      { kind: 'retired', generation: 1, frame: 768 },
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

  it('without a fade is in full at its first frame, and retires the old one there', () => {
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
    expect(events.at(-1)).toEqual({ kind: 'retired', generation: 1, frame: 128 });
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

  it('waits for the end of the fade before it', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, fadeFrames: 200 }));
    render(renderer, 128);
    const third = { ...B, generation: 3, from: 2, base: 2 * BASE_B, renderSlot: 3, gain: 2, fadeFrames: 0 };
    commitAtOnce(renderer, programBatch(third));
    const { left } = render(renderer, 256);
    // The fade ends at 328, the next block begins at 384.
    expect(events.slice(2)).toEqual([
      { kind: 'retired', generation: 1, frame: 384 },
      { kind: 'committed', generation: 3, frame: 384, transition: 'cut' },
      { kind: 'retired', generation: 2, frame: 384 },
    ]);
    expect([...left.subarray(128)]).toEqual(
      phases(512)
        .slice(384)
        .map((phase) => 2 * phase),
    );
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
      const odd = n % 2 === 1;
      const place = { base: odd ? BASE_A : BASE_B, renderSlot: odd ? 0 : 2 };
      commitAtOnce(renderer, programBatch({ ...B, ...place, generation: n, from: n - 1, gain: 1, fadeFrames: 100 }));
      heard.push(...render(renderer, 128).left);
    }
    expect(heard).toEqual(phases(128 * 1001));
    expect(events.filter(({ kind }) => kind === 'committed')).toHaveLength(1001);
    expect(events.filter(({ kind }) => kind === 'retired')).toHaveLength(1000);
    expect(memory.buffer.byteLength).toBe(2 * 65_536);
    expect(table.length).toBe(3);
  });

  it('while nobody listens happens at once and without a fade', () => {
    const { renderer, events } = setUp();
    renderer.receive(programBatch(A));
    renderer.commitUnheard();
    renderer.receive(programBatch(B));
    renderer.commitUnheard();
    expect(events).toEqual([
      { kind: 'committed', generation: 1, frame: 0, transition: 'cut' },
      { kind: 'committed', generation: 2, frame: 0, transition: 'cut' },
      { kind: 'retired', generation: 1, frame: 0 },
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
      copies: Int32Array.of(...phasePlan().copies, HEAP_START, HEAP_START + 100, 8),
      pointers: Int32Array.from([0, 1, 2, 3, 4].flatMap((n) => [HEAP_START + 4 * n, HEAP_START + 200 + 4 * n])),
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
    ['has more image than arena', { image: [{ offset: arenaOffset(4000), bytes: new Uint8Array(4000) }] }, /image/],
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
    expect(events.slice(1)).toEqual([{ kind: 'refused', generation: 2, reason: expect.stringMatching(reason) }]);
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

describe('a trap', () => {
  it('during the fade goes back to the old generation within the block', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch(A));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, trapFrame: 300 }));
    const { left, right } = render(renderer, 384);
    // The chunk that begins at 256 is the old one's alone.
    expect([...left.subarray(128)]).toEqual(phases(512).slice(256));
    expect([...right.subarray(128)]).toEqual(Array.from({ length: 256 }, (_, n) => 256 + n));
    expect(events.slice(2)).toEqual([
      {
        ...{ kind: 'trapped', generation: 2, fallback: 1, trapSymbol: expect.any(Number), trapSite: 7, frame: 256 },
        reason: expect.stringContaining('unreachable'),
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
    expect([...left.subarray(128)]).toEqual(
      phases(512)
        .slice(256)
        .map((phase) => 0.3 * phase),
    );
    expect(events.slice(2)).toMatchObject([
      { kind: 'trapped', generation: 1, fallback: 2 },
      { kind: 'retired', generation: 1 },
    ]);
  });

  it('with nothing to fall back on is silence in which time goes on, until a fresh batch fades in', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch({ ...A, trapFrame: 200 }));
    const { left } = render(renderer, 384);
    expect([...left.subarray(0, 128)]).toEqual(phases(128));
    expect(left.subarray(128).every((sample) => sample === 0)).toBe(true);
    expect(events.slice(1)).toMatchObject([
      { kind: 'trapped', generation: 1, fallback: null, trapSite: 7, frame: 128 },
      { kind: 'retired', generation: 1, frame: 128 },
    ]);
    expect(renderer.generation).toBe(null);

    commitAtOnce(renderer, programBatch({ ...A, generation: 2, fadeFrames: 4 }));
    const again = render(renderer, 128);
    const phase = phases(128);
    expect([...again.left]).toEqual([phase[0] * 0.25, phase[1] * 0.5, phase[2] * 0.75, ...phase.slice(3)]);
    expect(again.right[127]).toBe(384 + 127);
  });

  it('of both generations in one block is silence', () => {
    const { renderer, events } = setUp();
    commitAtOnce(renderer, programBatch({ ...A, trapFrame: 200 }));
    render(renderer, 128);
    commitAtOnce(renderer, programBatch({ ...B, trapFrame: 201 }));
    expect(render(renderer, 128).left.every((sample) => sample === 0)).toBe(true);
    expect(events.slice(2)).toMatchObject([
      { kind: 'trapped', generation: 1, fallback: 2 },
      { kind: 'retired', generation: 1 },
      { kind: 'trapped', generation: 2, fallback: null },
      { kind: 'retired', generation: 2 },
    ]);
  });
});
