/** One batch under way, the newest text next, one answer to each request, whatever the processor says and when. */

import { describe, expect, it } from 'vitest';
import { Renderer } from '../../worklets/renderer.ts';
import { createSession } from '../node/session.ts';
import { MAX_MEMORY_PAGES } from '../protocol/arena.ts';
import type { ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import type { WorkerToMain } from '../protocol/compile.ts';
import type { GenerationBatch } from '../protocol/generation.ts';
import { type Generation, generation } from '../protocol/units.ts';
import { randomPicks } from '../testing/compileText.ts';
import { CompileService } from './compileService.ts';

type Answer = Extract<WorkerToMain, { id: number }>;

class Desk {
  readonly main: WorkerToMain[] = [];
  readonly processor: WorkerToProcessor[] = [];
  readonly service: CompileService;
  /** Milliseconds. */
  time = 0;
  private nextId = 1;

  private constructor(session: Awaited<ReturnType<typeof createSession>>) {
    this.service = new CompileService(session, {
      toMain: (message) => this.main.push(message),
      toProcessor: (message) => this.processor.push(message),
      now: () => this.time,
    });
  }

  static async open(): Promise<Desk> {
    return new Desk(await createSession({ sampleRate: 48_000, fadeFrames: 480, postsModules: false }));
  }

  ask(text: string): number {
    const id = this.nextId++;
    this.service.hearMain({ kind: 'update', id, text });
    return id;
  }

  /** What was answered to the requests, in order. */
  get answers(): string[] {
    return this.main.map((message) => `${message.kind} ${'id' in message ? message.id : ''}`.trim());
  }

  get batches(): GenerationBatch[] {
    return this.processor.flatMap((message) => (message.kind === 'batch' ? [message.batch] : []));
  }

  say(message: ProcessorToWorker): void {
    this.service.hearProcessor(message);
  }

  commit(batch = this.batches.at(-1)!): void {
    this.say({ kind: 'committed', generation: batch.generation, frame: 0, transition: batch.transition });
  }

  retire(retired: Generation | null): void {
    if (retired !== null) this.say({ kind: 'retired', generation: retired, frame: 0 });
  }

  /** Commits the newest batch and lets its fade end. */
  finish(): void {
    const batch = this.batches.at(-1)!;
    this.commit(batch);
    this.retire(batch.from);
  }

  refuse(batch = this.batches.at(-1)!): void {
    this.say({ kind: 'refused', generation: batch.generation, reason: 'a test said so' });
  }

  trap(trapped: Generation, fallback: Generation | null): void {
    this.say({
      kind: 'trapped',
      generation: trapped,
      fallback,
      trapSymbol: 0,
      trapSite: 0,
      frame: 0,
      reason: 'a test said so',
    });
    this.retire(trapped);
  }
}

const text = (n: number): string => `let x = ${n}\nexport default () => x * ${n}\n`;

describe('requests', () => {
  it('are answered when their batch plays', async () => {
    const desk = await Desk.open();
    const id = desk.ask(text(1));
    expect([desk.main, desk.batches.length]).toEqual([[], 1]);
    desk.time = 12;
    desk.commit();
    expect(desk.main).toEqual([
      expect.objectContaining({
        kind: 'committed',
        id,
        generation: desk.batches[0].generation,
        frame: 0,
        diagnostics: [],
      }),
    ]);
  });

  it('are timed from when they came to when their batch was sent', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask(text(2));
    desk.time += 5;
    desk.ask(text(3));
    desk.time += 20;
    desk.finish();
    desk.time += 100;
    desk.finish();
    const times = desk.main.map((message) => (message.kind === 'committed' ? message.compileMs : null));
    expect(times).toEqual([0, 0, 20]);
  });

  it('wait while a batch is under way, and until it has faded in; the newest wins', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.ask(text(2));
    desk.ask(text(3));
    expect([desk.batches.length, desk.answers]).toEqual([1, ['superseded 2']]);
    // Nothing fades out before the first.
    desk.commit();
    expect([desk.batches.length, desk.answers]).toEqual([2, ['superseded 2', 'committed 1']]);
    desk.ask(text(4));
    desk.ask(text(5));
    desk.commit();
    expect(desk.batches.length).toBe(2);
    desk.retire(desk.batches[0].generation);
    expect(desk.batches.length).toBe(3);
    desk.finish();
    expect(desk.answers).toEqual(['superseded 2', 'committed 1', 'superseded 4', 'committed 3', 'committed 5']);
    expect(desk.batches.map(({ from }) => from)).toEqual([
      null,
      desk.batches[0].generation,
      desk.batches[1].generation,
    ]);
  });

  it('with mistakes, or that mean the same, are answered at once', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask('const a = (');
    desk.ask(`${text(1)}// the same`);
    desk.ask('export default () => missing');
    expect(desk.answers).toEqual(['committed 1', 'rejected 2', 'unchanged 3', 'rejected 4']);
    expect(desk.main[2]).toMatchObject({ generation: desk.batches[0].generation });
    expect(desk.batches.length).toBe(1);
  });

  it('that are refused are answered, and the next one continues what plays', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask(text(2));
    desk.ask(text(3));
    desk.refuse();
    expect(desk.answers).toEqual(['committed 1', 'rejected 2']);
    expect(desk.main[1]).toMatchObject({ diagnostics: [{ message: expect.stringContaining('a test said so') }] });
    expect(desk.batches.map(({ from }) => from)).toEqual([
      null,
      desk.batches[0].generation,
      desk.batches[0].generation,
    ]);
    desk.finish();
    expect(desk.answers.at(-1)).toBe('committed 3');
  });
});

