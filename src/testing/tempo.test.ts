/**
 * The tempo of a piece that plays: `currentBeat` against the formula by hand, through edits of the tempo and all ways back.
 *
 *   beat = position at the last change + (frame - frame of that change) * bpm / (60 * sample rate)
 */
import { describe, expect, it } from 'vitest';
import { renderPatch } from '../node/renderPatch.ts';
import { largestStep } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { randomPicks } from './compileText.ts';
import { LivePatch } from './live.ts';
import { loadOracle, type Render, renderOracle } from './oracle.ts';

const RATE = 48_000;
const FADE_FRAMES = 480;

interface Change {
  readonly frame: number;
  readonly bpm: number;
}

/** The beat in `frame`, by hand: `changes` in order, the first one at frame 0. */
function beatBy(changes: readonly Change[], frame: number): number {
  let position = 0;
  let [since, ...later] = changes;
  for (const next of later) {
    if (next.frame > frame) break;
    if (next.bpm === since.bpm) continue;
    position = position + ((next.frame - since.frame) * since.bpm) / (60 * RATE);
    since = next;
  }
  return position + ((frame - since.frame) * since.bpm) / (60 * RATE);
}

/** Says what the beat is. */
const told = (bpm: number | string) => `const bpm = ${bpm}\nexport default () => [currentBeat, bpm]`;

/** From the end of each fade on, all there is equals the formula bit for bit; within one it is between old and new. */
function expectBeats({ left }: Render, changes: readonly Change[], fadeFrames = FADE_FRAMES): void {
  for (const [n, { frame }] of changes.entries()) {
    const end = changes[n + 1]?.frame ?? left.length;
    const before = changes.slice(0, Math.max(1, n));
    for (let at = frame; at < end; at++) {
      const expected = beatBy(changes, at);
      if (n === 0 || at >= frame + fadeFrames) {
        if (left[at] !== expected) expect(left[at], `frame ${at}`).toBe(expected);
        continue;
      }
      // The old side keeps its own tempo.
      const old = beatBy(before, at);
      const mixed = old + (expected - old) * ((at - frame + 1) / fadeFrames);
      if (Math.abs(left[at] - mixed) > 1e-9) expect(left[at], `frame ${at}, within the fade`).toBeCloseTo(mixed, 9);
    }
  }
}

describe('at a constant tempo', () => {
  it.each([1, 32, 127, 128, 1024])('the beat is the formula, bit for bit, in blocks of %i', async (blockFrames) => {
    const frames = 10_000;
    for (const declared of ['const bpm = 97.3', 'let tempo = 128', '', 'const bpm = 0', 'const bpm = -12']) {
      const text = `${declared}\nexport default () => [currentBeat, currentBeat * 2]`;
      const bpm = declared === '' ? 60 : Number(declared.split('= ')[1]);
      const { left, right } = await renderCompiled({ text, frames, blockFrames });
      const oracle = renderOracle(text, { frames });
      for (let n = 0; n < frames; n++) {
        const beat = beatBy([{ frame: 0, bpm }], n);
        if (left[n] !== beat || right[n] !== 2 * beat) expect([n, left[n], right[n]]).toEqual([n, beat, 2 * beat]);
        if (oracle.left[n] !== beat) expect([n, oracle.left[n]]).toEqual([n, beat]);
      }
    }
  });

  it('edits that leave it alone leave the bits alone', async () => {
    const swaps = [1, 2, 3].map((n) => ({ frame: 1024 * n, text: `const other = ${n}\n${told(133)}` }));
    const { left } = await renderCompiled({ text: told(133), frames: 8000, swaps, fadeFrames: 256 });
    const { left: expected } = renderOracle(told(133), { frames: 8000 });
    expect(left).toEqual(expected);
  });

  it.each([
    [
      'that frames write is none',
      'let bpm = 90\nconst rise = () => (bpm += 1)\nexport default () => [currentBeat, rise()]',
      60,
    ],
    ['that is no number is none', 'const bpm = "90"\nexport default () => [currentBeat, bpm.length]', 60],
    ['that is not finite is none', 'const bpm = 1 / 0\nexport default () => [currentBeat, bpm > 3 ? 1 : 0]', 60],
    [
      'of the other name counts where the first is none',
      'const bpm = () => 7\nconst tempo = 45\nexport default () => [currentBeat, bpm()]',
      45,
    ],
    [
      'is the first name where there are both',
      'const tempo = 45\nconst bpm = 70\nexport default () => [currentBeat, tempo]',
      70,
    ],
    [
      'of a function is none',
      'function song() { const bpm = 90; return bpm }\nexport default () => [currentBeat, song()]',
      60,
    ],
    [
      'that the top level changes is what it came to',
      'let bpm = 90\nbpm += 10\nexport default () => [currentBeat, bpm]',
      100,
    ],
  ])('one %s', async (_, text, bpm) => {
    const { left } = await renderCompiled({ text, frames: 2000 });
    expect(left[1999]).toBe((1999 * bpm) / (60 * RATE));
    expect(renderOracle(text, { frames: 2000 }).left[1999]).toBe(left[1999]);
  });

  it('the top level sees no beats yet, whenever it runs', async () => {
    const text = (n: number) => `const bpm = 120\nconst start = currentBeat\nexport default () => start + ${n}`;
    const { left } = await renderCompiled({ text: text(1), frames: 4096, swaps: [{ frame: 1024, text: text(2) }] });
    expect([left[1000], left[4000]]).toEqual([1, 2]);
  });
});

