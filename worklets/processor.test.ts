/** The shell, in a scope that has what an AudioWorkletGlobalScope has and nothing besides, with ports that keep messages. */
import { describe, expect, it } from 'vitest';
import { PROBES_PER_SECOND } from '../src/protocol/audio.ts';
import { NO_HOST_INPUTS, type ProbeCells } from '../src/protocol/hostInputs.ts';
import { arenaOffset } from '../src/protocol/units.ts';
import type { ProgramOptions } from '../src/testing/handmade.ts';
import { HEAP_START, programBatch } from '../src/testing/handmade.ts';
import { FakePort, SAMPLE_RATE, useShell, type WorkerPort } from '../src/testing/processorShell.ts';
import { OutputChain } from './output/chain.ts';
import { CEILING } from './output/limiter.ts';

const RAMP_FRAMES = 240;
/** Latency of the output chain. */
const LATENCY_FRAMES = new OutputChain(SAMPLE_RATE).latencyFrames;

const A: ProgramOptions = { generation: 1, base: 1024, renderSlot: 0, stepSlot: 1, increment: 0.001 };
const B: ProgramOptions = {
  ...{ generation: 2, from: 1, base: 65_536, renderSlot: 2, stepSlot: 1, increment: null, gain: 0.5 },
  fadeFrames: 480,
};

const { setUp, play, newShell } = useShell();

const f32 = (samples: readonly number[]) => [...Float32Array.from(samples)];
const phases = (frames: number) => {
  let phase = 0;
  return Array.from({ length: frames }, () => {
    phase += 0.001;
    return phase;
  });
};
/** As it leaves the output chain, cut to the same length. */
const late = (samples: readonly number[]) =>
  [...Array<number>(LATENCY_FRAMES).fill(0), ...samples].slice(0, samples.length);
const ramped = (samples: readonly number[]) => samples.map((s, n) => s * Math.min(1, (n + 1) / RAMP_FRAMES));
const silence = (samples: readonly number[]) => samples.every((sample) => sample === 0);

describe('stopped', () => {
  it('is silence, with no worker and with one', () => {
    const shell = newShell();
    expect(silence(play(shell, 2).left)).toBe(true);
    shell.port.deliver({ kind: 'run', running: true });
    expect(silence(play(shell, 2).left)).toBe(true);
    expect(silence(play(setUp().shell, 2).left)).toBe(true);
  });

  it('commits a batch at once, without waiting for a block, and time stands still', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    const first = [
      { kind: 'committed', generation: 1, frame: 0, transition: 'cut' },
      { kind: 'settled', generation: 1, frame: 0 },
    ];
    expect(worker.sent.slice(1)).toEqual(first);
    play(shell, 10);
    worker.deliver({ kind: 'batch', batch: programBatch(B) });
    expect(worker.sent.slice(3)).toEqual([
      { kind: 'committed', generation: 2, frame: 0, transition: 'cut' },
      { kind: 'settled', generation: 2, frame: 0 },
    ]);
  });

  it('commits at once when told to run by a browser that does not let it', () => {
    const { shell, worker } = setUp();
    shell.port.deliver({ kind: 'run', running: true });
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    expect(worker.sent[1]).toEqual({ kind: 'committed', generation: 1, frame: 0, transition: 'cut' });
  });

  it('answers stop at once', () => {
    const { shell } = setUp();
    shell.port.deliver({ kind: 'run', running: false });
    expect(shell.port.sent).toEqual([{ kind: 'stopped' }]);
    shell.port.deliver({ kind: 'run', running: true });
    shell.port.deliver({ kind: 'run', running: false });
    expect(shell.port.sent).toEqual([{ kind: 'stopped' }, { kind: 'stopped' }]);
  });
});

