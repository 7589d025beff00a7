/**
 * A MIDI device and a gamepad in a browser, made up by the test: notes sound at their frame, a chord steals voices, MPE bends one voice
 * only, and a stick moves what has learned it.
 */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { clickPlay, evaluateText, newVisitor, stats, visit } from './site.ts';
import { sampleRateOf } from './soundFile.ts';
import { useSite } from './useSite.ts';

const site = useSite();

/** What the test adds to the page. */
interface FakeMidi {
  asked: number;
  send(message: readonly number[], timeStampMs: number): void;
}
declare global {
  interface Window {
    fakeMidi: FakeMidi;
    /** The axes of its stick, from −1 to 1. */
    fakePad: number[];
  }
}

function installFake(): void {
  const input = {
    ...{ id: 'fake', name: 'Fake keys', state: 'connected' },
    onmidimessage: null as ((event: { data: Uint8Array; timeStamp: number }) => void) | null,
  };
  window.fakeMidi = {
    asked: 0,
    send: (message, timeStamp) => input.onmidimessage?.({ data: Uint8Array.from(message), timeStamp }),
  };
  const axes = [0, 0];
  window.fakePad = axes;
  Object.defineProperty(navigator, 'getGamepads', { value: () => [{ index: 0, connected: true, axes, buttons: [] }] });
  Object.defineProperty(navigator, 'requestMIDIAccess', {
    value: async () => {
      window.fakeMidi.asked++;
      return { inputs: new Map([['fake', input]]), addEventListener: () => undefined };
    },
  });
}

/** Messages by the milliseconds at which they are played, counted from 100 ms from now, all told at once; and what is heard. */
async function play(page: Page, messages: readonly (readonly [ms: number, ...bytes: number[]])[], frames: number) {
  const heard = await page.evaluate(
    async ([toPlay, count]) => {
      await window.segue.record(128);
      const recording = window.segue.record(count);
      const beginMs = performance.now() + 100;
      for (const [ms, ...bytes] of toPlay) window.fakeMidi.send(bytes, beginMs + ms);
      const { left, right } = await recording;
      return { left: [...left], right: [...right] };
    },
    [messages, frames] as const,
  );
  return heard;
}

const onsets = (samples: readonly number[]): number[] =>
  samples.flatMap((sample, n) => (sample !== 0 && samples[n - 1] === 0 ? [n] : []));

/** Each voice of two on a side of its own, as a square at half the rate, so that nothing of it is an offset. */
const TWO_VOICES = (value: string) => `let sign = 1
const synth = polyStereo(2, (i) => (v) => {
  const value = sign * (${value}) / 1000
  return i === 0 ? [value, 0] : [0, value]
})
export default () => {
  sign = -sign
  return synth.next()
}`;

/** What follows each other in it, without signs, as the whole numbers that were played. */
function levels(samples: readonly number[]): number[] {
  const values = samples.map((sample) => Math.round(Math.abs(sample) * 1000));
  return values.filter((value, n) => value !== values[n - 1]);
}

it('notes sound as far apart as their time stamps, a chord steals voices, and MPE bends one voice', async () => {
  const context = await newVisitor(site.browser);
  await context.addInitScript(installFake);
  const { page, complaints } = await visit(context, site.url);
  const rate = await sampleRateOf(page);
  await evaluateText(page, 'const keys = keyboard()\nexport default () => keys.trig() / 2');
  await clickPlay(page);
  expect(await page.evaluate(() => window.fakeMidi.asked)).toBe(0);
  await page.getByRole('button', { name: 'MIDI …' }).click();
  await page.getByRole('combobox', { name: 'MIDI device' }).waitFor();

  const times = [0, 7.1, 50, 50 + 1000 / rate, 133.3];
  const notes = await play(
    page,
    times.map((ms, n) => [ms, 0x90, 60 + n, 127] as const),
    rate,
  );
  const heard = notes.left.flatMap((sample, n) => (sample !== 0 ? [n] : []));
  expect(heard.length).toBe(times.length);
  for (const [n, ms] of times.entries()) {
    expect(Math.abs(heard[n] - heard[0] - (ms / 1000) * rate), `note ${n}`).toBeLessThanOrEqual(1);
  }

  await evaluateText(page, TWO_VOICES('v.gate * v.note'));
  const chord = [60, 64, 67].map((note) => [0, 0x90, note, 100] as const);
  const stolen = await play(page, [...chord, [20, 0x80, 64, 0], [30, 0x90, 72, 100], [40, 0xb0, 123, 0]], rate);
  // The third takes the voice of the first; a fourth that which was released.
  expect(levels(stolen.left)).toEqual([0, 67, 0]);
  expect(levels(stolen.right)).toEqual([0, 64, 0, 72, 0]);
  expect(onsets(stolen.left)[0]).toBe(onsets(stolen.right)[0]);

  await evaluateText(page, TWO_VOICES('v.gate * (100 + v.bend)'));
  // A zone of five members: registered parameter 6 of the first channel. Then two notes, and a bend of the second's channel.
  const zone = [
    [101, 0],
    [100, 6],
    [6, 5],
  ].map(([number, value]) => [0, 0xb0, number, value] as const);
  const bent = await play(
    page,
    [...zone, [0, 0x91, 60, 100], [0, 0x92, 62, 100], [20, 0xe2, 0, 96], [40, 0xb1, 123, 0], [40, 0xb2, 123, 0]],
    rate,
  );
  expect(levels(bent.left)).toEqual([0, 100, 0]);
  // Half of the 48 semitones that members of a zone have.
  expect(levels(bent.right)).toEqual([0, 100, 124, 0]);

  await evaluateText(page, "const level = slider('level', 0.2, { smooth: 0 })\nexport default () => level() / 4");
  const { generation } = await stats(page);
  await page.evaluate(() => window.dispatchEvent(new Event('gamepadconnected')));
  await page.getByRole('group', { name: 'level', exact: true }).click({ button: 'right' });
  await page.getByRole('button', { name: 'learn' }).click();
  const level = () => page.evaluate(() => window.segue.controls()[0]?.value);
  const push = (y: number) =>
    page.evaluate((value) => {
      window.fakePad[1] = value;
    }, y);
  // Upwards, which is −1, is more.
  await push(-1);
  await expect.poll(level).toBe(1);
  await page.getByRole('button', { name: 'forget axis 2 of gamepad 1' }).waitFor();
  await push(0.5);
  await expect.poll(level).toBe(0.25);
  expect((await stats(page)).generation).toBe(generation);
  expect(complaints).toEqual([]);
  await context.close();
});
