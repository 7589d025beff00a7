/**
 * The processor in a scope that has what an AudioWorkletGlobalScope has and nothing besides, with ports that keep messages.
 * Tests only.
 */

import { afterEach, beforeEach, expect, vi } from 'vitest';
import {
  type MainToProcessor,
  PROCESSOR_NAME,
  type ProcessorToMain,
  type ProcessorToWorker,
  type WorkerToProcessor,
} from '../protocol/audio.ts';

export const SAMPLE_RATE = 48_000;

export class FakePort<In, Out> {
  readonly sent: Out[] = [];
  onmessage: ((event: { data: In }) => void) | null = null;
  closed = false;
  postMessage(message: Out): void {
    this.sent.push(message);
  }
  close(): void {
    this.closed = true;
  }
  deliver(data: In): void {
    this.onmessage?.({ data });
  }
}

export type MainPort = FakePort<MainToProcessor, ProcessorToMain>;
export type WorkerPort = FakePort<WorkerToProcessor, ProcessorToWorker>;

export interface ShellPart {
  readonly port: MainPort;
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}

/**
 * Loads the processor once more, as a new AudioContext does. In: what makes the port of a node. Out: what makes the node.
 * The scope stays as it is until it is stubbed again.
 */
export async function loadProcessor<Shell>(createPort: () => unknown): Promise<new () => Shell> {
  let loaded: (new () => Shell) | undefined;
  vi.resetModules();
  vi.stubGlobal('sampleRate', SAMPLE_RATE);
  vi.stubGlobal('currentFrame', 0);
  vi.stubGlobal(
    'AudioWorkletProcessor',
    class {
      readonly port = createPort();
    },
  );
  vi.stubGlobal('registerProcessor', (name: string, shell: new () => Shell) => {
    expect(name).toBe(PROCESSOR_NAME);
    loaded = shell;
  });
  await import('../../worklets/processor.ts');
  if (!loaded) throw new Error('The processor has not registered itself.');
  return loaded;
}

/** To be called once at the top of a test file: each test has a scope of its own. */
export function useShell() {
  let createShell: new () => ShellPart;
  beforeEach(async () => {
    // A machine that is busy must not look like a patch that is too slow.
    vi.spyOn(Date, 'now').mockReturnValue(0);
    createShell = await loadProcessor(() => new FakePort());
  });
  afterEach(() => vi.restoreAllMocks());

  const newShell = () => new createShell();

  /** With a worker. The limiter is off, as the programs written by hand count frames aloud. */
  function setUp({ isLimited = false } = {}) {
    const shell = newShell();
    const worker: WorkerPort = new FakePort();
    shell.port.deliver({ kind: 'connect', port: worker as unknown as MessagePort });
    if (!isLimited) shell.port.deliver({ kind: 'limiter', isOn: false });
    return { shell, worker };
  }

  /** `readsMeters`: as a page that is awake does. */
  function play(shell: ShellPart, quanta: number, quantumFrames = 128, channels = 2, readsMeters = true) {
    const heard: [number[], number[]] = [[], []];
    for (let n = 0; n < quanta; n++) {
      const output = Array.from({ length: channels }, () => new Float32Array(quantumFrames).fill(0.123));
      expect(shell.process([], [output])).toBe(true);
      vi.stubGlobal('currentFrame', (globalThis as unknown as { currentFrame: number }).currentFrame + quantumFrames);
      if (readsMeters) shell.port.deliver({ kind: 'meterRead' });
      heard[0].push(...output[0]);
      heard[1].push(...(output[1] ?? []));
    }
    return { left: heard[0], right: heard[1] };
  }

  return { newShell, setUp, play };
}
