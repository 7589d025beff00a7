/** What the processor does when something goes wrong in it, and how much it says. */
import { describe, expect, it } from 'vitest';
import {
  MAX_MESSAGES_PER_SECOND,
  MAX_RECORD_FRAMES,
  MAX_RECORDINGS,
  type ProcessorToMain,
  type WorkerToProcessor,
} from '../src/protocol/audio.ts';
import { type ProgramOptions, programBatch } from '../src/testing/handmade.ts';
import { SAMPLE_RATE, useShell } from '../src/testing/processorShell.ts';

const { setUp, play } = useShell();

const A: ProgramOptions = { generation: 1, base: 1024, renderSlot: 0, stepSlot: 1, increment: 0.001 };
/** Follows A, with A's `step` and without A's state. */
const B: ProgramOptions = {
  ...{ generation: 2, from: 1, base: 65_536, renderSlot: 2, stepSlot: 1, increment: null, start: 0 },
  plan: {
    ahead: new Int32Array(),
    copies: new Int32Array(),
    pointers: new Int32Array(),
    objects: new Int32Array(),
    rings: new Int32Array(),
    fits: new Int32Array(),
  },
};

const silence = (samples: readonly number[]) => samples.every((sample) => sample === 0);
const kinds = (messages: readonly { readonly kind: string }[]) => messages.map(({ kind }) => kind);

function playing(options: ProgramOptions = A) {
  const { shell, worker } = setUp();
  worker.deliver({ kind: 'batch', batch: programBatch(options) });
  shell.port.deliver({ kind: 'run', running: true });
  play(shell, 8);
  return { shell, worker };
}

describe('an exception', () => {
  it('in a block is reported once, with what it was, and is silence from there on', () => {
    const { shell, worker } = playing();
    shell.port.deliver({ kind: 'inject', fault: 'throw' });
    const before = shell.port.sent.length;
    expect(silence(play(shell, 100).left)).toBe(true);
    expect(shell.port.sent.slice(before)).toEqual([
      { kind: 'injected', fault: 'throw' },
      { kind: 'failed', reason: 'a fault was injected' },
    ]);
    // Nothing that comes later is taken for played.
    const told = worker.sent.length;
    worker.deliver({ kind: 'batch', batch: programBatch(B) });
    shell.port.deliver({ kind: 'record', id: 1, frames: 10 });
    expect(silence(play(shell, 10).left)).toBe(true);
    expect([worker.sent.length, shell.port.sent.length]).toEqual([told, before + 2]);
  });

  it('in the commit of a batch that makes no sense is, too', () => {
    const { shell, worker } = playing();
    const batch = { ...programBatch(B), plan: null } as unknown as Extract<
      WorkerToProcessor,
      { kind: 'batch' }
    >['batch'];
    worker.deliver({ kind: 'batch', batch });
    const { left } = play(shell, 20);
    expect(silence(left.slice(-128))).toBe(true);
    expect(kinds(shell.port.sent)).toEqual(['failed']);
  });

  it('while a message is taken is, too', () => {
    const { shell } = playing();
    shell.port.deliver({ kind: 'connect', port: { close() {} } as unknown as MessagePort });
    expect(shell.port.sent.at(-1)).toMatchObject({ kind: 'failed', reason: expect.stringContaining('postMessage') });
    expect(silence(play(shell, 10).left)).toBe(true);
  });
});

it('answers a ping, even when it has failed or was given up', () => {
  const { shell } = playing();
  shell.port.deliver({ kind: 'ping', serial: 1 });
  shell.port.deliver({ kind: 'end' });
  shell.port.deliver({ kind: 'ping', serial: 2 });
  expect(shell.port.sent).toEqual([
    { kind: 'pong', serial: 1 },
    { kind: 'pong', serial: 2 },
  ]);
  expect(silence(play(shell, 10).left)).toBe(true);
});

