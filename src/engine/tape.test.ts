/** The page's end of the tape, with a processor's end that plays numbers. */
import { describe, expect, it } from 'vitest';
import { Tape as ProcessorTape } from '../../worklets/tape.ts';
import type { MainToProcessor } from '../protocol/audio.ts';
import { Tape } from './tape.ts';

const RATE = 100;

/** Both ends; messages arrive at once. `frame` counts what is played, from 1. */
function taping() {
  let processor!: ProcessorTape;
  let frame = 0;
  let given = 0;
  const isLive: boolean[] = [];
  const tape: Tape = new Tape((message: MainToProcessor) => {
    if (message.kind === 'tape') {
      given += message.blocks.length;
      processor.give(message.blocks);
    }
    if (message.kind === 'tapeLive') {
      isLive.push(message.isLive);
      processor.isLive = message.isLive;
    }
    if (message.kind === 'cutTape') processor.cut(message.serial);
  });
  const begin = (rate: number) => {
    processor = new ProcessorTape((taped) => tape.taped(taped));
    tape.begin(rate);
  };
  begin(RATE);
  const play = (frames: number) => {
    for (let n = 0; n < frames; n++) {
      const left = Float32Array.of(++frame);
      processor.process(
        left,
        left.map((sample) => -sample),
      );
    }
  };
  return { tape, begin, play, isLive, played: () => frame, given: () => given };
}

const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

describe('the last minute', () => {
  it.each([0, 1, 255, 5999, 6000, 6001, 30_003])('after %i frames is their end, to the last one', async (frames) => {
    const { tape, play } = taping();
    play(frames);
    const { left, right, sampleRate } = await tape.lastMinute();
    expect([...left]).toEqual(numbers(Math.max(1, frames - 60 * RATE + 1), frames));
    expect([...right]).toEqual([...left].map((sample) => -sample));
    expect(sampleRate).toBe(RATE);
  });

  it('can be taken again and again, and needs no more blocks in an hour than in two minutes', async () => {
    const { tape, play, given } = taping();
    const blocks: number[] = [];
    for (let take = 0; take < 30; take++) {
      for (let n = 0; n < 12; n++) {
        play(997);
        await tape.lastMinute();
      }
      expect((await tape.lastMinute()).left).toHaveLength(60 * RATE);
      blocks.push(given());
    }
    // As many go out as come back.
    const perTake = blocks.slice(1).map((count, n) => count - blocks[n]);
    expect(Math.max(...perTake) - Math.min(...perTake)).toBeLessThan(12);
  });

  it('has silence where something was lost', async () => {
    const { tape, play } = taping();
    play(10);
    tape.taped({ kind: 'taped', blocks: [], lastFrames: null, lostFrames: 5, cut: null });
    await tape.cut();
    play(10);
    const { left } = await tape.lastMinute();
    // The loss was told before the ten frames came.
    expect([...left]).toEqual([0, 0, 0, 0, 0, ...numbers(1, 20)]);
  });

  it('is another one at another rate, and the same after an output of the same rate', async () => {
    const { tape, play, begin } = taping();
    play(50);
    await tape.cut();
    begin(RATE);
    play(50);
    expect([...(await tape.lastMinute()).left]).toEqual(numbers(1, 100));
    begin(2 * RATE);
    play(50);
    const { left, sampleRate } = await tape.lastMinute();
    expect([...left]).toEqual(numbers(101, 150));
    expect(sampleRate).toBe(2 * RATE);
  });
});

describe('who listens', () => {
  it('hears what is played between two cuts, and nothing else', async () => {
    const { tape, play } = taping();
    play(77);
    await tape.cut();
    const heard: number[] = [];
    const end = tape.listen({ heard: (left) => heard.push(...left) });
    play(123);
    await tape.cut();
    end();
    play(50);
    expect(heard).toEqual(numbers(78, 200));
  });

  it('live, hears each block as it is full; the processor is told once, and again by another output', () => {
    const { tape, play, begin, isLive } = taping();
    const lengths: number[] = [];
    const end = tape.listen({ heard: (left) => lengths.push(left.length) }, { isLive: true });
    const endOther = tape.listen({ heard: () => undefined }, { isLive: true });
    play(25);
    expect(lengths).toEqual([10, 10]);
    begin(RATE);
    end();
    end();
    endOther();
    expect(isLive).toEqual([true, true, false]);
  });

  it('is answered also when the output is gone', async () => {
    const tape = new Tape(() => undefined);
    tape.begin(RATE);
    const cut = tape.cut();
    tape.end();
    await cut;
    await tape.cut();
    expect((await tape.lastMinute()).left).toHaveLength(0);
  });
});
