/**
 * Buffers too large to be copied within a block are kept through edits: they are used where they are. Held against a patch
 * that makes the same changes by itself, and against the patterns around what the generations own.
 */
import { describe, expect, it } from 'vitest';
import { expectSameRender } from './compare.ts';
import { LivePatch } from './live.ts';
import { renderOracle } from './oracle.ts';

/** Two MB for each channel. */
const LENGTH = 500_000;
const FADE_FRAMES = 64;

const looper = (gain: string, more = '', body = '') => `
const left = new Float32Array(${LENGTH})
const right = new Float32Array(${LENGTH})
const late = right.subarray(${LENGTH} / 2)
const table = Array.from({ length: 20000 }, (_, i) => (i * 7919) % 1000)
${more}
let at = 0
export default () => {
  at = (at + 4099) % ${LENGTH}
  left[at] += 0.125
  right[at] = table[at % 20000] + left[(at * 3) % ${LENGTH}]
  late[(at * 5) % 200000] += 1
  ${body}
  return [${gain} * left[(at + 1) % ${LENGTH}] + left[at], right[(at * 7) % ${LENGTH}] + late[at % 1000]]
}`;

const edits = ['2', '3', '0.5', '1', '7'];
const more = ['', 'const pad = new Float64Array(40000)', '', 'const small = [1, 2, 3]', ''];

describe('a looper', () => {
  it('plays on through any number of edits, and nothing is copied', async () => {
    const live = await LivePatch.create(looper('1'), { fadeFrames: FADE_FRAMES });
    const parts = [live.render(1024)];
    for (const [n, gain] of edits.entries()) {
      const { batch, report } = live.swap(looper(gain, more[n]));
      expect(report.transition).toBe('offset');
      expect(report.adoptedBytes).toBe(2 * 4 * LENGTH);
      expect(report.copiedBytes).toBeLessThan(1000);
      expect(report.stateReset).toEqual([]);
      // Neither the buffers nor the table, which nobody writes, are sent again.
      expect(batch!.image.bytes.length).toBeLessThan(20_000);
      parts.push(live.render(1024));
    }
    const gains = ['1', ...edits];
    const chosen = gains.map((gain, n) => `currentFrame < ${1024 * (n + 1)} ? ${gain} : `).join('');
    const expected = renderOracle(looper(`(${chosen} 0)`), { frames: 1024 * gains.length });
    for (const [n, part] of parts.entries()) {
      const range = {
        left: expected.left.slice(1024 * n, 1024 * (n + 1)),
        right: expected.right.slice(1024 * n, 1024 * (n + 1)),
      };
      expectSameRender(`part ${n}`, part, range, { tolerance: 0, fromFrame: n === 0 ? 0 : FADE_FRAMES });
    }
  });

  it('takes no more memory after a hundred edits than after ten', async () => {
    const live = await LivePatch.create(looper('1'), { fadeFrames: FADE_FRAMES });
    live.render(256);
    let afterTen = 0;
    for (let n = 1; n <= 100; n++) {
      live.swap(looper(`${n} / 100`, n % 3 === 0 ? `const pad = new Float64Array(${1000 + 100 * (n % 7)})` : ''));
      live.render(256);
      if (n === 10) afterTen = live.session.memory().peakBytes;
    }
    expect(live.session.memory().peakBytes).toBeLessThanOrEqual(afterTen + 65_536);
    // As much again is kept free behind each buffer.
    expect(afterTen).toBeLessThan(4 * 4 * LENGTH * 2);
  });

  it('keeps the part that a longer or shorter buffer has in common with it, by copying', async () => {
    const line = (length: number) => `const line = new Float32Array(${length})\nlet at = 0
      export default () => { at = (at + 1) % 300000; line[at] = at; return line[(at * 7) % 300000] }`;
    const live = await LivePatch.create(line(400_000), { fadeFrames: FADE_FRAMES });
    live.render(1024);
    const { report } = live.swap(line(450_000));
    expect([report.transition, report.adoptedBytes]).toEqual(['fade', 0]);
    expect(report.stateKept).toEqual(expect.arrayContaining(['line', 'at']));
    const expected = renderOracle(line(400_000), { frames: 2048 });
    const range = { left: expected.left.slice(1024), right: expected.right.slice(1024) };
    expectSameRender('after', live.render(1024), range, { tolerance: 0, fromFrame: FADE_FRAMES });
  });

  it('goes back by undo to the buffer as it is now', async () => {
    const live = await LivePatch.create(looper('1'), { fadeFrames: FADE_FRAMES });
    live.render(1024);
    live.swap(looper('5'));
    live.render(1024);
    const undone = live.session.undo();
    expect(undone?.batch.transition).toBe('offset');
    live.renderer.receive(undone!.batch);
    live.renderer.stageAll();
    const back = live.render(1024);
    const expected = renderOracle(looper('(currentFrame < 1024 ? 1 : currentFrame < 2048 ? 5 : 1)'), { frames: 3072 });
    const range = { left: expected.left.slice(2048), right: expected.right.slice(2048) };
    expectSameRender('after', back, range, { tolerance: 0, fromFrame: FADE_FRAMES });
    live.swap(looper('3'));
    const on = live.render(1024);
    const gain = '(currentFrame < 1024 ? 1 : currentFrame < 2048 ? 5 : currentFrame < 3072 ? 1 : 3)';
    const all = renderOracle(looper(gain), { frames: 4096 });
    const last = { left: all.left.slice(3072), right: all.right.slice(3072) };
    expectSameRender('after another edit', on, last, { tolerance: 0, fromFrame: FADE_FRAMES });
  });

  it('restarts where that is wanted', async () => {
    const live = await LivePatch.create(looper('1'), { fadeFrames: FADE_FRAMES });
    live.render(1024);
    const fresh = live.session.update(looper('1'), { fresh: true });
    if (fresh.kind !== 'batch') throw new Error(fresh.kind);
    expect([fresh.report.adoptedBytes, fresh.report.stateKept]).toEqual([0, []]);
    live.renderer.receive(fresh.batch);
    live.renderer.stageAll();
    const again = live.render(512);
    const expected = renderOracle(looper('1'), { frames: 512 });
    expectSameRender('after', again, expected, { tolerance: 0, fromFrame: FADE_FRAMES });
  });
});

