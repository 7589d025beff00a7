/**
 * What becomes of what waits when a text is edited: it is kept by the call at the top level that its chain began with. The
 * frames that are expected are computed by hand from what LIBRARY's section on scheduling says.
 */
import { describe, expect, it } from 'vitest';
import { renderCompiled } from './compiled.ts';
import { LivePatch } from './live.ts';

/** Where edits are committed; not a multiple of anything that repeats. */
const S = 700;
const FRAMES = 3000;

/** `mark` is heard in the frame in which it is called, with the value that it was given. */
const patch = (lines: string): string => `let hits = 0
let given = 0
const mark = (time, value) => { hits += 1; given = value }
${lines}
export default () => { const now = hits; hits = 0; return [now, given] }`;

interface Heard {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

/** `[frame, value]` of every frame in which something was called, from the edit on. */
const callsIn = ({ left, right }: Heard, from = S): [number, number][] =>
  [...left].flatMap((count, frame): [number, number][] => (count > 0 && frame >= from ? [[frame, right[frame]!]] : []));

async function edited(before: string, ...texts: readonly string[]) {
  const swaps = texts.map((text, n) => ({ frame: S + n * 300, text: patch(text) }));
  const options = { frames: FRAMES, fadeFrames: 0, blockFrames: 100 };
  return renderCompiled({ text: patch(before), ...options, swaps });
}

const EVERY = 'every(0.01, mark)';
/** Its calls from the edit on, if nothing disturbs it. */
const ON = [2, 3, 4, 5, 6].map((k): [number, number] => [480 * k, k]);

describe('an edit', () => {
  it.each([
    ['of something else', `${EVERY}\nconst x = 1`],
    ['that puts a line in front', `const x = 2\nlet y = x\n${EVERY}`],
    ['that names what it returns', `const id = ${EVERY}`],
    ['of how it is written', 'every( 0.01 , mark )'],
    ['that puts one more call in front, of what is due long after', `every(10, () => {})\nafter(20, mark)\n${EVERY}`],
  ])('%s keeps the phase and the count of `every`', async (_, text) => {
    const heard = callsIn(await edited(EVERY, text));
    expect(heard.filter(([frame]) => frame !== S)).toEqual(ON);
  });

  it('of the body of a function runs what it is now, at its times', async () => {
    const text = (value: string) => `every(0.01, (time, k) => { mark(time, ${value}) })`;
    expect(callsIn(await edited(text('k'), text('k + 100')))).toEqual(ON.map(([frame, k]) => [frame, k + 100]));
    const named = (value: string) => `function beat(time, k) { mark(time, ${value}) }\nevery(0.01, beat)`;
    expect(callsIn(await edited(named('k'), named('k + 200')))).toEqual(ON.map(([frame, k]) => [frame, k + 200]));
  });

  it('of the body of a function that calls itself again keeps it', async () => {
    const text = (value: string, seconds: string) => `function beat(time, k) {
  mark(time, ${value})
  after(${seconds}, beat, k + 1)
}
after(0, beat)`;
    expect(callsIn(await edited(text('k', '0.01'), text('k + 0.5', '0.01')))).toEqual(ON.map(([n, k]) => [n, k + 0.5]));
    // The next one is still due at its time; from then on they follow each other as the new body says.
    expect(callsIn(await edited(text('k', '0.01'), text('k', '0.02')))).toEqual([
      [960, 2],
      [1920, 3],
      [2880, 4],
    ]);
  });

  it('that adds a call registers it at the commit', async () => {
    expect(callsIn(await edited('', EVERY))).toEqual([0, 1, 2, 3, 4].map((k) => [S + 480 * k, k]));
    expect(callsIn(await edited('', 'after(0.01, mark, 5)'))).toEqual([[S + 480, 5]]);
    expect(callsIn(await edited('', 'at(0.01, mark, 5)\nat(0.02, mark, 6)'))).toEqual([[960, 6]]);
  });

  it('that takes a call away ends it, and all that it led to', async () => {
    expect(callsIn(await edited(EVERY, ''))).toEqual([]);
    const chain = 'function beat(time, k) { mark(time, k); after(0.01, beat, k + 1) }';
    expect(callsIn(await edited(`${chain}\nafter(0, beat)`, chain))).toEqual([]);
    expect(callsIn(await edited(`${chain}\nafter(0, beat)\nat(0.05, mark, 9)`, `${chain}\nat(0.05, mark, 9)`))).toEqual(
      [[2400, 9]],
    );
  });

  it('of what is called or of a time restarts it', async () => {
    const other = 'const other = (time, k) => mark(time, k + 50)';
    expect(callsIn(await edited(`${other}\n${EVERY}`, `${other}\nevery(0.01, other)`))).toEqual(
      [0, 1, 2, 3, 4].map((k) => [S + 480 * k, k + 50]),
    );
    expect(callsIn(await edited('after(0.02, mark, 1)', 'after(0.03, mark, 1)'))).toEqual([[S + 1440, 1]]);
    expect(callsIn(await edited('after(0.02, mark, 1)', 'after(0.02, mark, 2)'))).toEqual([[S + 960, 2]]);
    expect(callsIn(await edited('after(0.02, mark, 1)', 'after(0.02, mark, 1)\nlet z = 0'))).toEqual([[960, 1]]);
  });

  it.each([
    ['the time: never', 'after(0.02, mark, 1)', 'after(Infinity, mark, 1)', []],
    ['the value: by less than 2^-32', 'after(0.02, mark, 1e-12)', 'after(0.02, mark, 2e-12)', [[S + 960, 2e-12]]],
    [
      'the value: Infinity',
      'after(0.02, mark, 0)',
      'after(0.02, mark, Infinity)',
      [[S + 960, Number.POSITIVE_INFINITY]],
    ],
    ['the value: NaN', 'after(0.02, mark, 0)', 'after(0.02, mark, NaN)', [[S + 960, Number.NaN]]],
    ['the value: a sign', 'after(0.02, mark, 0)', 'after(0.02, mark, -0)', [[S + 960, -0]]],
    ['nothing, with NaN', 'after(0.02, mark, NaN)', 'after(0.02, mark, NaN)\nlet z = 0', [[960, Number.NaN]]],
    [
      'nothing, with Infinity',
      'after(0.02, mark, Infinity)',
      'after(0.02, mark, Infinity)\nlet z = 0',
      [[960, Number.POSITIVE_INFINITY]],
    ],
  ])('notices a change of %s', async (_, before, after, expected) => {
    const heard = callsIn(await edited(before, after));
    expect(heard).toEqual(expected);
  });

  it('of nothing but the interval keeps the count, and the share of it that is left', async () => {
    // 260 of 480 frames are left of the interval: 520 of 960.
    const heard = callsIn(await edited(EVERY, 'every(0.02, mark)'));
    expect(heard).toEqual([
      [S + 520, 2],
      [S + 520 + 960, 3],
    ]);
    // And back 300 frames later: half of the frames that were left then.
    const back = callsIn(await edited(EVERY, 'every(0.02, mark)', EVERY), 1000);
    const left = (S + 520 - 1000) / 2;
    expect(back[0]).toEqual([1000 + left, 2]);
    expect(back[1]).toEqual([1000 + left + 480, 3]);
  });

  it('keeps calls of one factory apart by their times', async () => {
    const text = (calls: string) =>
      `function pulse(seconds, value) { every(seconds, (time, k) => mark(time, value + k / 100)) }\n${calls}`;
    const before = text('pulse(0.02, 1)\npulse(0.025, 2)');
    const heard = callsIn(await edited(before, text('pulse(0.025, 2)\npulse(0.02, 1)\npulse(0.03, 3)')));
    expect(heard).toEqual([
      [S, 3],
      [960, 1.01],
      [1200, 2.01],
      [1920, 1.02],
      [S + 1440, 3.01],
      [2400, 2.02],
      [2880, 1.03],
    ]);
  });

  it('leaves what the default export registered', async () => {
    const frames = (extra: string) => `${extra}\nlet once = 0\nconst start = () => { once = 1; after(0.02, mark, 7) }`;
    const text = (extra: string) =>
      patch(frames(extra)).replace('const now = hits', 'if (once === 0) start(); const now = hits');
    const swaps = [{ frame: S, text: text('const x = 3') }];
    const heard = await renderCompiled({ text: text(''), frames: FRAMES, fadeFrames: 0, blockFrames: 100, swaps });
    expect(callsIn(heard)).toEqual([[960, 7]]);
  });

  it('lets numbers for `cancel` name what they named', async () => {
    const text = (extra: string) =>
      `${extra}\nconst first = every(0.01, mark)\nconst second = every(0.015, mark)\nat(0.03, () => cancel(second))`;
    const heard = callsIn(await edited(text(''), text('every(10, () => {})')), S + 1);
    // `second` at 720 and 1440; the call that ends it is due at 1440 as well, and was registered after it.
    expect(heard.map(([frame]) => frame)).toEqual([720, 960, 1440, 1920, 2400, 2880]);
    const gone = callsIn(await edited(text(''), text('every(10, () => {})').replace('0.03,', '0.02,')), S + 1);
    expect(gone.map(([frame]) => frame)).toEqual([720, 960, 1440, 1920, 2400, 2880]);
  });
});

describe('a restart', () => {
  it('empties the queue and registers everything at the frame of the commit', async () => {
    const chain = 'function beat(time, k) { mark(time, k); after(0.01, beat, k + 1) }\nafter(0, beat)';
    const live = await LivePatch.silent({ fadeFrames: 0 });
    live.swap(patch(`${chain}\nevery(0.02, mark)\nat(0.001, mark, 9)`));
    live.renderUntil(S);
    const result = live.session.update(patch(`${chain}\nevery(0.02, mark)\nat(0.001, mark, 9)`), { fresh: true });
    if (result.kind !== 'batch') throw new Error(result.kind);
    live.renderer.receive(result.batch);
    live.renderer.stageAll();
    const heard = callsIn(live.render(1000), 0);
    expect(heard).toEqual([
      [0, 0],
      [480, 1],
      [960, 2],
    ]);
  });
});

it('reports say nothing of what the library keeps', async () => {
  const live = await LivePatch.silent({ fadeFrames: 0 });
  live.swap(patch(EVERY));
  live.renderUntil(S);
  const { report } = live.swap(patch(`${EVERY}\nconst x = 3`));
  expect(report.stateReset).toEqual([]);
  expect([...report.stateKept].sort()).toEqual(['given', 'hits']);
});

describe('what went wrong', () => {
  const chain = (value: string, rest = '') => `function beat(time, k) {
  mark(time, ${value})
  after(0.01, beat, k + 1)
  ${rest}
}
after(0, beat)`;

  it('is undone with the queue: after a trap the sound before it continues with its events', async () => {
    const bad = patch(
      `${chain('k + 100', 'if (k === 3) { let n = 1; while (n > 0) n = n * 0.5 + 1 }')}\nevery(0.003, mark)`,
    );
    const swaps = [{ frame: S, text: bad }];
    const options = { frames: FRAMES, fadeFrames: 0, blockFrames: 100 };
    const { renderPatch } = await import('../node/renderPatch.ts');
    const render = await renderPatch({ text: patch(chain('k')), ...options, swaps, raw: true });
    expect(render.traps).toHaveLength(1);
    const { frame } = render.traps[0]!;
    // The function is what it was, and the `every` that only the text with the mistake had is gone.
    const heard = callsIn(render, frame + 1);
    expect(heard.map(([at]) => at)).toEqual([1920, 2400, 2880]);
    expect(heard.every(([, value]) => value < 100)).toBe(true);
  });

  it('is brought back by hand with the events of what plays', async () => {
    const live = await LivePatch.silent({ fadeFrames: 0 });
    const first = live.swap(patch(`${chain('k')}\nevery(0.02, mark)`)).batch!;
    live.renderUntil(S);
    live.swap(patch(`${chain('k + 100')}\nevery(0.003, mark)`));
    live.renderUntil(1300);
    const result = live.session.restore(patch(`${chain('k')}\nevery(0.02, mark)`), first.generation);
    if (result.kind !== 'batch') throw new Error(result.kind);
    live.renderer.receive(result.batch);
    live.renderer.stageAll();
    const heard = callsIn(live.render(1700), 0).map(([at, value]) => [at + 1300, value]);
    // The chain is kept; the `every` has the interval that it had.
    expect(heard.filter(([at]) => at! % 480 === 0)).toEqual([
      [1440, 3],
      [1920, 4],
      [2400, 5],
      [2880, 6],
    ]);
    expect(heard.length).toBeGreaterThan(4);
    expect(heard.length).toBeLessThan(8);
  });
});
