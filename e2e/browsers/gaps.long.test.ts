/**
 * Edits make no gap in what comes out of the loudspeaker. Chromium counts when its output runs dry; what the others play
 * is recorded where it comes out. Stretches with and without edits take turns, so that a neighbour on the machine is loud
 * for both.
 */

import { describe, expect, it } from 'vitest';
import { countGaps, gaplessText, holedText } from '../../bench/gaps.ts';
import { availableBrowsers } from './available.ts';
import type { DrivenPage } from './driver.ts';
import type { SoundServer } from './soundServer.ts';
import { clickPlay, evaluateText, expectNoComplaints, settled, useBrowser } from './useBrowser.ts';

const VOICES = 24;
const ROUNDS = 10;
const EDITS_PER_ROUND = 25;
const MS_PER_EDIT = 200;
/** Between a change in the page and the same in the loudspeaker. */
const LATENCY_MS = 1500;

describe.each(await availableBrowsers())('$name', (available) => {
  const browser = useBrowser(available);

  it('has no more gaps with edits than without', async () => {
    const { sound } = browser.driver;
    const { page } = await browser.open();
    await settled(page);
    await page.evaluate(() => window.segue.settings({ limiterIsOn: false }));
    expect((await evaluateText(page, holedText(VOICES))).ok).toBe(true);
    await clickPlay(page);
    await pass(LATENCY_MS);
    // Three seconds of a hole each, to see that what is looked for would be found.
    if (sound) expect(await gapsDuring(page, sound, () => pass(3000))).toBeGreaterThanOrEqual(10);

    expect((await evaluateText(page, gaplessText(0, VOICES))).ok).toBe(true);
    await pass(LATENCY_MS);
    const rounds: { control: number; edited: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const first = round * EDITS_PER_ROUND + 1;
      const texts = Array.from({ length: EDITS_PER_ROUND }, (_, n) => gaplessText(first + n, VOICES));
      const control = await gapsDuring(page, sound, () => edit(page, texts, false));
      const edited = await gapsDuring(page, sound, () => edit(page, texts, true));
      rounds.push({ control, edited });
    }
    const sum = (kind: 'control' | 'edited') => rounds.reduce((total, round) => total + round[kind], 0);
    console.info(`${available.name} ${browser.driver.version}: gaps ${JSON.stringify(rounds)}`);
    expect(sum('edited'), JSON.stringify(rounds)).toBeLessThanOrEqual(sum('control'));
    await expectNoComplaints(page);
  });
});

const pass = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Without a loudspeaker to record from, as often as the browser says that its output ran dry. */
async function gapsDuring(page: DrivenPage, sound: SoundServer | null, act: () => Promise<void>): Promise<number> {
  if (!sound) {
    const before = await underruns(page);
    await act();
    return (await underruns(page)) - before;
  }
  const stop = await sound.record();
  await act();
  const { left, right } = await stop();
  expect(left.length).toBeGreaterThan(sound.sampleRate);
  return countGaps(left, right, sound.sampleRate);
}

async function underruns(page: DrivenPage): Promise<number> {
  const count = await page.evaluate(() => window.segue.stats().underruns);
  if (count === null) throw new Error('this browser does not count them');
  return count;
}

/** Evaluates the texts at their pace, or does nothing for as long. */
function edit(page: DrivenPage, texts: readonly string[], isEdited: boolean): Promise<void> {
  return page.evaluate(
    async ({ given, edits, pauseMs }) => {
      for (const text of given) {
        const endMs = performance.now() + pauseMs;
        if (edits) {
          window.segue.text = text;
          let answer = await window.segue.evaluate();
          // On a machine that is busy with other things the audition may find anything too slow.
          for (let again = 0; again < 10 && answer.diagnostics[0]?.code === 'too-slow'; again++) {
            answer = await window.segue.evaluate();
          }
          if (!answer.swap) throw new Error(`an edit was not swapped in: ${answer.diagnostics[0]?.message}`);
        }
        await new Promise((resolve) => setTimeout(resolve, Math.max(0, endMs - performance.now())));
      }
    },
    { given: texts, edits: isEdited, pauseMs: MS_PER_EDIT },
  );
}
