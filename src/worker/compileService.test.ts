/** One batch under way, the newest text next, one answer per request, whatever the processor reports and when. */

import { describe, expect, it } from 'vitest';
import { KEPT_GENERATIONS } from '../../worklets/keptGenerations.ts';
import { Renderer } from '../../worklets/renderer.ts';
import { MAX_MEMORY_PAGES } from '../protocol/arena.ts';
import type { ProcessorToWorker } from '../protocol/audio.ts';
import type { BatchModule, GenerationBatch } from '../protocol/generation.ts';
import { generation } from '../protocol/units.ts';
import { randomPicks } from '../testing/compileText.ts';
import { type Answer, Desk, text } from '../testing/serviceDesk.ts';

describe('requests', () => {
  it('are answered when their batch plays', async () => {
    const desk = await Desk.open();
    const id = desk.ask(text(1));
    expect([desk.answers, desk.batches.length]).toEqual([[], 1]);
    desk.time = 12;
    desk.commit();
    const [batch] = desk.batches;
    expect(desk.main[0]).toMatchObject({ kind: 'events' });
    expect(desk.main[1]).toMatchObject({
      kind: 'committed',
      id,
      generation: batch.generation,
      text: text(1),
      frame: 0,
    });
    expect(desk.main[2]).toMatchObject({
      kind: 'code',
      generation: batch.generation,
      rows: [{ unit: 'x' }, {}],
      beatsPerBar: null,
    });
  });

  it('are timed from when they came to when their batch was sent', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask(text(2));
    desk.ask(text(3));
    desk.time += 20;
    desk.refuse();
    desk.time += 100;
    desk.finish();
    const times = desk.main.flatMap((message) => (message.kind === 'committed' ? [message.compileMs] : []));
    expect(times).toEqual([0, 20]);
  });

  it('do not wait until the batch before has faded in', async () => {
    const desk = await Desk.open();
    for (const n of [1, 2, 3]) {
      desk.ask(text(n));
      expect(desk.batches.length).toBe(n);
      desk.commit();
    }
    expect(desk.answers).toEqual(['committed 1', 'committed 2', 'committed 3']);
    const [first, second] = desk.batches.map(({ generation: sent }) => sent);
    expect(desk.batches.map(({ from }) => from)).toEqual([null, first, second]);
    desk.settle();
    expect(desk.processor.at(-1)).toMatchObject({ kind: 'rollbackPlan', to: second });
  });

  it('wait for room, which what is only kept gives up', async () => {
    const desk = await Desk.open({ memoryBytes: 1.7 * 2 ** 20 });
    const large = (n: number) =>
      `const line = new Float64Array(${2 ** 16})\nlet n = ${n}\nexport default () => (line[n++ % 9] = n)`;
    for (const n of [1, 2, 3]) {
      desk.ask(large(n));
      desk.finish();
    }
    const [first, second] = desk.batches.map(({ generation: sent }) => sent);
    desk.ask(large(4));
    expect(desk.processor.at(-1)).toEqual({ kind: 'drop', generations: [first, second] });
    desk.retire(first);
    desk.retire(second);
    desk.finish();
    expect(desk.answers).toEqual(['committed 1', 'committed 2', 'committed 3', 'committed 4']);
  });

  it('are told their mistakes during a fade', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.commit();
    desk.ask('export default () => missing');
    expect(desk.answers).toEqual(['committed 1', 'rejected 2']);
    desk.settle();
    expect(desk.batches.length).toBe(1);
  });

  it('take back what has not begun', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask(text(2));
    desk.ask(text(3));
    desk.ask(text(4));
    const withdrawn = desk.processor.filter(({ kind }) => kind === 'withdraw');
    expect(withdrawn).toEqual([{ kind: 'withdraw', generation: desk.batches[1].generation }]);
    desk.refuse();
    expect(desk.batches.length).toBe(3);
    desk.finish();
    expect(desk.answers).toEqual(['committed 1', 'superseded 3', 'superseded 2', 'committed 4']);
    expect(desk.batches.at(-1)?.from).toBe(desk.batches[0].generation);
  });

  it('come too late to take back what has begun meanwhile', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask(text(2));
    desk.ask(text(3));
    desk.finish();
    expect(desk.answers).toEqual(['committed 1', 'committed 2']);
    desk.finish();
    expect(desk.answers).toEqual(['committed 1', 'committed 2', 'committed 3']);
  });

  it('with mistakes, or that mean the same, are answered at once', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask('const a = (');
    desk.ask(`${text(1)}// the same`);
    desk.ask('export default () => missing');
    expect(desk.answers).toEqual(['committed 1', 'rejected 2', 'unchanged 3', 'rejected 4']);
    const { generation: playing } = desk.batches[0];
    expect(desk.main.find(({ kind }) => kind === 'unchanged')).toMatchObject({ generation: playing });
    expect(desk.batches.length).toBe(1);
  });

  it('that are refused are answered, and the next one continues what plays', async () => {
    const desk = await Desk.open();
    desk.ask(text(1));
    desk.finish();
    desk.ask(text(2));
    desk.refuse();
    desk.ask(text(3));
    expect(desk.answers).toEqual(['committed 1', 'rejected 2']);
    expect(desk.main.find(({ kind }) => kind === 'rejected')).toMatchObject({
      diagnostics: [{ message: expect.stringContaining('a test said so') }],
    });
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
    expect(desk.batches.at(-1)?.from).toBe(second);
    desk.trap(second, first);
    desk.refuse();
    expect(desk.main.find((message) => message.kind === 'trapped')).toMatchObject({
      generation: second,
      fallback: first,
    });
    expect(desk.batches.at(-1)?.from).toBe(first);
    desk.finish();
    expect(desk.answers.at(-1)).toBe('committed 3');
  });

  it('may trap later: the next request starts from scratch', async () => {
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
    desk.settle();
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
    const given = madeOf(desk.batches[0]).flatMap(({ exports }) => exports.map(({ slot }) => slot));
    const released = desk.processor.flatMap((message) => (message.kind === 'release' ? [...message.slots] : []));
    expect(released.length).toBeGreaterThan(0);
    expect(given).toEqual(expect.arrayContaining(released));
  });
});