describe('a line of which the length is edited', () => {
  /** Every frame writes one element and reads another, in a line of three MB and more, 2,000 and 10,000 frames late. */
  const line = (length: number) => `const line = new Float64Array(${length})
    let at = 0
    export default () => {
      at = (at + 1) % 400000
      line[at] += 1 + currentFrame
      return line[(at + 390000) % 400000] + line[(at + 398000) % 400000]
    }`;

  it('comes back by undo as it is now', async () => {
    const live = await LivePatch.create(line(400_000), { fadeFrames: FADE_FRAMES });
    live.render(1024);
    // The same buffer under other code, then one that is longer, then the one before that again.
    live.swap(line(400_000).replace('line[(at + 390000)', '2 * line[(at + 390000)'));
    live.render(1024);
    live.swap(line(450_000));
    live.render(20_480);
    live.renderer.receive(live.session.undo()!.batch);
    live.renderer.stageAll();
    const back = live.render(1024);
    const text = line(400_000).replace('line[(at + 390000)', '2 * line[(at + 390000)');
    const expected = renderOracle(text, { frames: 23_552 });
    const range = { left: expected.left.slice(22_528), right: expected.right.slice(22_528) };
    expectSameRender('after', back, range, { tolerance: 0, fromFrame: FADE_FRAMES });
  });

  const heard = async (live: LivePatch, until: number): Promise<void> => {
    const from = live.renderer.currentFrame;
    const part = live.renderUntil(until);
    const all = renderOracle(line(400_000), { frames: until });
    const range = { left: all.left.slice(from), right: all.right.slice(from) };
    expectSameRender(`up to ${until}`, part, range, { tolerance: 0, fromFrame: from === 0 ? 0 : FADE_FRAMES });
  };

  it('stays where it lies, longer or shorter, and hardly anything is copied at the commit', async () => {
    const live = await LivePatch.create(line(400_000), { fadeFrames: FADE_FRAMES });
    await heard(live, 1024);
    for (const [n, length] of [500_000, 790_000, 420_000, 800_000, 400_000].entries()) {
      const { batch, report } = live.swap(line(length));
      const { plan, transition } = batch!;
      expect([transition, plan.ahead.length]).toEqual(['offset', 0]);
      expect(report.adoptedBytes).toBeGreaterThanOrEqual(8 * 400_000);
      expect(report.copiedBytes).toBeLessThan(100);
      await heard(live, 2048 + 1024 * n);
      if (n !== 2) continue;
      live.renderer.receive(live.session.undo()!.batch);
      live.renderer.stageAll();
      live.render(256);
    }
  });

  it('has nothing but zeros in the part that is new, also where a longer one was before', async () => {
    const text = (length: number) => `const line = new Float64Array(${length})
      export default () => {
        if (line.length < 450000) return 0
        line[450000] += 1
        return line[450000]
      }`;
    const live = await LivePatch.create(text(480_000), { fadeFrames: FADE_FRAMES });
    live.render(1024);
    live.swap(text(400_000));
    live.render(512);
    live.swap(text(480_000));
    const { left } = live.render(512);
    expect([...left.subarray(FADE_FRAMES)]).toEqual(
      Array.from({ length: 512 - FADE_FRAMES }, (_, n) => n + FADE_FRAMES + 1),
    );
  });

  it('is copied ahead where there is no room behind it, and what is written meanwhile goes over too', async () => {
    const live = await LivePatch.create(line(400_000), { fadeFrames: FADE_FRAMES });
    await heard(live, 1024);
    const { batch, report } = live.compile(line(2_000_000));
    expect([report.transition, batch!.plan.ahead.length]).toEqual(['fade', 3]);
    live.renderer.receive(batch!);
    // It takes some blocks; nobody hears when.
    for (let n = 0; live.renderer.generation === 1; n++) {
      expect(n).toBeLessThan(100);
      await heard(live, live.renderer.currentFrame + 128);
    }
    await heard(live, live.renderer.currentFrame + 1024);
  });
});