describe('playing', () => {
  it.each([[128], [64], [512]])(
    'rises over 5 ms and then is the patch in f32 (quanta of %i frames)',
    (quantumFrames) => {
      const { shell, worker } = setUp();
      worker.deliver({ kind: 'batch', batch: programBatch(A) });
      shell.port.deliver({ kind: 'run', running: true });
      const { left, right } = play(shell, 1024 / quantumFrames, quantumFrames);
      expect(left).toEqual(f32(late(ramped(phases(1024)))));
      expect(right).toEqual(f32(late(ramped(Array.from({ length: 1024 }, (_, n) => n)))));
    },
  );

  it('takes an edit while it sounds', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    shell.port.deliver({ kind: 'run', running: true });
    play(shell, 8);
    worker.deliver({ kind: 'batch', batch: programBatch(B) });
    expect(worker.sent).toHaveLength(3);
    const { left } = play(shell, 8);
    const [, , , { frame }, settled] = worker.sent as { kind: string; frame: number }[];
    expect(frame).toBeLessThan(1024 + 3 * 128);
    expect(settled).toMatchObject({ kind: 'settled', generation: 2 });
    const phase = phases(2048);
    const heard = left.slice(LATENCY_FRAMES);
    expect(heard.slice(0, frame - 1024)).toEqual(f32(phase.slice(1024, frame)));
    const fadeEnd = frame + 480;
    const after = phase.slice(fadeEnd, 2048 - LATENCY_FRAMES);
    expect(heard.slice(fadeEnd - 1024)).toEqual(f32(after.map((sample) => 0.5 * sample)));
  });

  it('falls over 5 ms when stopped, says so once, and goes on in time where it stopped', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    shell.port.deliver({ kind: 'run', running: true });
    play(shell, 4);
    shell.port.deliver({ kind: 'run', running: false });
    const { left } = play(shell, 4);
    const expected = late(phases(768))
      .slice(512)
      .map((sample, n) => sample * Math.max(0, 1 - (n + 1) / RAMP_FRAMES));
    left.slice(0, 256).forEach((sample, n) => {
      expect(sample).toBeCloseTo(expected[n], 6);
    });
    expect(silence(left.slice(239))).toBe(true);
    expect(shell.port.sent).toEqual([{ kind: 'stopped' }]);
    shell.port.deliver({ kind: 'run', running: true });
    expect(play(shell, 4).right.at(-1)).toBe(512 + 256 + 511 - LATENCY_FRAMES);
  });

  it('does not leave a batch waiting when it stops during a fade', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    shell.port.deliver({ kind: 'run', running: true });
    worker.deliver({ kind: 'batch', batch: programBatch({ ...B, fadeFrames: 48_000 }) });
    play(shell, 4);
    worker.deliver({ kind: 'batch', batch: programBatch({ ...A, generation: 3, from: 2, renderSlot: 3, base: 9216 }) });
    shell.port.deliver({ kind: 'run', running: false });
    play(shell, 4);
    expect(worker.sent.map(({ kind }) => kind)).toEqual([
      ...['connected', 'committed', 'settled', 'committed', 'settled', 'committed', 'settled'],
    ]);
  });

  it('survives a trap and samples that are not numbers, and counts those', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch({ ...A, start: Number.NaN, trapFrame: 24_000 }) });
    shell.port.deliver({ kind: 'run', running: true });
    expect(silence(play(shell, 200).left)).toBe(true);
    const meters = shell.port.sent.filter((message) => message.kind === 'meter');
    expect(meters).toHaveLength(2);
    expect(meters[0]).toMatchObject({ nonFinite: 94 * 128, frame: 94 * 128, generation: 1 });
    expect(meters[1]).toMatchObject({ generation: null });
    expect(worker.sent.map(({ kind }) => kind)).toEqual([
      ...['connected', 'committed', 'settled', 'nonFinite', 'trapped', 'retired'],
    ]);
  });

  it('is limited to -1 dBTP, which the meter tells, until that is switched off', () => {
    const { shell, worker } = setUp({ isLimited: true });
    worker.deliver({ kind: 'batch', batch: programBatch({ ...A, gain: 0.1 }) });
    shell.port.deliver({ kind: 'run', running: true });
    const loud = play(shell, 94);
    expect(loud.right.every((sample) => sample <= CEILING)).toBe(true);
    shell.port.deliver({ kind: 'limiter', isOn: false });
    expect(play(shell, 94).right.at(-1)).toBe(2 * 94 * 128 - 1 - LATENCY_FRAMES);
    const meters = shell.port.sent.filter((message) => message.kind === 'meter');
    // The right channel counts frames.
    expect(meters[0].reductionDb).toBeGreaterThan(20 * Math.log10(94 * 128 - 1) + 1);
    expect(meters[0].dcOffset).toBe(0);
  });

  it('begins with silence where something else was swapped in while nobody heard it', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    shell.port.deliver({ kind: 'run', running: true });
    play(shell, 4);
    shell.port.deliver({ kind: 'run', running: false });
    play(shell, 4);
    worker.deliver({ kind: 'batch', batch: programBatch({ ...B, start: 0, gain: 0 }) });
    shell.port.deliver({ kind: 'run', running: true });
    const { left, right } = play(shell, 4);
    expect(silence(left)).toBe(true);
    expect(silence(right.slice(0, LATENCY_FRAMES))).toBe(true);
    expect(right.at(-1)).toBe(768 + 511 - LATENCY_FRAMES);
  });

  it('plays into one channel, and lets there be none', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    shell.port.deliver({ kind: 'run', running: true });
    expect(play(shell, 1, 128, 1).left).not.toContain(Math.fround(0.123));
    expect(shell.process([], [])).toBe(true);
    expect(shell.process([], [[]])).toBe(true);
  });
});

describe('a page that sleeps', () => {
  it('finds one meter when it wakes, and then the next', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    shell.port.deliver({ kind: 'run', running: true });
    play(shell, 4000, 128, 2, false);
    expect(shell.port.sent.map(({ kind }) => kind)).toEqual(['meter']);
    shell.port.deliver({ kind: 'meterRead' });
    play(shell, 1, 128, 2, false);
    expect(shell.port.sent.map(({ kind }) => kind)).toEqual(['meter', 'meter']);
  });
});