describe('samples that are not finite', () => {
  const blamed = (sent: readonly { readonly kind: string }[]) =>
    sent.flatMap((message) => (message.kind === 'nonFinite' ? [(message as { generation?: number }).generation] : []));

  it('are put down to the generation that made them, and not to the one that repairs it', () => {
    const { shell, worker } = playing({ ...A, start: Number.NaN });
    // No meter has been sent that would clear a count.
    worker.deliver({ kind: 'batch', batch: programBatch(B) });
    const { left } = play(shell, 200);
    expect(left.at(-1)).toBeGreaterThan(1);
    expect(blamed(worker.sent)).toEqual([1]);
    const meters = shell.port.sent.filter((message) => message.kind === 'meter');
    expect(meters.map(({ nonFiniteFrom, generation }) => [nonFiniteFrom, generation])).toEqual([
      [1, 2],
      [null, 2],
    ]);
    expect(meters[0].nonFinite).toBeGreaterThan(0);
    expect(meters[1].nonFinite).toBe(0);
  });

  it('are put down to the one that fades out, while it does, and to the one that fades in', () => {
    const repaired = playing({ ...A, start: Number.NaN });
    repaired.worker.deliver({ kind: 'batch', batch: programBatch({ ...B, fadeFrames: 4800 }) });
    expect(silence(play(repaired.shell, 20).left)).toBe(true);
    expect(blamed(repaired.worker.sent)).toEqual([1]);
    const broken = playing();
    broken.worker.deliver({ kind: 'batch', batch: programBatch({ ...B, start: Number.NaN, fadeFrames: 4800 }) });
    play(broken.shell, 20);
    expect(blamed(broken.worker.sent)).toEqual([2]);
  });
});

describe('messages', () => {
  /** The most that were sent in any second, in blocks of 128 frames. */
  function busiestSecond(sent: (n: number) => number, blocks: number): number {
    const counts = Array.from({ length: blocks }, (_, n) => sent(n));
    const second = Math.ceil(SAMPLE_RATE / 128);
    let most = 0;
    for (let n = 0; n + second <= blocks; n++) {
      most = Math.max(
        most,
        counts.slice(n, n + second).reduce((sum, count) => sum + count, 0),
      );
    }
    return most;
  }

  it('are few, however much is recorded and wrong, with a page that reads them at once', () => {
    const { shell, worker } = playing({ ...A, start: Number.NaN });
    let id = 0;
    let recorded = 0;
    shell.port.deliver({ kind: 'tape', blocks: Array.from({ length: 50 }, () => new Float32Array(9600)) });
    shell.port.deliver({ kind: 'tapeLive', isLive: true });
    const blocks = 4 * Math.ceil(SAMPLE_RATE / 128);
    const most = busiestSecond(() => {
      const before = shell.port.sent.length + worker.sent.length;
      play(shell, 1);
      const sent = shell.port.sent.slice() as ProcessorToMain[];
      recorded = sent.filter(({ kind }) => kind === 'recorded').length;
      const count = sent.length + worker.sent.length - before;
      // As many as there may be, each of them short.
      while (id - recorded < MAX_RECORDINGS) shell.port.deliver({ kind: 'record', id: ++id, frames: 1 });
      return count;
    }, blocks);
    expect(recorded).toBeGreaterThan(20);
    expect(shell.port.sent.filter(({ kind }) => kind === 'taped').length).toBeGreaterThan(30);
    expect(shell.port.sent.filter(({ kind }) => kind === 'meter').length).toBeGreaterThan(10);
    expect(kinds(worker.sent).filter((kind) => kind === 'nonFinite')).toEqual(['nonFinite']);
    expect(most).toBeLessThanOrEqual(MAX_MESSAGES_PER_SECOND);
    expect(most).toBeGreaterThan(MAX_MESSAGES_PER_SECOND / 2);
  });

  it('say that there is no room for a recording', () => {
    const { shell } = playing();
    shell.port.deliver({ kind: 'record', id: 1, frames: MAX_RECORD_FRAMES + 1 });
    for (let id = 2; id < 2 + MAX_RECORDINGS; id++) shell.port.deliver({ kind: 'record', id, frames: 1000 });
    shell.port.deliver({ kind: 'record', id: 99, frames: 1000 });
    const refused = shell.port.sent.flatMap((message) => (message.kind === 'unrecorded' ? [message.id] : []));
    expect(refused).toEqual([1, 99]);
    expect(play(shell, 1).left.at(-1)).not.toBe(0);
  });
});