describe('settings', () => {
  const song = 'const bpm = 120\nconst beatsPerBar = 3\nlet x = 0\nexport default () => (x += 1 / bpm)\n';

  it('are for the swaps to come', async () => {
    const desk = await Desk.open();
    desk.ask(song);
    desk.finish();
    const swap = (fadeMs: number, quantise: 'off' | 'beat' | 'bar', edit: string) => {
      desk.service.hearMain({ kind: 'settings', fadeMs, quantise });
      desk.ask(song.replace('1 / bpm', edit));
      const { fadeFrames, quantumBeats } = desk.batches.at(-1)!;
      desk.finish();
      return [fadeFrames, quantumBeats];
    };
    expect(swap(0, 'off', '2 / bpm')).toEqual([0, 0]);
    expect(swap(50, 'beat', '3 / bpm')).toEqual([2400, 1]);
    expect(swap(1e9, 'bar', '4 / bpm')).toEqual([480_000, 3]);
    expect(desk.answers.filter((answer) => answer.startsWith('waiting'))).toEqual(['waiting 3', 'waiting 4']);
  });

  it('make a swap wait, which is told with its reason and, from where the processor is, with its time', async () => {
    const desk = await Desk.open();
    desk.ask(song);
    desk.finish();
    desk.service.hearMain({ kind: 'settings', fadeMs: 2000, quantise: 'bar' });
    const id = desk.ask(song.replace('1 / bpm', '2 / bpm'));
    const waits = () => desk.main.filter((told) => told.kind === 'waiting');
    const asked = desk.processor.at(-1);
    if (asked?.kind !== 'status') throw new Error('nobody asked where the processor is');
    const [first, second] = desk.batches.map((batch) => batch.generation);
    const status = {
      playing: first,
      staged: second,
      waitFrames: 24_000,
      held: [],
      isFading: false,
      tier: 1,
      promoting: null,
    } as const;
    desk.say({ kind: 'status', serial: asked.serial, ...status, frame: 408_000 });
    expect(waits()).toEqual([
      { kind: 'waiting', id, reason: 'bar', seconds: null },
      { kind: 'waiting', id, reason: 'bar', seconds: 0.5 },
    ]);
  });

  it('are for the swap that waits, too', async () => {
    const desk = await Desk.open();
    desk.ask(song);
    desk.finish();
    desk.service.hearMain({ kind: 'settings', fadeMs: 10, quantise: 'bar' });
    const id = desk.ask(song.replace('1 / bpm', '2 / bpm'));
    const { generation: sent } = desk.batches.at(-1)!;
    const told = (fadeMs: number, quantise: 'off' | 'beat' | 'bar') => {
      const before = desk.processor.length;
      desk.service.hearMain({ kind: 'settings', fadeMs, quantise });
      return desk.processor.slice(before).filter(({ kind }) => kind !== 'status');
    };
    const appoint = (fadeFrames: number, transition: string, quantumBeats: number) => [
      { kind: 'appoint', generation: sent, appointment: { fadeFrames, transition, quantumBeats, quantumBpm: 0 } },
    ];
    expect(told(10, 'beat')).toEqual(appoint(480, 'fade', 1));
    expect(desk.main.at(-1)).toEqual({ kind: 'waiting', id, reason: 'beat', seconds: null });
    expect(told(10, 'beat')).toEqual([]);
    expect(told(0, 'off')).toEqual(appoint(0, 'cut', 0));
    expect(told(20, 'off')).toEqual(appoint(960, 'fade', 0));
    desk.finish();
    expect(desk.main.findLast(({ kind }) => kind === 'committed')).toMatchObject({ report: { fadeFrames: 960 } });
    expect(told(10, 'bar')).toEqual([]);
  });

  it('of beats go by what plays, unless that is left over from typing a tempo that is much faster', async () => {
    const at = (bpm: string) => (bpm === '' ? song.replaceAll('bpm', 'speed') : song.replace('120', bpm));
    const waits = async (...tempos: string[]) => {
      const desk = await Desk.open();
      desk.service.hearMain({ kind: 'settings', fadeMs: 10, quantise: 'bar' });
      for (const bpm of tempos) {
        desk.ask(at(bpm));
        desk.finish();
      }
      const { quantumBeats, quantumBpm } = desk.batches.at(-1)!;
      return [quantumBeats, quantumBpm];
    };
    const [byWhatPlays, atOnce] = [
      [3, 0],
      [0, 0],
    ];
    expect(await waits('120', '126')).toEqual(byWhatPlays);
    expect(await waits('120', '1')).toEqual(byWhatPlays);
    expect(await waits('1', '12')).toEqual([3, 12]);
    expect(await waits('12', '120')).toEqual([3, 120]);
    expect(await waits('1', '1.0000001')).toEqual(byWhatPlays);
    expect(await waits('1', '')).toEqual(atOnce);
    expect(await waits('120', '')).toEqual(byWhatPlays);
  });

  it('of beats mean nothing where there is no tempo', async () => {
    const written = 'let bpm = 120\nconst rise = () => { bpm += 1e-6; return bpm }\n';
    for (const tempo of [
      '',
      'const bpm = "fast"',
      'const bpm = 0',
      'const bpm = 0 / 0',
      'const bpm = (x) => x',
      written,
    ]) {
      const desk = await Desk.open();
      desk.service.hearMain({ kind: 'settings', fadeMs: 10, quantise: 'beat' });
      const song = (n: number) =>
        tempo === written ? `${tempo}let n = ${n}\nexport default () => rise() % n` : `${tempo}\n${text(n)}`;
      desk.ask(song(1));
      desk.finish();
      desk.ask(song(2));
      expect(desk.batches.map(({ quantumBeats }) => quantumBeats)).toEqual([0, 0]);
    }
  });
});