describe('a change of tempo', () => {
  it('leaves the position where it is, at thirty moments', async () => {
    const seed = 7;
    const below = randomPicks(seed);
    const live = await LivePatch.create(told(100), { fadeFrames: FADE_FRAMES });
    const changes: Change[] = [{ frame: 0, bpm: 100 }];
    const parts: Float64Array[] = [];
    for (let n = 0; n < 30; n++) {
      parts.push(live.render(600 + below(3000), 1 + below(300)).left);
      const bpm = [60, 61.5, 128, 132, 400 / 3, 200][below(6)];
      live.swap(told(bpm));
      changes.push({ frame: live.renderer.currentFrame, bpm });
    }
    parts.push(live.render(2000).left);
    const left = Float64Array.from(parts.flatMap((part) => [...part]));
    expect(live.swapFrames).toEqual(
      changes.slice(1).flatMap(({ frame, bpm }, n) => (bpm === changes[n].bpm ? [] : [frame])),
    );
    expectBeats(
      { left, right: left },
      changes.filter(({ bpm }, n) => bpm !== changes[n - 1]?.bpm),
    );
  });

  it('from 128 to 132 five seconds in does not make the piece jump', async () => {
    const piece = (bpm: number) => `const bpm = ${bpm}
      const notes = [220, 330, 275, 440, 247.5, 330, 293, 220]
      let phase = 0
      export default () => {
        const step = currentBeat * 4
        phase = (phase + notes[Math.floor(step) % 8] / sampleRate) % 1
        return (1 - step % 1) * (1 - Math.abs(2 * phase - 1))
      }`;
    const [swapFrame, frames] = [240_000, 300_000];
    const swaps = [{ frame: swapFrame, text: piece(132) }];
    const swapped = await renderCompiled({ text: piece(128), frames, swaps, fadeFrames: FADE_FRAMES });
    // The same piece by hand: its text run as JavaScript, told the beat by the formula.
    const changes = [
      { frame: 0, bpm: 128 },
      { frame: swapFrame, bpm: 132 },
    ];
    const program = loadOracle(piece(128));
    const expected = new Float64Array(frames);
    for (let n = 0; n < frames; n++) {
      program.frame(n, beatBy(changes, n));
      [expected[n]] = program.channels;
    }
    for (let n = swapFrame + FADE_FRAMES; n < frames; n++) {
      if (Math.abs(swapped.left[n] - expected[n]) > 1e-9) expect(swapped.left[n], `frame ${n}`).toBe(expected[n]);
    }
    // At bpm * t / 60 it would be 1.3 sixteenths further at once.
    expect((swapFrame * (132 - 128) * 4) / (60 * RATE)).toBeCloseTo(1.333, 3);
    const alone = [piece(128), piece(132)].map((text) => largestStep(renderOracle(text, { frames }), 0, frames));
    expect(largestStep(swapped, 0, frames)).toBeLessThanOrEqual(1.05 * Math.max(...alone));
  });

  it('may be typed digit by digit, and come and go', async () => {
    const typed: readonly (readonly [text: string, bpm: number])[] = [
      [told(128), 128],
      [told(12), 12],
      [told(1), 1],
      [told(13), 13],
      [told(132), 132],
      ['export default () => [currentBeat, 0]', 60],
      ['const tempo = 90\nexport default () => [currentBeat, 0]', 90],
      ['let bpm = 50\nconst rise = () => (bpm += 1)\nexport default () => [currentBeat, rise()]', 60],
      [told('60 * 2'), 120],
    ];
    const live = await LivePatch.create(typed[0][0], { fadeFrames: FADE_FRAMES });
    const changes: Change[] = [{ frame: 0, bpm: 128 }];
    const parts = [live.render(5000).left];
    for (const [text, bpm] of typed.slice(1)) {
      live.swap(text);
      changes.push({ frame: live.renderer.currentFrame, bpm });
      parts.push(live.render(5000).left);
    }
    const left = Float64Array.from(parts.flatMap((part) => [...part]));
    expectBeats({ left, right: left }, changes);
  });

  it('goes by what the tempo is at the commit, where its value was carried over', async () => {
    // Frames have written it; once they no longer do, it is what they left.
    const live = await LivePatch.create(
      'let bpm = 90\nconst f = () => (bpm = 75)\nexport default () => [currentBeat, f()]',
    );
    live.render(5000);
    live.swap('let bpm = 90\nexport default () => [currentBeat, bpm]');
    const { left, right } = live.render(5000);
    const changes = [
      { frame: 0, bpm: 60 },
      { frame: 5000, bpm: 75 },
    ];
    expect([left[4999], right[4999]]).toEqual([beatBy(changes, 9999), 75]);
    // A tempo that was drawn is kept, too, when one more is drawn before it.
    const drawn = 'const bpm = 100 + 50 * Math.random()\nexport default () => [currentBeat, bpm]';
    const lucky = await LivePatch.create(drawn);
    const bpm = lucky.render(3000).right[0];
    lucky.swap(`const other = Math.random()\n${drawn}`);
    const after = lucky.render(3000);
    expect([after.right[2999], after.left[2999]]).toEqual([bpm, (5999 * bpm) / (60 * RATE)]);
  });
});

