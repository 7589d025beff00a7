/** What was played is on the tape, frame by frame, whoever takes part of it when; what there is no block for is counted. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TapeBlock, Taped } from '../src/protocol/audio.ts';
import { Tape } from './tape.ts';

const BLOCK_FRAMES = 8;
const empty = (count: number): TapeBlock[] => Array.from({ length: count }, () => new Float32Array(2 * BLOCK_FRAMES));

/** A tape, and what came out of it as samples; lost frames are NaN. `isRead`: whether blocks are given back. */
function taping(pool: number, isRead = true) {
  const heard: [number[], number[]] = [[], []];
  const sent: Taped[] = [];
  const tape: Tape = new Tape((taped) => {
    sent.push(taped);
    for (const side of heard) side.push(...Array<number>(taped.lostFrames).fill(Number.NaN));
    for (const [n, block] of taped.blocks.entries()) {
      const frames = (n === taped.blocks.length - 1 ? taped.lastFrames : null) ?? BLOCK_FRAMES;
      heard[0].push(...block.subarray(0, frames));
      heard[1].push(...block.subarray(BLOCK_FRAMES, BLOCK_FRAMES + frames));
    }
    if (isRead) tape.give(taped.blocks);
  });
  tape.give(empty(pool));
  let frame = 0;
  const play = (frames: number) => {
    const left = Float32Array.from({ length: frames }, () => ++frame);
    tape.process(
      left,
      left.map((sample) => -sample),
    );
  };
  return { tape, heard, sent, play, played: () => frame };
}

it('has each frame once and in order, for any lengths of blocks, cuts and changes of pace', () => {
  const step = fc.oneof(
    fc.record({ play: fc.integer({ min: 1, max: 40 }) }),
    fc.constant({ cut: true }),
    fc.record({ live: fc.boolean() }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { tape, heard, sent, play, played } = taping(12);
      for (const one of steps) {
        if ('play' in one) play(one.play);
        else if ('live' in one) tape.isLive = one.live;
        else {
          tape.cut(sent.length);
          // All that was played so far is there, and nothing else.
          expect(heard[0]).toHaveLength(played());
          expect(sent.at(-1)?.cut).toBe(sent.length - 1);
        }
      }
      tape.cut(0);
      expect(heard[0]).toEqual(Array.from({ length: played() }, (_, n) => n + 1));
      expect(heard[1]).toEqual(heard[0].map((sample) => -sample));
    }),
  );
});

it('sends ten blocks at a time, or each as it is full while somebody meters', () => {
  const { tape, sent, play } = taping(20);
  play(10 * BLOCK_FRAMES - 1);
  expect(sent).toHaveLength(0);
  play(1);
  expect(sent.map(({ blocks }) => blocks.length)).toEqual([10]);
  tape.isLive = true;
  for (let n = 0; n < 3; n++) play(BLOCK_FRAMES);
  expect(sent.map(({ blocks }) => blocks.length)).toEqual([10, 1, 1, 1]);
});

it('counts what it has no block for, at its place', () => {
  const { tape, heard, sent, play } = taping(2, false);
  play(5 * BLOCK_FRAMES + 3);
  expect(sent.map(({ blocks, lostFrames }) => [blocks.length, lostFrames])).toEqual([[2, 0]]);
  tape.give(empty(4));
  play(2);
  tape.cut(7);
  expect(sent).toHaveLength(2);
  expect(sent[1]).toMatchObject({ lostFrames: 3 * BLOCK_FRAMES + 3, lastFrames: 2, cut: 7 });
  const numbers = Array.from({ length: 5 * BLOCK_FRAMES + 5 }, (_, n) => n + 1);
  expect(heard[0]).toEqual(numbers.map((n) => (n > 16 && n <= 43 ? Number.NaN : n)));
});

it('writes nothing down before there are blocks, and answers nevertheless', () => {
  const { tape, sent, play } = taping(0);
  play(100);
  expect(sent).toEqual([]);
  tape.cut(1);
  expect(sent).toEqual([{ kind: 'taped', blocks: [], lastFrames: null, lostFrames: 100, cut: 1 }]);
});