describe('messages of the processor', () => {
  it('of what is not as it should be while it plays on are passed on with their place', async () => {
    const desk = await Desk.open();
    desk.ask('let y = 1\nexport default () => { y *= -1e300; return y }');
    desk.finish();
    const [{ generation: first }] = desk.batches;
    desk.say({ kind: 'slow', generation: first, load: 1.4 });
    desk.say({ kind: 'nonFinite', generation: first, frame: 0 });
    desk.say({ kind: 'slow', generation: generation(9), load: 1.4 });
    desk.say({ kind: 'nonFinite', generation: generation(9), frame: 0 });
    expect(desk.main.filter(({ kind }) => kind === 'noticed')).toMatchObject([
      {
        generation: 1,
        diagnostic: { code: 'too-slow', severity: 'warning', message: expect.stringContaining('140 %') },
      },
      { generation: 1, diagnostic: { code: 'not-finite', severity: 'warning' } },
    ]);
  });

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
    desk.settle(first);
    desk.settle(second);
    desk.settle(second);
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
        if (message.kind === 'withdraw') renderer.withdraw(message.generation);
        if (message.kind === 'drop') renderer.drop(message.generations);
        if (message.kind === 'rollbackPlan') renderer.setWayBack(message.from, message.to, message.plan);
      }
    };
    let asked = 0;
    const ask = (body: string): void => {
      desk.ask(body);
      asked++;
    };
    for (let step = 0; step < 120; step++) {
      switch (pick(9)) {
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
        case 4: {
          const committed = new Set(desk.main.flatMap((told) => (told.kind === 'committed' ? [told.generation] : [])));
          const versions = desk.batches.filter((batch) => committed.has(batch.generation));
          if (versions.length === 0) break;
          desk.restore(versions[pick(versions.length)]);
          asked++;
          break;
        }
        case 5:
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
    expect(desk.main.every(({ kind }) => kind !== 'waiting')).toBe(true);
    expect(answered.sort((a, b) => a - b)).toEqual(Array.from({ length: asked }, (_, n) => n + 1));
    // It can still be edited, and nothing was left behind.
    ask('export default () => 0.25');
    for (let step = 0; step < 60; step++) {
      renderer.process(left, right, 128);
      deliver();
    }
    expect([left[0], desk.answers.at(-1)]).toEqual([0.25, `committed ${asked}`]);
    // At most two functions for each of those that are kept, and for what plays.
    const filled = Array.from({ length: table.length }, (_, n): unknown => table.get(n)).filter(Boolean).length;
    expect(filled).toBeLessThanOrEqual(2 * (KEPT_GENERATIONS + 1));
  }
});

const madeOf = (batch: GenerationBatch | undefined): readonly BatchModule[] =>
  batch?.reinstates === null ? batch.modules : [];