describe('the way back', () => {
  const boom = (bpm: number, trapFrame: number) => `const bpm = ${bpm}
    const deep = (n) => (n > 0 ? 1 + deep(n + 1) : 0)
    export default () => [currentBeat, currentFrame === ${trapFrame} ? deep(1) : bpm]`;

  it('by undo keeps the position, at the tempo from before, and so does redo', async () => {
    const live = await LivePatch.create(told(90), { fadeFrames: FADE_FRAMES });
    const changes: Change[] = [{ frame: 0, bpm: 90 }];
    const parts = [live.render(3000).left];
    live.swap(told(150));
    changes.push({ frame: 3000, bpm: 150 });
    parts.push(live.render(3000).left);
    for (const bpm of [90]) {
      live.renderer.receive(live.session.undo()!.batch);
      live.renderer.stageAll();
      changes.push({ frame: live.renderer.currentFrame, bpm });
      parts.push(live.render(3000).left);
    }
    live.swap(told(150));
    changes.push({ frame: live.renderer.currentFrame, bpm: 150 });
    parts.push(live.render(3000).left);
    const left = Float64Array.from(parts.flatMap((part) => [...part]));
    expectBeats({ left, right: left }, changes);
  });

  it('by undo during the fade turns round to what sounds still, which has kept its own beat', async () => {
    const live = await LivePatch.create(told(90), { fadeFrames: 4800 });
    live.render(3000);
    live.swap(told(150));
    live.render(1000);
    live.renderer.receive(live.session.undo()!.batch);
    live.renderer.stageAll();
    const { left } = live.render(8000);
    expect(left[7999]).toBe((11_999 * 90) / (60 * RATE));
    live.swap(told(30));
    const changes = [
      { frame: 0, bpm: 90 },
      { frame: 12_000, bpm: 30 },
    ];
    expect(live.render(6000).left[5999]).toBe(beatBy(changes, 17_999));
  });

  it('after a trap keeps the position', async () => {
    const swaps = [{ frame: 5120, text: boom(150, 20_000) }];
    const render = await renderPatch({ text: told(90), frames: 30_000, swaps, raw: true });
    expect(render.traps.length).toBe(1);
    const { frame } = render.traps[0];
    const changes = [
      { frame: 0, bpm: 90 },
      { frame: 5120, bpm: 150 },
      { frame, bpm: 90 },
    ];
    expect(frame).toBeGreaterThan(19_000);
    for (const at of [19_900, frame - 1, frame + 480, 29_999]) expect(render.left[at]).toBe(beatBy(changes, at));
    expect(largestStep({ left: render.left, right: render.left }, 6000, 30_000)).toBeLessThan(
      (1.05 * 150) / (60 * RATE),
    );
  });

  it('after a trap during the fade is what sounds still, with its own beat', async () => {
    const swaps = [{ frame: 5120, text: boom(150, 5300) }];
    const render = await renderPatch({ text: told(90), frames: 30_000, swaps, raw: true });
    expect(render.traps.length).toBe(1);
    for (const at of [6000, 29_999]) expect(render.left[at]).toBe((at * 90) / (60 * RATE));
  });
});

