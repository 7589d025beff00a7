/**
 * `after`, `at`, `every`, `cancel` and `now`: called at their exact frames, as the same text does in JavaScript, and what
 * becomes of what waits when a text is edited. Frames are computed by the definition: the first n with n ≥ T·sr − 1e-6.
 */
import { describe, expect, it } from 'vitest';
import { HEADER } from '../protocol/arena.ts';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { LivePatch } from './live.ts';
import { renderOracle } from './oracle.ts';

const SR = 48_000;
const frameOf = (seconds: number, sampleRate = SR): number => Math.max(0, Math.ceil(seconds * sampleRate - 1e-6));

/** A patch that is heard where `mark` was called: the right channel is the value that it was given. */
const marked = (text: string): string => `let hits = 0
let given = 0
const mark = (time, value) => { hits += 1; given = value }
${text}
export default () => { const now = hits; hits = 0; return [now, given] }`;

/** The frames in which `mark` was called, each as often as it was. */
const hitsOf = ({ left }: { readonly left: Float64Array }): number[] =>
  [...left].flatMap((count, frame) => Array.from({ length: count }, () => frame));

const play = async (text: string, frames: number, swaps: readonly { frame: number; text: string }[] = []) =>
  renderCompiled({ text, frames, fadeFrames: 0, blockFrames: 128, ...(swaps.length > 0 && { swaps }) });

describe('frames', () => {
  it.each([
    ['after(0.01, mark)', [480]],
    ['after(0, mark)', [0]],
    ['after(-1, mark)', [0]],
    ['after(0.0100001, mark)', [481]],
    ['at(0.02, mark)\nat(0.01, mark)', [480, 960]],
    ['every(0.01, mark)', [0, 480, 960, 1440, 1920, 2400]],
    ['every(1 / 44100, mark)', Array.from({ length: 2499 }, (_, k) => frameOf(k / 44_100)).filter((n) => n < 2500)],
    ['every(0, mark)', Array.from({ length: 2500 }, (_, n) => n)],
    ['every(Infinity, mark)', [0]],
    ['every(NaN, mark)', Array.from({ length: 2500 }, (_, n) => n)],
    ['after(NaN, mark)\nafter(Infinity, mark)\nat(-Infinity, mark)', [0, 0]],
  ])('of %s', async (text, expected) => {
    expect(hitsOf(await play(marked(text), 2500))).toEqual(expected);
  });

  it.each([22_050, 44_100, 48_000, 96_000])(
    'of the k-th of `every` are ceil(k·seconds·sr − 1e-6), at %i Hz',
    async (sampleRate) => {
      for (const seconds of [0.1, 1 / 3, 0.0127]) {
        const render = await renderCompiled({
          text: marked(`every(${seconds}, mark)`),
          frames: sampleRate,
          sampleRate,
        });
        const count = Math.ceil(1 / seconds);
        const expected = Array.from({ length: count + 1 }, (_, k) => frameOf(k * seconds, sampleRate));
        expect(hitsOf(render)).toEqual(expected.filter((n) => n < sampleRate));
        expect(render.right.at(-1)).toBe(hitsOf(render).length - 1);
      }
    },
  );

  it.each([
    ['every', 'every(0.1, mark)'],
    [
      'a function that calls `after` for itself',
      `const again = (time, k) => { mark(time, k); after(0.1, again, k + 1) }
after(0, again)`,
    ],
  ])('do not drift within an hour: %s', async (_, text) => {
    const live = await LivePatch.silent({ fadeFrames: 0 });
    const { address } = live.swap(marked(text)).batch!.arena;
    live.render(1);
    // Minute by minute, by setting the clock: nothing in between is rendered, and all that was due is called at once.
    let count = 1;
    for (let minute = 1; minute <= 60; minute++) {
      new DataView(live.memory.buffer).setFloat64(address + HEADER.CURRENT_FRAME, minute * 60 * SR - 1, true);
      count += live.render(1).left[0]!;
    }
    expect(count).toBe(36_000);
    const expected = Array.from({ length: 20 }, (_, k) => frameOf(k * 0.1));
    // Sums of intervals may be late or early by their rounding: 36,000 of them by less than 1e-6 of a frame at 48 kHz.
    expect(hitsOf(live.render(2 * SR))).toEqual(expected);
  });
});

