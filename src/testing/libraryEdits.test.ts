/**
 * Edits of a patch that plays twenty functions of the library: all of them keep their state through the edit of a number,
 * and through one of them becoming the patch's own. What the edited patch plays then is what a patch plays that changes
 * that number by itself, and nothing steps.
 */
import { expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { Session } from '../worker/session.ts';
import { compareRender, largestStep } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

const FADE_FRAMES = 480;
const SWAP_FRAME = 14_080;
const FRAMES = 24_000;

const INSTANCES = [
  ...['beat = impulse()', 'env = adsr()', 'ring = perc()', 'low = saw(0.1)', 'high = sine()', 'hiss = pinkNoise(3)'],
  ...['wave = lfTri()', 'filter = lowpass()', 'body = peaking()', 'ladder = moogLadder()', 'block = dcBlock()'],
  ...['slow = lag()', 'level = follow()', 'late = delayLine(0.1)', 'again = echo(0.1)', 'sides = pingPong(0.1)'],
  ...['wide = chorus()', 'room = freeverb()', 'squeeze = compressorStereo()', 'stop = limiterStereo()'],
];

const patch = (gain: string, extra = '', start = ''): string => `${INSTANCES.map((one) => `const ${one}`).join('\n')}
${extra}
export default () => {
  ${start}
  const trig = beat(5)
  const cut = 600 + 400 * wave(0.7)
  const tone = env(wave(2) > 0 ? 1 : 0, 0.02, 0.1, 0.6, 0.05) * low(110) + ring(trig, 0.01, 0.2) * high(330)
  const dark = ladder(body(filter(0.2 * tone + 0.02 * hiss(), cut, 2), 500, 1.4), 1500, 0.3)
  const soft = block(slow(${gain}, 0.2) * dark) * (1 - 0.3 * level(dark))
  const mono = soft + 0.3 * late(soft, 0.03) + 0.2 * again(soft, 0.07, 0.5)
  const both = addStereo(wide(mono), gainStereo(sides([mono, mono], 0.05), 0.3), room([mono, mono], 0.4))
  return stop(squeeze(both, 0.3, 3), 0.8)
}
`;

const OWN_LOWPASS = `
function lowpass() {
  let y = 0
  return (x, hz) => (y += (x - y) * Math.min(1, (6 * hz) / sampleRate))
}`;

async function reportOf(from: string, to: string) {
  const options = { sampleRate: 48_000, fadeFrames: FADE_FRAMES, postsModules: false, library: readLibrary() };
  const session = await Session.create(options);
  const first = session.update(from);
  if (first.kind !== 'batch') throw new Error(JSON.stringify(first));
  session.committed(first.batch.generation);
  const next = session.update(to);
  if (next.kind !== 'batch') throw new Error(JSON.stringify(next));
  return next.report;
}

const instancesOf = (paths: readonly string[]): string[] => [...new Set(paths.map((path) => path.split(/[.[]/)[0]))];
const NAMES = INSTANCES.map((one) => one.split(' ')[0]);

it('an edit of a number keeps the state of all twenty', async () => {
  expect(NAMES.length).toBe(20);
  const report = await reportOf(patch('0.7'), patch('0.5'));
  expect(report.stateReset).toEqual([]);
  expect(instancesOf(report.stateKept).sort()).toEqual([...NAMES].sort());
  expect(report.changed).toEqual(['default']);
});

it('an edit of a number is heard as if the patch had changed it, and steps nowhere', async () => {
  const swaps = [{ frame: SWAP_FRAME, text: patch('0.5') }];
  const actual = await renderCompiled({ text: patch('0.7'), frames: FRAMES, swaps, fadeFrames: FADE_FRAMES });
  const change = patch('gain', 'let gain = 0.7', `if (currentFrame >= ${SWAP_FRAME}) gain = 0.5`);
  const expected = renderOracle(change, { frames: FRAMES });
  // The number goes through a lag, so that both agree in the fade as well, but for the few bits that two sounds cost
  // that are weighted and added; from its end on every bit is the same.
  expect(compareRender(actual, expected, { fromFrame: SWAP_FRAME + FADE_FRAMES, tolerance: 0 })).toBeNull();
  expect(largestStep(actual)).toBeLessThanOrEqual(1.05 * largestStep(expected));
});

it('a function that becomes the patch’s own swaps like any edit, and back', async () => {
  const [library, own] = [patch('0.7'), patch('0.7', OWN_LOWPASS)];
  for (const [from, to] of [
    [library, own],
    [own, library],
  ]) {
    const report = await reportOf(from, to);
    const others = NAMES.filter((name) => name !== 'filter').sort();
    expect(
      instancesOf(report.stateKept)
        .filter((name) => name !== 'filter')
        .sort(),
    ).toEqual(others);
    // All that it may cost is the state of the filter itself, which is another one.
    expect(report.stateReset.filter(({ path }) => !path.startsWith('filter'))).toEqual([]);
    if (to !== own) continue;
    const swaps = [{ frame: SWAP_FRAME, text: to }];
    const actual = await renderCompiled({ text: from, frames: FRAMES, swaps, fadeFrames: FADE_FRAMES });
    const steps = [from, to].map((text) => largestStep(renderOracle(text, { frames: FRAMES })));
    expect(largestStep(actual)).toBeLessThanOrEqual(1.05 * Math.max(...steps));
  }
});