describe('what probes see', () => {
  it('is sent sixteen times a second, while somebody watches and reads it', () => {
    const { shell, worker } = setUp();
    const [lastOffset, leastOffset, mostOffset] = [0, 8, 16].map((at) => arenaOffset(HEAP_START + at));
    const inputs = { ...NO_HOST_INPUTS, probes: [{ lastOffset, leastOffset, mostOffset } as ProbeCells] };
    worker.deliver({ kind: 'batch', batch: { ...programBatch(A), inputs } });
    shell.port.deliver({ kind: 'run', running: true });
    const second = Math.ceil(SAMPLE_RATE / 128);
    const seen = () => shell.port.sent.filter(({ kind }) => kind === 'probes');
    play(shell, second);
    expect(seen()).toEqual([]);
    shell.port.deliver({ kind: 'watchProbes', isOn: true });
    for (let n = 0; n < second; n++) {
      play(shell, 1);
      shell.port.deliver({ kind: 'probesRead' });
    }
    expect(seen().length).toBeGreaterThan(13);
    expect(seen().length).toBeLessThanOrEqual(PROBES_PER_SECOND);
    const before = seen().length;
    play(shell, second);
    expect(seen().length - before).toBe(1);
  });
});

describe('an interruption', () => {
  it('lets edits commit unheard, and ends with the ramp of a start', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    shell.port.deliver({ kind: 'run', running: true });
    play(shell, 8);
    worker.deliver({ kind: 'batch', batch: programBatch({ ...B, fadeFrames: 48_000 }) });
    shell.port.deliver({ kind: 'interrupted' });
    const committed = worker.sent.filter(({ kind }) => kind === 'committed');
    expect(committed).toEqual([
      { kind: 'committed', generation: 1, frame: 0, transition: 'cut' },
      { kind: 'committed', generation: 2, frame: 1024, transition: 'cut' },
    ]);
    const expected = phases(1024 + 512)
      .slice(1024)
      .map((sample) => 0.5 * sample);
    expect(play(shell, 4).left).toEqual(f32(late(ramped(expected))));
  });
});

describe('a recording', () => {
  it('is what came out from the next quantum on, ramp and all', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    shell.port.deliver({ kind: 'run', running: true });
    const before = play(shell, 1);
    shell.port.deliver({ kind: 'record', id: 5, frames: 200 });
    const heard = play(shell, 3);
    expect(before.left).toHaveLength(128);
    expect(shell.port.sent).toEqual([
      {
        ...{ kind: 'recorded', id: 5 },
        left: Float32Array.from(heard.left.slice(0, 200)),
        right: Float32Array.from(heard.right.slice(0, 200)),
      },
    ]);
  });

  it('of silence is silence', () => {
    const { shell } = setUp();
    shell.port.deliver({ kind: 'record', id: 1, frames: 128 });
    play(shell, 1);
    expect(shell.port.sent).toEqual([
      { kind: 'recorded', id: 1, left: new Float32Array(128), right: new Float32Array(128) },
    ]);
  });
});

describe('the tape', () => {
  it('has what came out since the start, ramp and all, and stands still while nothing plays', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    shell.port.deliver({ kind: 'tape', blocks: Array.from({ length: 4 }, () => new Float32Array(2 * 1000)) });
    play(shell, 2);
    shell.port.deliver({ kind: 'run', running: true });
    const heard = [play(shell, 4)];
    shell.port.deliver({ kind: 'run', running: false });
    heard.push(play(shell, 2));
    play(shell, 20);
    shell.port.deliver({ kind: 'run', running: true });
    heard.push(play(shell, 4));
    shell.port.deliver({ kind: 'cutTape', serial: 3 });
    const taped = shell.port.sent.filter((message) => message.kind === 'taped');
    expect(taped).toHaveLength(1);
    expect(taped[0]).toMatchObject({ lostFrames: 0, lastFrames: 10 * 128 - 1000, cut: 3 });
    const [first, second] = taped[0].blocks;
    for (const [side, offset] of [
      ['left', 0],
      ['right', 1000],
    ] as const) {
      const samples = [...first.slice(offset, offset + 1000), ...second.slice(offset, offset + 280)];
      expect(samples).toEqual(heard.flatMap((part) => part[side]));
    }
  });
});

describe('the worker', () => {
  it('is told that a probe arrived', () => {
    const { worker } = setUp();
    worker.deliver({ kind: 'probe', module: new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)) });
    expect(worker.sent.at(-1)).toEqual({ kind: 'probed' });
  });

  it('can be replaced by another one, which starts from nothing', () => {
    const { shell, worker } = setUp();
    worker.deliver({ kind: 'batch', batch: programBatch(A) });
    const second: WorkerPort = new FakePort();
    shell.port.deliver({ kind: 'connect', port: second as unknown as MessagePort });
    expect(worker.closed).toBe(true);
    second.deliver({ kind: 'batch', batch: programBatch(A) });
    expect(second.sent[1]).toEqual({ kind: 'committed', generation: 1, frame: 0, transition: 'cut' });
  });
});
