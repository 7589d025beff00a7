/** Pressing play and hearing, editing and hearing the edit, breaking the code and still hearing the sound, fixing it. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { gallery } from '../src/testing/texts.ts';
import { largestStep, listen, rms, turnsPerFrame } from './hearing.ts';
import { clickPlay, evaluateText, settled, stats, type Visit, waitForState } from './site.ts';
import { tone } from './texts.ts';
import { useSite, useVisitors } from './useSite.ts';

const site = useSite();
let visited: Visit;
let page: Page;

useVisitors(site, (begun) => {
  visited = begun;
  ({ page } = visited);
});

async function expectTone(turns: number, gain: number): Promise<void> {
  // The beginning may be in the ramp of the start or in a crossfade.
  const heard = await listen(page, 14_400);
  const [left, right] = [heard.left.subarray(2400), heard.right.subarray(2400)];
  expect(turnsPerFrame(left) / turns).toBeCloseTo(1, 3);
  expect(rms(left) / (gain / Math.SQRT2)).toBeCloseTo(1, 2);
  expect(right).toEqual(left);
}

/** Replaces the number at the end of `const turns = `, as people do. */
async function typeTurns(before: number, after: number): Promise<void> {
  await page.locator('.view-line', { hasText: 'const turns' }).click();
  await page.keyboard.press('End');
  for (const _ of String(before)) await page.keyboard.press('Backspace');
  await page.keyboard.type(String(after));
}

describe('play', () => {
  it('sounds after a click, as the text says, and ends with stop', async () => {
    expect((await evaluateText(page, tone(0.01, 0.5))).ok).toBe(true);
    expect((await stats(page)).state).toBe('stopped');
    await clickPlay(page);
    await expectTone(0.01, 0.5);
    await page.locator('.play:visible').click();
    await waitForState(page, 'stopped');
    expect(await page.locator('.play:visible').textContent()).toBe('play');
    await clickPlay(page);
    await expectTone(0.01, 0.5);
  });

  it('begins and ends without a step', async () => {
    await evaluateText(page, tone(0.005, 0.5));
    await clickPlay(page);
    const recording = listen(page, 24_000);
    await page.evaluate(() => window.segue.stop());
    await page.evaluate(() => window.segue.play());
    const { left } = await recording;
    expect(largestStep(left)).toBeLessThan(2 * Math.PI * 0.005 * 0.5 * 1.05);
    expect(rms(left)).toBeGreaterThan(0.1);
  });

  it('compiles first what has not been compiled', async () => {
    await page.keyboard.press('F9');
    await page.evaluate(
      (text) => {
        window.segue.text = text;
      },
      tone(0.02, 0.25),
    );
    await clickPlay(page);
    await expectTone(0.02, 0.25);
  });

  it('works before the compiler has loaded', async () => {
    await page.reload();
    await page.locator('.play:visible').click();
    await waitForState(page, 'playing');
    await settled(page);
    const { left } = await listen(page, 12_000);
    expect(rms(left)).toBeGreaterThan(0.01);
  });

  it('plays the first example of each kind', async () => {
    await clickPlay(page);
    await page.keyboard.press('ControlOrMeta+o');
    const kinds = new Set(gallery().map(({ name }) => name.split('/')[0]));
    const firsts = page.locator('[role=menu] [role=group] > [role=menuitem]:nth-child(2) > span:first-child');
    await expect.poll(() => firsts.count()).toBe(kinds.size);
    const titles = await firsts.allTextContents();
    await page.keyboard.press('Escape');
    for (const title of titles) {
      await page.keyboard.press('ControlOrMeta+o');
      await page.getByRole('menuitem', { name: title, exact: true }).click();
      const { ok, diagnostics } = await page.evaluate(() => window.segue.evaluate());
      expect({ title, ok, diagnostics }).toEqual({ title, ok: true, diagnostics: [] });
      expect(await page.title()).toBe(`${title} · segue`);
      const { left, right } = await listen(page, 24_000);
      expect(Math.max(rms(left), rms(right)), title).toBeGreaterThan(0.001);
    }
  });
});

