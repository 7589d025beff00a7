/**
 * What a block allocates, path by path: nothing, once the engine has compiled the code. Read from the heap itself, which
 * only grows between collections; no time is measured.
 */
import v8 from 'node:v8';
import vm from 'node:vm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MainToProcessor, WorkerToProcessor } from '../src/protocol/audio.ts';
import { generation } from '../src/protocol/units.ts';
import { type ProgramOptions, programBatch } from '../src/testing/handmade.ts';
import { loadProcessor, SAMPLE_RATE } from '../src/testing/processorShell.ts';
import { Handover } from './handover.ts';
import { Renderer } from './renderer.ts';

const WINDOW_BLOCKS = 500;
/** A byte a block. One number on the heap in each would be eight or sixteen times as much. */
const NOISE_BYTES = WINDOW_BLOCKS;
const CLEAN_WINDOWS = 3;
/** So long engines may take to compile all there is, on a machine that is busy with other things. */
const MAX_WINDOWS = 200;
/** For what must last as long as all that. */
const FOREVER_FRAMES = 2 ** 30;

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;
const usedBytes = () => v8.getHeapStatistics().used_heap_size;

/** Bytes of heap for each of WINDOW_BLOCKS blocks, the lowest that is kept up for CLEAN_WINDOWS windows in a row. */
function leastBytes(block: () => void, maxWindows = MAX_WINDOWS): number {
  let least = Number.POSITIVE_INFINITY;
  const windows: number[] = [];
  for (let n = 0; n < maxWindows && least > NOISE_BYTES; n++) {
    collect();
    const first = usedBytes();
    const before = usedBytes();
    for (let k = 0; k < WINDOW_BLOCKS; k++) block();
    // Reading the size takes some hundred bytes itself.
    windows.push(usedBytes() - before - (before - first));
    if (n >= CLEAN_WINDOWS) least = Math.min(least, Math.max(...windows.slice(-CLEAN_WINDOWS)));
  }
  return least;
}

const expectNothing = (block: () => void) => expect(leastBytes(block)).toBeLessThan(NOISE_BYTES);

it('sees what is allocated, be it one number in a block', () => {
  // A field that holds nothing but fractions would hold them itself.
  const kept = { value: 'anything' as unknown };
  let n = 0;
  const seen = leastBytes(() => {
    kept.value = n++ + 0.5;
  }, 30);
  expect(seen).toBeGreaterThanOrEqual(8 * WINDOW_BLOCKS);
  expectNothing(() => {
    n = (n + 1) & 1023;
  });
});

class QuietPort {
  messages = 0;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  postMessage(): void {
    this.messages++;
  }
  close(): void {}
  deliver(data: MainToProcessor | WorkerToProcessor): void {
    this.onmessage?.({ data });
  }
}

interface Shell {
  readonly port: QuietPort;
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}

const A: ProgramOptions = { generation: 1, base: 1024, renderSlot: 0, stepSlot: 1, increment: 1e-9 };
const B: ProgramOptions = {
  ...{ generation: 2, from: 1, base: 65_536, renderSlot: 2, stepSlot: 1, increment: null, gain: 0.5 },
  fadeFrames: FOREVER_FRAMES,
};
/** The right channel counts frames, which is loud and no constant; not so with this. */
const SILENT_RIGHT = { rightGain: 0 };

let createShell: new () => Shell;
const realNow = Date.now;

beforeEach(async () => {
  // An engine makes an object of each reading of its clock; those two in a block are not ours.
  Date.now = () => 5;
  createShell = await loadProcessor<Shell>(() => new QuietPort());
});

afterEach(() => {
  Date.now = realNow;
});

/** A processor that plays `options`, and a block of it. */
function playing(options: ProgramOptions) {
  const shell = new createShell();
  const worker = new QuietPort();
  shell.port.deliver({ kind: 'connect', port: worker as unknown as MessagePort });
  worker.deliver({ kind: 'batch', batch: programBatch(options) });
  shell.port.deliver({ kind: 'run', running: true });
  const outputs = [[new Float32Array(128), new Float32Array(128)]];
  const inputs: Float32Array[][] = [];
  const block = () => void shell.process(inputs, outputs);
  // What comes while nothing is heard is committed without a fade.
  for (let n = 0; n < 10; n++) block();
  return { shell, worker, outputs, block };
}