describe('what is called', () => {
  const same = async (text: string, frames = 6000) => {
    const render = await play(text, frames);
    expectSameRender(text, render, renderOracle(text, { frames }), { tolerance: 0 });
    return render;
  };

  it('comes earlier due times first, and equal ones in the order in which they were registered', async () => {
    const text = `const order = [0, 0, 0, 0, 0, 0]
let count = 0
const note = (time, value) => { order[count % 6] = value; count += 1 }
at(0.02, note, 1)
at(0.01, note, 2)
at(0.0100001, note, 3)
at(0.01, note, 4)
every(0.01, (time, k) => note(time, 10 + k))
export default () => [order[0] + 100 * (order[1] + 100 * order[2]), order[3] + 100 * (order[4] + 100 * order[5])]`;
    const render = await same(text, 1000);
    expect([render.left[999], render.right[999]]).toEqual([12 + 100 * (2 + 100 * 4), 11 + 100 * (3 + 100 * 1)]);
  });

  it('sees its due time in `now`, and not the frame', async () => {
    await same(`let seen = 0
let other = 0
every(0.00137, () => { seen = now() })
const later = (time, value) => { other = time - value * 0.0001; if (value < 20) after(0.0001, later, value + 1) }
after(0.001, later)
export default () => [seen, other + now()]`);
  });

  it('may register what is due in the same frame, and takes back what waits or repeats itself', async () => {
    await same(`let sum = 0
const add = (time, value) => { sum += value }
const all = every(0.003, (time, count) => {
  after(0, add, 1)
  after(0.00001, add, 0.25)
  if (count === 5) cancel(all)
})
const never = at(0.05, add, 1000)
after(0.04, () => cancel(never))
after(0.06, () => { cancel(12345); cancel(all) })
let registered = 0
export default () => {
  if (currentFrame % 1000 === 0) registered = after(0.001, add, 16)
  if (currentFrame === 3001) cancel(registered)
  return sum
}`);
  });

  it('is at most 1024 at a time: a further one is not taken', async () => {
    const render = await same(`let taken = 0
let refused = 0
const nothing = () => {}
let ran = 0
export default () => {
  if (currentFrame < 2) for (let n = 0; n < 600; n++) { if (after(0.01 + n * 1e-6, () => { ran += 1 }) > 0) taken += 1; else refused += 1 }
  return [taken - refused / 1000, ran]
}`);
    expect([render.left[5999], render.right[5999]]).toEqual([1024 - 0.176, 1024]);
  });

  it('may be of any kind: an instance, a method, one that returns something', async () => {
    await same(`function counter(step) {
  let n = 0
  return { tick: () => { n += step; return [n, n] }, read: () => n }
}
const counters = [counter(1), counter(10)]
for (const c of counters) every(0.002, c.tick)
every(0.003, () => 'text')
every(0.003, counters[0].tick)
const f = (time, k) => (k > 3 ? 0.5 : time)
every(0.004, f)
export default (t) => [counters[0].read() + counters[1].read(), f(t, 1)]`);
  });

  it('has a first time whatever the interval', async () => {
    const render = await same(
      'let sum = 0\nevery(Infinity, (time, k) => { sum += 1 + time + k })\nexport default () => sum',
      100,
    );
    expect(render.left[99]).toBe(1);
  });

  it('is charged for its time: what never comes to an end is a trap', async () => {
    const text = 'const loop = () => { after(0, loop) }\nafter(0.01, loop)\nexport default () => 0.1';
    await expect(play(text, 2000)).rejects.toThrow(/endless-loop|did not finish/);
  });
});