describe('an edit', () => {
  it('typed into the code is heard after a pause', async () => {
    await evaluateText(page, tone(0.01, 0.5));
    await clickPlay(page);
    const { generation } = await stats(page);
    await typeTurns(0.01, 0.015);
    await page.waitForFunction((before) => window.segue.stats().generation !== before, generation);
    expect(await page.evaluate(() => window.segue.text)).toBe(tone(0.015, 0.5));
    await expectTone(0.015, 0.5);
  });

  it('waits for the key when the pause is switched off, also after a reload', async () => {
    await page.keyboard.press('F9');
    await page.reload();
    await settled(page);
    await evaluateText(page, tone(0.01, 0.5));
    const { generation } = await stats(page);
    await typeTurns(0.01, 0.015);
    expect((await stats(page)).generation).toBe(generation);
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.waitForFunction((before) => window.segue.stats().generation !== before, generation);
  });

  it('is heard without a seam, and takes its place within the fade', async () => {
    await evaluateText(page, tone(0.01, 0.5));
    await clickPlay(page);
    await listen(page, 4800);
    const recording = listen(page, 72_000);
    // So that a good part of the recording is from before the edit.
    await listen(page, 4800);
    const { ok, latencyMs } = await evaluateText(page, tone(0.01, 0.2));
    expect([ok, latencyMs > 0]).toEqual([true, true]);
    const { left } = await recording;
    expect(rms(left.subarray(0, 4000))).toBeCloseTo(0.5 / Math.SQRT2, 2);
    expect(rms(left.subarray(-4000))).toBeCloseTo(0.2 / Math.SQRT2, 2);
    expect(largestStep(left)).toBeLessThan(2 * Math.PI * 0.01 * 0.5 * 1.05);
    // The phase is kept: the tone after the edit continues the one before it.
    expect(turnsPerFrame(left)).toBeCloseTo(0.01, 6);
  });

  it('lights up the lines that changed, and the light goes', async () => {
    await evaluateText(page, tone(0.01, 0.5));
    await page.locator('.segue-lit').first().waitFor({ state: 'detached' });
    // Every set of lines that is alight at one time: what an edit before has lit may still be going out.
    await page.evaluate(() => {
      const seen = new Set<string>();
      new MutationObserver(() => {
        const lights = [...document.querySelectorAll('.segue-lit')];
        seen.add(lights.map((light) => Math.round(light.getBoundingClientRect().top)).join());
        document.body.dataset.lit = [...seen].join(' ');
      }).observe(document.querySelector('.monaco-editor')!, { subtree: true, childList: true });
    });
    // While the editor redraws its lines there may be none.
    const found = await page.waitForFunction(() => {
      const lines = [...document.querySelectorAll('.view-line')];
      const line = lines.find(({ textContent }) => /const\sgain/.test(textContent ?? ''));
      return line && String(Math.round(line.getBoundingClientRect().top));
    });
    const top = (await found.jsonValue()) ?? '';
    await evaluateText(page, tone(0.01, 0.2));
    await page.waitForFunction((lit) => document.body.dataset.lit?.split(' ').includes(lit), top);
    await page.locator('.segue-lit').waitFor({ state: 'detached' });
  });

  it('can be undone, also the choice of an example', async () => {
    const before = await page.evaluate(() => window.segue.text);
    await page.keyboard.press('ControlOrMeta+o');
    await page.locator('[role=menu] [role=menuitem]').last().click();
    expect(await page.evaluate(() => window.segue.text)).not.toBe(before);
    await page.keyboard.press('ControlOrMeta+z');
    expect(await page.evaluate(() => window.segue.text)).toBe(before);
  });
});

