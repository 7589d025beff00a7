/**
 * Another piece starts from scratch, whatever names and places it has in common with the one that plays, and undo brings that
 * one back with the state that it had. What is heard is held to each text run as JavaScript from its own beginning.
 */
import { describe, expect, it } from 'vitest';
import { renderPatch } from '../node/renderPatch.ts';
import { expectSameRender } from './compare.ts';
import { LivePatch } from './live.ts';
import { loadOracle, type Render } from './oracle.ts';

const FADE_FRAMES = 480;

/** State of every kind, under the same names. */
const piece = (hz: number) => `let n = 0
function voice() { let phase = 0; return (f) => (phase = (phase + f / sampleRate) % 1) }
const voices = [voice(), voice()]
const line = new Float64Array(700)
let at = 0
export default () => {
  n += 1
  at = (at + 1) % 700
  const x = voices[0](${hz}) + voices[1](${hz / 2}) + Math.random()
  line[at] = x + line[(at + 1) % 700] * 0.5
  return [line[at], n + currentFrame * 1e-6]
}`;

/** A piece in JavaScript, which stands still while another one plays. */
class Alone {
  readonly #program;
  constructor(text: string) {
    this.#program = loadOracle(text);
  }
  /** The frames from `from` to `to`, by the clock of all. */
  play(from: number, to: number): Render {
    const left = new Float64Array(to - from);
    const right = new Float64Array(to - from);
    for (let n = 0; n < left.length; n++) {
      this.#program.frame(from + n);
      [left[n], right[n]] = this.#program.channels;
    }
    return { left, right };
  }
}

/** Another piece begins to play with the next block. */
function open(live: LivePatch, text: string, number: number) {
  const result = live.session.update(text, { piece: number });
  if (result.kind !== 'batch') throw new Error(result.kind);
  live.renderer.receive(result.batch);
  live.renderer.stageAll();
  return result;
}

function undo(live: LivePatch): void {
  live.renderer.receive(live.session.undo()!.batch);
  live.renderer.stageAll();
}

describe('another piece', () => {
  it('starts from scratch, faded, while the frames count on; undo and redo find both as they were', async () => {
    const live = await LivePatch.create(piece(110), { fadeFrames: FADE_FRAMES });
    const first = new Alone(piece(110));
    const expectHeard = (name: string, heard: Render, expected: Render, fromFrame: number) =>
      expectSameRender(name, heard, expected, { tolerance: 0, fromFrame });
    expectHeard('first', live.render(5000), first.play(0, 5000), 0);
    const { report, batch } = open(live, piece(330), 1);
    expect([batch.transition, batch.fadeFrames, report.stateKept, report.stateReset]).toEqual(['fade', 480, [], []]);
    const second = new Alone(piece(330));
    const heard = live.render(5000);
    const [old, next] = [first.play(5000, 5000 + FADE_FRAMES), second.play(5000, 10_000)];
    for (let n = 0; n < FADE_FRAMES; n++) {
      const mixed = old.left[n] + (next.left[n] - old.left[n]) * ((n + 1) / FADE_FRAMES);
      expect(heard.left[n]).toBeCloseTo(mixed, 12);
    }
    expectHeard('second', heard, next, FADE_FRAMES);

    // It sounded to the end of the fade, in blocks: that is where it stopped.
    first.play(5000 + FADE_FRAMES, 5000 + 512);
    undo(live);
    expectHeard('undone', live.render(5000), first.play(10_000, 15_000), FADE_FRAMES);
    second.play(10_000, 10_000 + 512);
    const [, redone] = [live.session, live.session.restore(piece(330), batch.generation, { piece: 1 })];
    if (redone.kind !== 'batch') throw new Error(redone.kind);
    live.renderer.receive(redone.batch);
    live.renderer.stageAll();
    expectHeard('redone', live.render(5000), second.play(15_000, 20_000), FADE_FRAMES);
  });

  it('is undone while it fades in: the one before sounds on', async () => {
    const live = await LivePatch.create(piece(110), { fadeFrames: FADE_FRAMES });
    const first = new Alone(piece(110));
    live.render(5000);
    open(live, piece(330), 1);
    live.render(128);
    undo(live);
    const expected = first.play(0, 10_128);
    const rest = { left: expected.left.slice(5128), right: expected.right.slice(5128) };
    expectSameRender('undone', live.render(5000), rest, { tolerance: 0, fromFrame: FADE_FRAMES });
  });

  it('is edited like any other, without what the piece before had', async () => {
    const live = await LivePatch.create(piece(110), { fadeFrames: FADE_FRAMES });
    live.render(5000);
    open(live, piece(330), 1);
    const second = new Alone(piece(330));
    live.render(5000);
    live.swap(`${piece(330)}\nconst unheard = [1]`);
    const expected = second.play(5000, 15_000);
    const rest = { left: expected.left.slice(5000), right: expected.right.slice(5000) };
    expectSameRender('edited', live.render(5000), rest, { tolerance: 0 });
  });

  it('that a pasted text is not: it is an edit of what plays', async () => {
    const swaps = [{ frame: 1024, text: piece(330) }];
    const { right } = await renderPatch({ text: piece(110), frames: 3000, swaps, raw: true });
    expect(right[2999]).toBe(3000 + 2999 * 1e-6);
  });
});