describe('what plays', () => {
  it('may trap while it fades in: the next request continues what plays instead', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask(text(2));
    desk.commit();
    const [first, second] = desk.batches.map((batch) => batch.generation);
    desk.ask(text(3));
    desk.trap(second, first);
    expect(desk.main.find((message) => message.kind === 'trapped')).toMatchObject({
      generation: second,
      fallback: first,
    });
    expect(desk.batches.at(-1)?.from).toBe(first);
    desk.finish();
    expect(desk.answers.at(-1)).toBe('committed 3');
  });

  it('may trap later: the next request begins anew', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.trap(desk.batches[0].generation, null);
    desk.ask(text(1));
    expect(desk.batches.at(-1)?.from).toBeNull();
    desk.finish();
    expect(desk.answers).toEqual(['committed 1', 'trapped', 'committed 2']);
  });

  it('may trap while a batch waits that was to continue it: that one is made again, or the newer one', async () => {
    for (const newer of [false, true]) {
      const desk = await Desk.open();
      desk.ask(text(1));
      desk.finish();
      desk.ask(text(2));
      if (newer) desk.ask(text(3));
      desk.trap(desk.batches[0].generation, null);
      desk.refuse();
      expect(desk.batches.at(-1)?.from).toBeNull();
      desk.finish();
      expect(desk.answers).toEqual(
        newer ? ['committed 1', 'trapped', 'superseded 2', 'committed 3'] : ['committed 1', 'trapped', 'committed 2'],
      );
    }
  });

  it('fades out and traps: what fades in plays on', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask(text(2));
    desk.commit();
    desk.ask(text(3));
    const [first, second] = desk.batches.map((batch) => batch.generation);
    desk.trap(first, second);
    expect(desk.batches.at(-1)?.from).toBe(second);
    desk.finish();
    expect(desk.answers.at(-1)).toBe('committed 3');
  });

  it('gives its slots back when it has retired', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask(text(2));
    desk.commit();
    expect(desk.processor.filter(({ kind }) => kind === 'release')).toEqual([]);
    desk.retire(desk.batches[0].generation);
    const given = desk.batches[0].modules.flatMap(({ exports }) => exports.map(({ slot }) => slot));
    const released = desk.processor.flatMap((message) => (message.kind === 'release' ? [...message.slots] : []));
    expect(released.length).toBeGreaterThan(0);
    expect(given).toEqual(expect.arrayContaining(released));
  });
});

describe('messages of the processor', () => {
  it('that come twice, late, or about nothing change nothing', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask(text(2));
    desk.commit();
    const [first, second] = desk.batches;
    desk.commit(second);
    desk.commit(first);
    desk.refuse(first);
    desk.refuse(second);
    desk.retire(generation(77));
    desk.say({ kind: 'probed' });
    expect(desk.answers).toEqual(['committed 1', 'committed 2']);
    desk.retire(first.generation);
    desk.retire(first.generation);
    desk.commit(second);
    desk.ask(text(3));
    expect(desk.batches.at(-1)?.from).toBe(second.generation);
    desk.finish();
    desk.ask(`${text(3)}\n`);
    expect(desk.answers).toEqual(['committed 1', 'committed 2', 'committed 3', 'unchanged 4']);
  });
});

const seed = Number(process.env.SEGUE_SEED ?? 11);

it(`answers every request once, whatever the order of events, beside a real renderer (seed ${seed})`, async () => {
  const pick = randomPicks(seed);
  for (let round = 0; round < 6; round++) {
    const desk = await Desk.open();
    const events: ProcessorToWorker[] = [];
    const memory = new WebAssembly.Memory({ initial: 1, maximum: MAX_MEMORY_PAGES });
    const table = new WebAssembly.Table({ initial: 0, element: 'anyfunc' });
    const renderer = new Renderer({ memory, table, sampleRate: 48_000, emit: (event) => events.push(event) });
    const [left, right] = [new Float64Array(128), new Float64Array(128)];
    let delivered = 0;
    const deliver = (): void => {
      // Messages take a while, but keep their order.
      for (let some = pick(3); some > 0 && events.length > 0; some--) desk.say(events.shift()!);
      for (const message of desk.processor.slice(delivered)) {
        delivered++;
        if (message.kind === 'batch') renderer.receive(message.batch);
        if (message.kind === 'release') renderer.release(message.slots);
      }
    };
    let asked = 0;
    const ask = (body: string): void => {
      desk.ask(body);
      asked++;
    };
    for (let step = 0; step < 120; step++) {
      switch (pick(8)) {
        case 0:
        case 1:
          ask(text(pick(6) + 1));
          break;
        case 2:
          ask('const a = (');
          break;
        case 3:
          // Stops when it is played for a while.
          ask(`const a = [[${pick(3)}]]\nexport default () => a[currentFrame > ${500 * pick(20)} ? 9 : 0][0]`);
          break;
        case 4:
          deliver();
          break;
        default:
          renderer.process(left, right, 128);
          deliver();
      }
    }
    for (let step = 0; step < 200 || events.length > 0; step++) {
      renderer.process(left, right, 128);
      deliver();
    }
    const answered = desk.main.flatMap((message) => ('id' in message ? [(message as Answer).id] : []));
    expect(answered.sort((a, b) => a - b)).toEqual(Array.from({ length: asked }, (_, n) => n + 1));
    // It can still be edited, and nothing was left behind.
    ask('export default () => 0.25');
    for (let step = 0; step < 60; step++) {
      renderer.process(left, right, 128);
      deliver();
    }
    expect([left[0], desk.answers.at(-1)]).toEqual([0.25, `committed ${asked}`]);
    expect(
      Array.from({ length: table.length }, (_, n): unknown => table.get(n)).filter(Boolean).length,
    ).toBeLessThanOrEqual(2);
  }
});