describe('a broken text', () => {
  const broken = tone(0.01, 0.5).replace('gain * osc(turns)', 'gian * osc(turns)');

  it('leaves the sound alone, and says what is wrong, where, and that the sound keeps playing', async () => {
    await evaluateText(page, tone(0.01, 0.5));
    await clickPlay(page);
    const recording = listen(page, 24_000);
    const { ok, diagnostics } = await evaluateText(page, broken);
    expect(ok).toBe(false);
    expect(diagnostics[0]).toMatchObject({ severity: 'error', line: 16, column: 22 });
    const { start, end } = diagnostics[0].span;
    expect(broken.slice(start, end)).toBe('gian');
    expect(turnsPerFrame((await recording).left)).toBeCloseTo(0.01, 6);
    await expectTone(0.01, 0.5);

    await page.locator('.squiggly-error').waitFor();
    const marked = await page.locator('.squiggly-error').first().boundingBox();
    const word = await page.locator('.view-line', { hasText: 'gian' }).getByText('gian').first().boundingBox();
    expect(Math.abs(marked!.x - wordStart(word!, await wordOffset(page)))).toBeLessThan(4);
    expect(await page.locator('.message').innerText()).toMatch(/line 16.*gian.*keeps playing/is);
    expect(await page.locator('.dot').getAttribute('data-tone')).toBe('warning');
    expect(await page.locator('.problems').innerText()).toBe('1 problem');
    expect(await page.locator('.status [aria-live]').textContent()).toMatch(/gian/);
  });

  it('is fixed', async () => {
    await evaluateText(page, tone(0.01, 0.5));
    await clickPlay(page);
    await evaluateText(page, broken);
    await page.locator('.squiggly-error').waitFor();
    const { ok } = await evaluateText(page, tone(0.02, 0.5));
    expect(ok).toBe(true);
    await page.locator('.squiggly-error').waitFor({ state: 'detached' });
    expect(await page.locator('.problems').count()).toBe(0);
    expect(await page.locator('.dot').getAttribute('data-tone')).toBe('good');
    await expectTone(0.02, 0.5);
  });

  it('is found with a key', async () => {
    await evaluateText(page, broken);
    await page.keyboard.press('F8');
    await page.keyboard.type('X');
    expect(await page.evaluate(() => window.segue.text)).toContain('Xgian');
  });
});

describe('keys', () => {
  it('play and stop wherever the focus is', async () => {
    await evaluateText(page, tone(0.01, 0.5));
    await page.locator('.view-line').first().click();
    await page.keyboard.press('ControlOrMeta+Shift+Enter');
    await waitForState(page, 'playing');
    await page.keyboard.press('ControlOrMeta+.');
    await waitForState(page, 'stopped');
    await page.locator('.bar button', { hasText: 'share' }).focus();
    await page.keyboard.press('ControlOrMeta+Shift+Enter');
    await waitForState(page, 'playing');
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input').waitFor();
    await page.keyboard.press('ControlOrMeta+.');
    await waitForState(page, 'stopped');
    expect(await page.evaluate(() => window.segue.text)).toBe(tone(0.01, 0.5));
  });

  it('stand in the palette, which runs the commands', async () => {
    await evaluateText(page, tone(0.01, 0.5));
    await page.keyboard.press('F1');
    const firstRow = page.locator('.quick-input-widget .monaco-list-row').first();
    expect(await firstRow.getAttribute('aria-label')).toMatch(/^▸ /);
    await page.locator('.quick-input-widget input').fill('>play');
    await firstRow.filter({ hasText: '▸ play' }).waitFor();
    await page.keyboard.press('Enter');
    await waitForState(page, 'playing');
  });
});

/** Where `gian` begins within the piece of code that Monaco drew it in, in characters. */
async function wordOffset(target: Page): Promise<{ characters: number; length: number }> {
  const piece = await target.locator('.view-line', { hasText: 'gian' }).getByText('gian').first().textContent();
  return { characters: piece!.indexOf('gian'), length: piece!.length };
}

const wordStart = (box: { x: number; width: number }, { characters, length }: { characters: number; length: number }) =>
  box.x + (box.width * characters) / length;