describe('a block of the processor', () => {
  it('without a worker, and stopped', () => {
    const shell = new createShell();
    const outputs = [[new Float32Array(128), new Float32Array(128)]];
    expectNothing(() => void shell.process([], outputs));
  });

  it('of a quiet patch', () => {
    const { block, outputs } = playing({ ...A, ...SILENT_RIGHT, start: 0.1 });
    expectNothing(block);
    expect(outputs[0][0][5]).not.toBe(0);
  });

  it('while the limiter acts', () => {
    const { block, outputs } = playing({ ...A, gain: 100, start: 1 });
    expectNothing(block);
    expect(outputs[0][1][5]).toBeGreaterThan(0.5);
  });

  it('with the limiter switched off', () => {
    const { shell, block } = playing({ ...A, gain: 100, start: 1 });
    shell.port.deliver({ kind: 'limiter', isOn: false });
    expectNothing(block);
  });

  it('while a constant is taken out', () => {
    const { block, outputs } = playing({ ...A, ...SILENT_RIGHT, start: 0.5 });
    expectNothing(block);
    expect(Math.abs(outputs[0][0][5])).toBeLessThan(0.1);
  });

  it('of samples that are not finite', () => {
    const { block, outputs } = playing({ ...A, start: Number.NaN });
    expectNothing(block);
    expect(outputs[0][0][5]).toBe(0);
  });

  it('during a fade', () => {
    const { worker, block } = playing({ ...A, ...SILENT_RIGHT, start: 0.1 });
    worker.deliver({ kind: 'batch', batch: programBatch({ ...B, ...SILENT_RIGHT }) });
    expectNothing(block);
    expect(worker.messages).toBe(4);
  });

  it('while a swap waits for its beat, minutes away', () => {
    const { worker, block } = playing({ ...A, ...SILENT_RIGHT, start: 0.1 });
    worker.deliver({ kind: 'batch', batch: { ...programBatch({ ...B, ...SILENT_RIGHT }), quantumBeats: 2000.5 } });
    expectNothing(block);
    expect(worker.messages).toBe(3);
  });

  it('while a step is taken away', () => {
    const { worker, block } = playing({ ...A, ...SILENT_RIGHT, start: 0.1 });
    worker.deliver({ kind: 'batch', batch: { ...programBatch({ ...B, ...SILENT_RIGHT }), transition: 'offset' } });
    expectNothing(block);
    expect(worker.messages).toBe(5);
  });

  it('of a generation that has adopted data of the one before', () => {
    const { worker, block } = playing({ ...A, ...SILENT_RIGHT, start: 0.1 });
    const adopting = { ...programBatch({ ...B, ...SILENT_RIGHT, fadeFrames: 0 }), holes: Int32Array.of(2600, 2700) };
    worker.deliver({ kind: 'batch', batch: adopting });
    expectNothing(block);
    expect(worker.messages).toBe(5);
  });

  it('while it records', () => {
    const { shell, block } = playing({ ...A, ...SILENT_RIGHT, start: 0.1 });
    const frames = 128 * WINDOW_BLOCKS * (MAX_WINDOWS + 1);
    shell.port.deliver({ kind: 'record', id: 1, frames });
    shell.port.deliver({ kind: 'record', id: 2, frames });
    expectNothing(block);
  });

  it('while it is taped, and when the tape is full', () => {
    const { shell, block } = playing({ ...A, ...SILENT_RIGHT, start: 0.1 });
    // One block of so many frames: no message comes between.
    const frames = 128 * WINDOW_BLOCKS * (MAX_WINDOWS + 1);
    shell.port.deliver({ kind: 'tape', blocks: [new Float32Array(2 * frames)] });
    expectNothing(block);
    shell.port.deliver({ kind: 'cutTape', serial: 1 });
    expectNothing(block);
  });

  it('while somebody looks into its memory', () => {
    const { worker, block } = playing({ ...A, ...SILENT_RIGHT, start: 0.1 });
    const cells = Int32Array.from({ length: 16 }, (_, n) => 128 + 8 * n);
    const room = { extremes: new Float64Array(32), ranges: Int32Array.of(0, 256), bytes: new Uint8Array(256) };
    const look = {
      serial: 1,
      purpose: 'watch' as const,
      generation: generation(1),
      frames: FOREVER_FRAMES,
      cells,
      ...room,
    };
    worker.deliver({ kind: 'look', look });
    expectNothing(block);
    expect([worker.messages, room.extremes.some((value) => value !== 0)]).toEqual([3, true]);
  });

  it('in quanta of other lengths', () => {
    const { shell } = playing({ ...A, ...SILENT_RIGHT, start: 0.1 });
    const outputs = [[new Float32Array(1000), new Float32Array(1000)]];
    expectNothing(() => void shell.process([], outputs));
  });
});

describe('a block of the handover', () => {
  const renderer = () =>
    new Renderer({
      memory: new WebAssembly.Memory({ initial: 4, maximum: 16_384 }),
      table: new WebAssembly.Table({ initial: 8, element: 'anyfunc' }),
      ...{ sampleRate: SAMPLE_RATE, emit: () => undefined, leavesNonFinite: true },
    });

  it('while one renderer takes the place of another', () => {
    const handover = new Handover(FOREVER_FRAMES);
    const [first, second] = [renderer(), renderer()];
    handover.connect(first);
    first.receive(programBatch({ ...A, start: 0.1 }));
    first.stageAll();
    const [left, right] = [new Float64Array(128), new Float64Array(128)];
    handover.process(left, right, 128);
    handover.connect(second);
    expectNothing(() => handover.process(left, right, 128));
    second.receive(programBatch({ ...A, start: 0.3 }));
    second.stageAll();
    expectNothing(() => handover.process(left, right, 128));
    expect(handover.isFading).toBe(true);
    expect(handover.renderer).toBe(second);
  });
});
