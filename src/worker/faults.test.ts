/**
 * Messages that are lost, duplicated or late, batches that are refused, and workers that die at any moment: the sound
 * continues without a step, and the next edit works. The service, a session and the real processor, joined by ports
 * that the test controls; time is counted in blocks.
 */

import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { KEPT_GENERATIONS } from '../../worklets/keptGenerations.ts';
import { createSession } from '../node/session.ts';
import type { MainToProcessor, ProcessorToMain, ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import type { Checkpoint, WorkerToMain } from '../protocol/compile.ts';
import { loadProcessor, SAMPLE_RATE } from '../testing/processorShell.ts';
import { CompileService } from './compileService.ts';
import { runOptimiser } from './optimiserJob.ts';
import type { Session } from './session.ts';

const BLOCK_FRAMES = 128;
/** Between two questions of the service, as a second is in the browser. */
const TICK_BLOCKS = 20;

type Message = ProcessorToWorker | WorkerToProcessor;
/** What happens to a message on its way: it is lost, delivered, duplicated, or delayed by some blocks. */
type Fault = (message: Message) => readonly { readonly message: Message; readonly afterBlocks?: number }[];

const sound: Fault = (message) => [{ message }];

class FakePort<In, Out> {
  onmessage: ((event: { data: In }) => void) | null = null;
  heard: (message: Out) => void = () => undefined;
  postMessage(message: Out): void {
    this.heard(message);
  }
  close(): void {
    this.heard = () => undefined;
  }
}

interface Shell {
  readonly port: FakePort<MainToProcessor, ProcessorToMain>;
  process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean;
}

let createShell: new () => Shell;

beforeAll(async () => {
  createShell = await loadProcessor<Shell>(() => new FakePort());
});
beforeEach(() => void vi.stubGlobal('currentFrame', 0));

/** What was injected in the test at hand, and how often it had anything to do. */
const injections: { readonly fault: Fault; count: number }[] = [];

afterEach(() => {
  for (const { count } of injections.splice(0))
    expect(count, 'messages that the fault was applied to').toBeGreaterThan(0);
});

/** A page whose worker can be killed. */
class Rig {
  readonly shell = new createShell();
  readonly samples: number[] = [];
  readonly answers: string[] = [];
  private fault: Fault = sound;
  session!: Session;
  private service: CompileService | null = null;
  private port!: FakePort<WorkerToProcessor, ProcessorToWorker>;
  private readonly checkpoints: Checkpoint[] = [];
  private readonly late: { message: Message; blocks: number; deliver: (message: Message) => void }[] = [];
  private pending: { id: number; text: string } | null = null;
  private lastId = 0;
  private blocks = 0;
  private readonly promotes: boolean;

  private constructor(promotes: boolean) {
    this.promotes = promotes;
  }

  /** `promotes`: what plays gets to tier 2 when nothing else is to be done. */
  static async open(text: string, promotes = false): Promise<Rig> {
    const rig = new Rig(promotes);
    await rig.connect();
    rig.shell.port.onmessage?.({ data: { kind: 'run', running: true } });
    rig.ask(text);
    rig.play(100);
    rig.samples.length = 0;
    return rig;
  }

  /** A worker starts and takes over what plays, as in the page. */
  async connect(): Promise<void> {
    const port = new FakePort<WorkerToProcessor, ProcessorToWorker>();
    this.port = port;
    let leftBehind: Extract<ProcessorToWorker, { kind: 'connected' }>['leftBehind'] = null;
    port.heard = (message) => {
      if (message.kind === 'connected') ({ leftBehind } = message);
    };
    this.shell.port.onmessage?.({ data: { kind: 'connect', port: port as unknown as MessagePort } });
    const lastGeneration = this.checkpoints.at(-1)?.generation ?? 0;
    this.session = await createSession({
      ...{ sampleRate: SAMPLE_RATE, fadeFrames: 480, postsModules: this.promotes, lastGeneration },
      memoryBytes: 2 ** 24,
    });
    const service = new CompileService(
      this.session,
      {
        toMain: (message) => {
          if (this.service === service) this.hear(message);
        },
        toProcessor: (message) =>
          this.send(message, (arrived) => port.onmessage?.({ data: arrived as WorkerToProcessor })),
        keep: (checkpoint) => void this.checkpoints.push(structuredClone(checkpoint)),
        now: () => 0,
        ...(this.promotes && { optimise: (job, done) => done(runOptimiser(job)) }),
      },
      leftBehind,
    );
    this.service = service;
    port.heard = (message) =>
      this.send(message, (arrived) => {
        if (this.service === service) service.hearProcessor(arrived as ProcessorToWorker);
      });
    const last = this.checkpoints.at(-1);
    if (last) service.hearMain({ kind: 'update', id: -1, text: last.text, resume: [...this.checkpoints] });
  }

  /** The tier of what plays, as the processor has it and as the page is told. */
  get tier(): readonly [number, number] {
    let said = 0;
    const { onmessage } = this.port;
    const { heard } = this.port;
    this.port.heard = (message) => {
      if (message.kind === 'status') said = message.tier;
    };
    onmessage?.({ data: { kind: 'status', serial: -1 } });
    this.port.heard = heard;
    return [said, Math.max(...this.session.rows().map(({ tier }) => tier))];
  }

  /** From now on messages fare like this. */
  inject(fault: Fault): void {
    const injection = { fault, count: 0 };
    injections.push(injection);
    this.fault = (message) => {
      const arriving = fault(message);
      const isSound = arriving.length === 1 && arriving[0].message === message && !arriving[0].afterBlocks;
      if (!isSound) injection.count++;
      return arriving;
    };
  }

  /** From now on all messages arrive. */
  repair(): void {
    this.fault = sound;
  }

  kill(): void {
    if (this.service === null) throw new Error('the test kills a worker that is dead');
    this.service = null;
    this.port.heard = () => undefined;
  }

  ask(text: string): void {
    this.pending = { id: ++this.lastId, text };
    this.service?.hearMain({ kind: 'update', ...this.pending });
  }

  set(fadeMs: number, quantise: 'off' | 'bar'): void {
    this.service?.hearMain({ kind: 'settings', fadeMs, quantise });
  }

  /** Unanswered requests are sent again. */
  askAgain(): void {
    if (this.pending) this.service?.hearMain({ kind: 'update', ...this.pending });
  }

  play(blocks: number): void {
    for (let n = 0; n < blocks; n++) {
      vi.stubGlobal('currentFrame', this.blocks * BLOCK_FRAMES);
      this.blocks++;
      const output = [new Float32Array(BLOCK_FRAMES), new Float32Array(BLOCK_FRAMES)];
      this.shell.process([], [output]);
      this.samples.push(...output[0]);
      for (const entry of [...this.late]) {
        if (--entry.blocks > 0) continue;
        this.late.splice(this.late.indexOf(entry), 1);
        entry.deliver(entry.message);
      }
      if (this.blocks % TICK_BLOCKS === 0) this.service?.tick();
      this.service?.promoteStep();
    }
  }

  private send(message: Message, deliver: (message: Message) => void): void {
    for (const { message: arrived, afterBlocks = 0 } of this.fault(message)) {
      if (afterBlocks === 0) deliver(arrived);
      else this.late.push({ message: arrived, blocks: afterBlocks, deliver });
    }
  }

  private hear(message: WorkerToMain): void {
    if (!('id' in message)) return;
    if (message.id === this.pending?.id && message.kind !== 'waiting') this.pending = null;
    this.answers.push(`${message.kind} ${message.id}`);
  }
}

/** A tone whose phase is kept through edits. `step`: radians a frame. */
const tone = (step: number): string => `let phase = 0
export default () => {
  phase += ${step}
  return 0.5 * Math.sin(phase)
}`;

/** The same with a table of its own, of which the memory holds three. */
const largeTone = (step: number): string =>
  `const table = new Float64Array(600000).fill(${step})\n${tone(step).replace('phase +=', 'phase += 0 * table[0] +')}`;

const [FIRST, SECOND, THIRD] = [0.02, 0.025, 0.03];

/** No gap and no step, and at the end the requested tone. */
function expectUnbroken({ samples }: Rig, lastStep: number): void {
  let largest = 0;
  for (let n = 1; n < samples.length; n++) largest = Math.max(largest, Math.abs(samples[n] - samples[n - 1]));
  expect(largest).toBeLessThan(0.5 * THIRD * 1.05);
  for (let start = 0; start + 640 <= samples.length; start += 640) {
    const power = samples.slice(start, start + 640).reduce((sum, sample) => sum + sample * sample, 0) / 640;
    expect(Math.sqrt(power)).toBeGreaterThan(0.25);
  }
  const end = samples.slice(-4000);
  const crossings = end.flatMap((sample, n) => (n > 0 && end[n - 1] < 0 && sample >= 0 ? [n] : []));
  const turns = (crossings.length - 1) / (crossings.at(-1)! - crossings[0]);
  expect(turns * 2 * Math.PI).toBeCloseTo(lastStep, 3);
}

/** Applies `fault` to the first message of a kind. */
function once(kind: Message['kind'], fault: Fault): Fault {
  let isDone = false;
  return (message) => {
    if (isDone || message.kind !== kind) return sound(message);
    isDone = true;
    return fault(message);
  };
}

const lose: Fault = () => [];
const twice: Fault = (message) => [{ message }, { message }];
const late: Fault = (message) => [{ message, afterBlocks: 70 }];
const twiceAndLate: Fault = (message) => [{ message }, { message, afterBlocks: 70 }];

const KINDS = ['batch', 'committed', 'settled', 'retired', 'release', 'rollbackPlan', 'drop', 'status'] as const;
const FAULTS = { lost: lose, 'there twice': twice, late, 'there again later': twiceAndLate };
const cases = KINDS.flatMap((kind) => Object.entries(FAULTS).map(([name, fault]) => [kind, name, fault] as const));

describe('a message', () => {
  it.each(cases)('of kind %s that is %s holds nothing up for good', async (kind, _, fault) => {
    // Only what takes much memory is ever dropped.
    const text = kind === 'drop' ? largeTone : tone;
    const rig = await Rig.open(text(FIRST));
    rig.inject(once(kind, fault));
    rig.ask(text(SECOND));
    rig.play(200);
    rig.ask(text(THIRD));
    rig.play(200);
    expect(rig.answers).toEqual(['committed 1', 'committed 2', 'committed 3']);
    expectUnbroken(rig, THIRD);
    // Nothing that is gone is taken to be alive.
    for (let n = 0; n < 8; n++) {
      rig.ask(text(n % 2 === 0 ? SECOND : THIRD));
      rig.play(8 * TICK_BLOCKS);
      expect(rig.answers.at(-1)).toBe(`committed ${n + 4}`);
    }
    expect(rig.session.generations().length).toBeLessThanOrEqual(KEPT_GENERATIONS + 2);
  });

  it.each(Object.entries(FAULTS))(
    'of kind appoint that is %s does not leave a swap waiting for a bar',
    async (_, fault) => {
      const slow = (step: number) => `const bpm = 60\n${tone(step)}`;
      const rig = await Rig.open(slow(FIRST));
      rig.set(10, 'bar');
      rig.ask(slow(SECOND));
      rig.play(60);
      expect(rig.answers.at(-1)).toBe('waiting 2');
      rig.inject(once('appoint', fault));
      rig.set(10, 'off');
      rig.play(100);
      expect(rig.answers.at(-1)).toBe('committed 2');
      rig.play(100);
      expectUnbroken(rig, SECOND);
    },
  );

  it('that asks for an edit during a fade of four seconds is answered within some blocks', async () => {
    const rig = await Rig.open(tone(FIRST));
    rig.set(4000, 'off');
    for (const [n, step] of [SECOND, THIRD, FIRST, SECOND].entries()) {
      rig.ask(tone(step));
      rig.play(8);
      expect(rig.answers.at(-1)).toBe(`committed ${n + 2}`);
      rig.play(150);
    }
    rig.play(1600);
    rig.samples.length = 0;
    rig.play(200);
    expectUnbroken(rig, SECOND);
  });

  it('that tells of a trap may be lost: the edit after the next is heard', async () => {
    const rig = await Rig.open(tone(FIRST));
    rig.ask(tone(SECOND).replace('phase += ', 'for (let n = 0; currentFrame > 24e3; n++) phase += 0\n  phase += '));
    rig.play(40);
    rig.inject(once('trapped', lose));
    rig.play(300);
    for (const step of [SECOND, THIRD]) {
      rig.ask(tone(step));
      rig.play(200);
    }
    expect(rig.answers.at(-1)).toBe('committed 4');
    expectUnbroken(rig, THIRD);
  });
});

describe('a batch', () => {
  it('that never arrives is given up after the second time, with a message', async () => {
    const rig = await Rig.open(tone(FIRST));
    rig.inject((message) => (message.kind === 'batch' ? [] : [{ message }]));
    rig.ask(tone(SECOND));
    rig.play(200);
    expect(rig.answers).toEqual(['committed 1', 'rejected 2']);
    rig.repair();
    rig.ask(tone(THIRD));
    rig.play(200);
    expect(rig.answers.at(-1)).toBe('committed 3');
    expectUnbroken(rig, THIRD);
  });

  it('of which a module cannot be instantiated is refused, and nothing else', async () => {
    const rig = await Rig.open(tone(FIRST));
    rig.inject(
      once('batch', (message) => {
        if (message.kind !== 'batch' || message.batch.reinstates !== null) return sound(message);
        const modules = message.batch.modules.map((module) => ({ ...module, code: Uint8Array.of(0, 97, 115, 109) }));
        return [{ message: { ...message, batch: { ...message.batch, modules } } }];
      }),
    );
    rig.ask(tone(SECOND));
    rig.play(100);
    rig.ask(tone(THIRD));
    rig.play(200);
    expect(rig.answers).toEqual(['committed 1', 'rejected 2', 'committed 3']);
    expectUnbroken(rig, THIRD);
  });
});

describe('a promotion', () => {
  const kinds = ['promote', 'promoted', 'status', 'committed', 'settled'] as const;
  const faults = kinds.flatMap((kind) => Object.entries(FAULTS).map(([name, fault]) => [kind, name, fault] as const));

  it.each(faults)('comes about although a message of kind %s is %s', async (kind, _, fault) => {
    const rig = await Rig.open(tone(FIRST), true);
    expect(rig.tier).toEqual([2, 2]);
    rig.inject(once(kind, fault));
    rig.ask(tone(SECOND));
    rig.play(200);
    expect(rig.tier).toEqual([2, 2]);
    rig.ask(tone(THIRD));
    rig.play(200);
    expect(rig.tier).toEqual([2, 2]);
    expectUnbroken(rig, THIRD);
  });

  it.each([5, 40, 100])('is rebuilt by a worker that takes over %i blocks after an edit', async (blocks) => {
    const rig = await Rig.open(tone(FIRST), true);
    rig.ask(tone(SECOND));
    rig.play(blocks);
    rig.kill();
    rig.play(40);
    await rig.connect();
    rig.play(10);
    rig.askAgain();
    rig.play(200);
    expect(rig.tier).toEqual([2, 2]);
    expectUnbroken(rig, SECOND);
  });
});

describe('a worker that is killed', () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 8, 12, 60])('%i blocks into an edit leaves a sound that continues', async (blocks) => {
    const rig = await Rig.open(tone(FIRST));
    rig.ask(tone(SECOND));
    rig.play(blocks);
    rig.kill();
    rig.play(100);
    await rig.connect();
    rig.play(100);
    rig.askAgain();
    rig.play(200);
    expectUnbroken(rig, SECOND);
    rig.ask(tone(THIRD));
    rig.play(200);
    expectUnbroken(rig, THIRD);
    expect(rig.answers.at(-1)).toBe('committed 3');
  });

  it('before it has said that it committed does not have its edit taken back', async () => {
    const rig = await Rig.open(tone(FIRST));
    rig.inject((message) => (message.kind === 'committed' ? [] : [{ message }]));
    rig.ask(tone(SECOND));
    rig.play(15);
    rig.kill();
    rig.repair();
    rig.samples.length = 0;
    await rig.connect();
    rig.play(200);
    // What plays is what is taken over, although the page does not know it.
    expectUnbroken(rig, SECOND);
  });

  it('again and again is replaced again and again', async () => {
    const rig = await Rig.open(tone(FIRST));
    for (let n = 0; n < 5; n++) {
      rig.kill();
      await rig.connect();
      rig.play(n);
    }
    rig.play(200);
    expectUnbroken(rig, FIRST);
    rig.ask(tone(THIRD));
    rig.play(200);
    expectUnbroken(rig, THIRD);
  });
});