describe('a swap on the bar', () => {
  /** Plays `first`, then each text at once, 5000 frames apart. */
  async function playing(...texts: readonly string[]): Promise<LivePatch> {
    const live = await LivePatch.create(texts[0], { fadeFrames: FADE_FRAMES });
    live.render(5000);
    for (const text of texts.slice(1)) {
      live.swap(text);
      live.render(5000);
    }
    live.session.configure({ fadeMs: 10, quantise: 'bar' });
    return live;
  }
  /** The first frame from `from` on in which a bar begins, by hand. */
  function barFrom(from: number, changes: readonly Change[], beats: number): number {
    const bar = (frame: number) => Math.floor(beatBy(changes, frame) / beats);
    let frame = from;
    while (bar(frame) === bar(frame - 1)) frame++;
    return frame;
  }
  const edited = (text: string, n: number) => text.replace('[currentBeat', `[${n} + currentBeat`);

  it.each([1, 100, 128, 4096])(
    'commits where the bar begins after the tempo was changed, in blocks of %i',
    async (block) => {
      const texts = [90, 132, 61].map((bpm) => `const beatsPerBar = 3\n${told(bpm)}`);
      const live = await playing(...texts);
      const changes = [90, 132, 61].map((bpm, n) => ({ frame: 5000 * n, bpm }));
      live.swap(edited(texts[2], 1));
      live.render(200_000, block);
      const due = barFrom(15_000, changes, 3);
      expect(live.swapFrames.at(-1)).toBe(due);
      expect(due % 128).not.toBe(0);
      // At `t * bpm / 60` it would have been another one.
      expect(due).not.toBe(barFrom(15_000, [{ frame: 0, bpm: 61 }], 3));
      // A tempo that changes on the bar changes there.
      live.swap(`const beatsPerBar = 3\n${told(240)}`);
      live.render(200_000, block);
      const next = live.swapFrames.at(-1)!;
      expect(next).toBe(barFrom(215_000, changes, 3));
      live.swap(edited(`const beatsPerBar = 3\n${told(240)}`, 2));
      const from = live.renderer.currentFrame;
      live.render(100_000, block);
      expect(live.swapFrames.at(-1)).toBe(barFrom(from, [...changes, { frame: next, bpm: 240 }], 3));
    },
  );

  it('after an undo has changed the tempo goes by that one', async () => {
    const live = await playing(told(120), told(150));
    const { batch } = live.compile(edited(told(150), 1));
    expect(batch).toMatchObject({ quantumBeats: 4, quantumBpm: 0 });
    live.session.refused(batch!.generation);
    live.renderer.receive(live.session.undo()!.batch);
    live.renderer.stageAll();
    live.render(1000);
    live.swap(edited(told(120), 1));
    live.render(300_000);
    const changes = [
      { frame: 0, bpm: 120 },
      { frame: 5000, bpm: 150 },
      { frame: 10_000, bpm: 120 },
    ];
    expect(live.swapFrames.at(-1)).toBe(barFrom(11_000, changes, 4));
  });

  it('goes by the bars of what comes where that is much faster, counted since the last change', async () => {
    const live = await playing(told(120), told(1));
    live.swap(told(120));
    live.render(200_000);
    const asFast = [{ frame: 0, bpm: 120 }];
    expect(live.swapFrames.at(-1)).toBe(barFrom(10_000, asFast, 4));
  });
});
