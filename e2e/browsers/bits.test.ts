/**
 * What each browser plays is, bit for bit, what the command line renders at the context's own rate: every elementary
 * function, the limiter at work, an edit with its state and its fade; with modules that are posted compiled, and with
 * bytes. Where the patch begins within the recording, and on which beat the edit was swapped in, is found by looking.
 */

import { describe, expect, it } from 'vitest';
import { availableBrowsers } from './available.ts';
import { renderByCommandLine } from './commandLine.ts';
import { loseModules } from './preludes.ts';
import {
  clickPlay,
  evaluateText,
  expectNoComplaints,
  type Heard,
  record,
  recorded,
  settled,
  useBrowser,
} from './useBrowser.ts';

/** A fifth of a second: a whole number of frames at 44.1 and 48 kHz, and of blocks of that many frames. */
const BEATS_PER_SECOND = 5;
/** Recordings of these lengths are begun at once; the first that lasts until the edit is heard is looked at. */
const SECONDS = [3, 6, 12, 24, 48];
/** When the edit is made. */
const EDIT_SECONDS = 0.5;
/** What is heard after it, at the least. */
const HEARD_SECONDS = 1;
/** The sound begins with a ramp of the page's, which the command line does not have. */
const RAMP_SECONDS = 0.02;
/** That many frames in a row are not alike by chance. */
const ALIKE_FRAMES = 256;

/** Loud enough for the limiter; `edit` changes code and leaves what has state as it is. */
const patch = (edit: boolean) => `const bpm = ${60 * BEATS_PER_SECOND}
const line = new Float64Array(3001)
let at = 0
let phase = 0
let last = 0

const shapes = [
  (x) => Math.sin(5 * x) + Math.cos(3 * x) * Math.tan(x / 3),
  (x) => Math.exp(x) - Math.exp(-x) + Math.expm1(x) + Math.log1p(x * x) + Math.log(1.5 + x),
  (x) => Math.tanh(3 * x) + Math.sinh(x) - Math.cosh(x) + 1 + Math.asinh(x),
  (x) => Math.atan(4 * x) + Math.atan2(x, 0.3) + Math.asin(x) - Math.acos(x) + 1.5,
  (x) => Math.cbrt(x) + Math.hypot(x, 0.2) - Math.sqrt(Math.abs(x)) + Math.pow(1.5 + x, 2.3),
  (x) => Math.log2(1.2 + x) + Math.log10(1.3 + x) + Math.acosh(1.5 + x / 3) + Math.atanh(x / 2),
]

export default (t) => {
  phase = (phase + 110 / sampleRate) % 1
  const x = 2 * Math.abs(2 * phase - 1) - 1
  const shape = shapes[Math.floor(t * 6) % shapes.length]
  last += 0.2 * (shape(x * 0.99) + 0.1 * Math.random() - last)
  const echo = line[at]
  line[at] = ${edit ? '0.4 * last - 0.5 * echo' : '0.3 * last + 0.6 * echo'}
  at = (at + 1) % line.length
  return [${edit ? 'last - echo' : '1.2 * last'}, ${edit ? 'last' : 'last + 0.5 * echo'}]
}
`;

describe.each(await availableBrowsers())('$name', (available) => {
  const browser = useBrowser(available);

  it.each([
    ['compiled modules, which arrive', true, []],
    ['bytes, where modules do not arrive', false, [loseModules]],
  ])('plays what the command line renders, by %s', async (_, modulesArrive, worker) => {
    const { page } = await browser.open({ worker });
    await settled(page);
    expect(await page.evaluate(() => window.made.postsModules)).toEqual([modulesArrive]);
    const sampleRate = await page.evaluate(() => window.made.nodes[0].context.sampleRate);
    await page.evaluate(() => window.segue.settings({ quantise: 'beat', fadeMs: 10 }));
    // First the edited one, so that its code is there when it is wanted.
    for (const text of [patch(true), patch(false)]) expect((await evaluateText(page, text)).ok).toBe(true);
    for (const seconds of SECONDS) await record(page, seconds * sampleRate);
    await clickPlay(page);
    await page.evaluate((seconds) => window.segue.record(seconds).then(() => undefined), EDIT_SECONDS * sampleRate);
    const { ok, swap } = await evaluateText(page, patch(true));
    expect({ ok, transition: swap?.transition }).toEqual({ ok: true, transition: 'fade' });
    const editedSeconds = await page.evaluate(() => window.made.nodes[0].context.currentTime);
    const index = SECONDS.findIndex((seconds) => seconds > editedSeconds + HEARD_SECONDS);
    if (index < 0) throw new Error('no recording lasts until the edit is heard');
    const heard = await recorded(page, index);
    const frames = SECONDS[index] * sampleRate;

    const blockFrames = sampleRate / BEATS_PER_SECOND;
    const rendering = { text: patch(false), sampleRate, frames, blockFrames };
    const before = await renderByCommandLine(rendering);
    const start = beginning(heard, before, Math.ceil(RAMP_SECONDS * sampleRate));
    // The limiter looks ahead, so the edit is heard a little before its beat.
    const swapFrame = Math.round(firstDifference(heard, before, start) / blockFrames) * blockFrames;
    const edited = await renderByCommandLine({ ...rendering, swap: { frame: swapFrame, text: patch(true) } });
    // The edit came early enough to be heard.
    expect(swapFrame).toBeLessThan(frames - start.heardFrame - (HEARD_SECONDS / 2) * sampleRate);
    expect(firstDifference(heard, edited, start)).toBe(Number.POSITIVE_INFINITY);
    await expectNoComplaints(page);
  });
});

/** A frame of a recording, and the same frame of what was rendered. */
interface Start {
  readonly heardFrame: number;
  readonly renderedFrame: number;
}

/** Where the recording is like what was rendered is after its first `skippedFrames`. */
function beginning(heard: Heard, rendered: Heard, renderedFrame: number): Start {
  for (let heardFrame = renderedFrame; heardFrame + ALIKE_FRAMES < heard.left.length; heardFrame++) {
    let n = 0;
    while (n < ALIKE_FRAMES && heard.left[heardFrame + n] === rendered.left[renderedFrame + n]) n++;
    if (n === ALIKE_FRAMES) return { heardFrame, renderedFrame };
  }
  throw new Error('the recording is nowhere like what the command line renders');
}

/** The first frame of what was rendered that is another one in the recording, left or right, to the bit; infinity: none. */
function firstDifference(heard: Heard, rendered: Heard, { heardFrame, renderedFrame }: Start): number {
  for (let n = 0; heardFrame + n < heard.left.length; n++) {
    for (const side of ['left', 'right'] as const) {
      if (!Object.is(heard[side][heardFrame + n], rendered[side][renderedFrame + n])) return renderedFrame + n;
    }
  }
  return Number.POSITIVE_INFINITY;
}
