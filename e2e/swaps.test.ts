/** What a performer does with swaps and sees of them: undo, restart, waiting for the bar, the dock, rollback. */
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { listen, rms } from './hearing.ts';
import { clickPlay, evaluateText, settled, stats, type Visit } from './site.ts';
import { tone } from './texts.ts';
import { useSite, useVisitors } from './useSite.ts';

const site = useSite();
let visited: Visit;
let page: Page;

useVisitors(site, (begun) => {
  visited = begun;
  ({ page } = visited);
});

const message = (text: string | RegExp) => page.locator('.message', { hasText: text });

/** How loud a sine is that is played now, after any fade. */
async function loudness(): Promise<number> {
  const { left } = await listen(page, 9600);
  return rms(left.subarray(4800)) * Math.SQRT2;
}

/** Waits for another generation than the one that plays while `act` begins. */
async function swapBy(act: () => Promise<unknown>): Promise<void> {
  const { generation } = await stats(page);
  await act();
  await page.waitForFunction((before) => window.segue.stats().generation !== before, generation);
}

describe('undo', () => {
  it('brings the sound back with one key, keeps the text, and evaluating brings that back', async () => {
    for (const gain of [0.5, 0.25, 0.125]) await evaluateText(page, tone(0.01, gain));
    await clickPlay(page);
    await swapBy(() => page.keyboard.press('F4'));
    expect(await loudness()).toBeCloseTo(0.25, 2);
    await message(/evaluate to hear your code again.*The previous version is playing/is).waitFor();
    expect(await page.locator('.dot').getAttribute('data-tone')).toBe('warning');
    await swapBy(() => page.keyboard.press('F4'));
    expect(await loudness()).toBeCloseTo(0.5, 2);
    expect(await page.evaluate(() => window.segue.text)).toBe(tone(0.01, 0.125));
    // Neither stop nor play changes which of them plays.
    await page.keyboard.press('ControlOrMeta+.');
    await clickPlay(page);
    expect(await loudness()).toBeCloseTo(0.5, 2);
    await swapBy(() => page.keyboard.press('ControlOrMeta+Enter'));
    expect(await loudness()).toBeCloseTo(0.125, 2);
    expect(await page.locator('.message').innerText()).toBe('');
    let undone = await page.evaluate(() => window.segue.undo());
    expect(undone).toMatchObject({ ok: true, text: tone(0.01, 0.5), swap: { report: { changed: ['gain'] } } });
    while (undone.ok) undone = await page.evaluate(() => window.segue.undo());
    await message('Nothing to undo').waitFor();
  });

  it('reaches back beyond what the audio thread keeps, and redo comes forward again', async () => {
    const gains = [0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15];
    for (const gain of gains) await evaluateText(page, tone(0.01, gain));
    await clickPlay(page);
    for (let n = 1; n < gains.length; n++) await swapBy(() => page.keyboard.press('F4'));
    expect(await loudness()).toBeCloseTo(0.5, 2);
    await message(`The version from ${gains.length - 1} swaps ago is playing.`).waitFor();
    for (let n = 1; n < gains.length; n++) {
      await swapBy(() => page.keyboard.press('Shift+F4'));
      if (n === 2) expect(await loudness()).toBeCloseTo(gains[2], 2);
    }
    expect(await loudness()).toBeCloseTo(0.15, 2);
    expect(await page.locator('.message').innerText()).toBe('');
    await page.keyboard.press('Shift+F4');
    await message('Nothing to redo').waitFor();
  });
});

describe('a change of tempo', () => {
  it('leaves the beat where it is', async () => {
    const patch = (bpm: number) => `const bpm = ${bpm}\n${tone(0.01, 0.5)}`;
    const beatBeyond = async (least: number): Promise<number> => {
      const beat = await page.waitForFunction((beyond) => {
        const now = window.segue.stats().beat;
        return now !== null && now > beyond ? now : false;
      }, least);
      return Number(await beat.jsonValue());
    };
    await evaluateText(page, patch(2400));
    await clickPlay(page);
    const before = await beatBeyond(40);
    await evaluateText(page, patch(60));
    // At `t * bpm / 60` it would begin again at a fortieth of that, and take most of a minute to get here.
    await listen(page, 48_000);
    const { beat: after } = await stats(page);
    expect(after).toBeGreaterThanOrEqual(before);
    await page.keyboard.press('ControlOrMeta+.');
    await page.waitForFunction(() => window.segue.stats().beat === null);
  });
});

describe('the lights of the beat', () => {
  const lights = () =>
    page.locator('.bar .beats i').evaluateAll((all) => all.map((one) => one.getAttribute('data-lit')));

  it('are one for each beat of the bar, go by the beat of the patch, and go out with its tempo', async () => {
    const patch = (bpm: number) => `const bpm = ${bpm}\nconst beatsPerBar = 3\n${tone(0.01, 0.5)}`;
    await evaluateText(page, patch(300));
    expect(await page.locator('.bar .beats').count()).toBe(0);
    await clickPlay(page);
    for (const n of [2, 0, 1]) await page.locator(`.bar .beats i[data-lit=true]:nth-of-type(${n + 1})`).waitFor();
    // A minute for each beat: it stays where it is, and that is where the sound is.
    await evaluateText(page, patch(1));
    const { beat } = await stats(page);
    await listen(page, 48_000);
    const now = (await stats(page)).beat ?? Number.NaN;
    expect(now).toBeGreaterThanOrEqual(beat ?? Number.NaN);
    expect(await lights()).toEqual([0, 1, 2].map((n) => String(n === Math.floor(now % 3))));
    await evaluateText(page, tone(0.01, 0.5));
    await page.locator('.bar .beats').waitFor({ state: 'detached' });
  });
});

describe('the key that evaluates', () => {
  it('plays where it is stopped, and a call does not', async () => {
    await evaluateText(page, tone(0.01, 0.5));
    expect((await stats(page)).state).toBe('stopped');
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.waitForFunction(() => window.segue.stats().state === 'playing');
    expect(await loudness()).toBeCloseTo(0.5, 2);
  });
});

describe('a first patch that is no sound', () => {
  it('says so, and where that begins', async () => {
    const text =
      'const notes = [220, 330, 440]\nlet x = 0\nexport default (t) => {\n  const hz = notes[(t * 4) % 3]\n  x += hz / sampleRate\n  return Math.sin(x)\n}';
    await evaluateText(page, text);
    await page.keyboard.press('ControlOrMeta+s');
    await page.reload();
    await settled(page);
    await message(/^Line 4: .*NaN/).waitFor();
    expect((await stats(page)).generation).not.toBeNull();
    await clickPlay(page);
    expect(await message(/^Line 4: .*NaN/).count()).toBe(1);
  });
});

describe('a restart from scratch', () => {
  it('resets all state, with a key', async () => {
    // Rises from 0 on, above and below it: a constant would be taken out, sooner or later.
    await evaluateText(page, 'let n = 0\nexport default () => (++n % 2 ? n : -n) / sampleRate / 100');
    await clickPlay(page);
    await listen(page, 24_000);
    const before = await listen(page, 1);
    await page.locator('.view-line').first().click();
    await swapBy(() => page.keyboard.press('ControlOrMeta+Alt+Enter'));
    const { left } = await listen(page, 2400);
    const last = Math.abs(left.at(-1) ?? 0);
    expect(last).toBeGreaterThan(0);
    expect(last).toBeLessThan(Math.abs(before.left[0]));
    expect(await page.locator('.panel-swap').innerText()).toMatch(/restart from scratch[\s\S]*n reset/);
  });
});

describe('the bar', () => {
  it('is waited for, which the page says, and undo takes back what waits', async () => {
    const patch = (gain: number) => `const bpm = 60\n${tone(0.01, gain)}`;
    await evaluateText(page, patch(0.5));
    await clickPlay(page);
    await page.locator('.bar .more').click();
    await page.getByRole('menuitemradio', { name: 'on the bar' }).click();
    const { generation } = await stats(page);
    await page.evaluate((text) => {
      window.segue.text = text;
      void window.segue.evaluate();
    }, patch(0.25));
    await message('Waiting for the bar.').waitFor();
    await page.keyboard.press('F4');
    await message('The previous version is playing.').waitFor();
    expect((await stats(page)).generation).toBe(generation);
    // A bar of one beat, a sixth of a second long, from the next swap on.
    await evaluateText(page, `const bpm = 360\nconst beatsPerBar = 1\n${tone(0.01, 0.125)}`);
    expect(await loudness()).toBeCloseTo(0.125, 2);
    const { ok, swap } = await evaluateText(page, patch(0.25));
    expect([ok, swap?.report.changed]).toEqual([true, ['bpm', 'gain']]);
    expect(await page.locator('.message').innerText()).toBe('');
  });
});

describe('the dock', () => {
  it('tells what the last swap did and what code runs, and leads from a unit to its text', async () => {
    expect(await page.locator('.panel-swap').count()).toBe(0);
    await evaluateText(page, tone(0.01, 0.5));
    await clickPlay(page);
    const row = page.locator('.panel-code tr', { hasText: 'default' });
    await row.waitFor();
    // Which rows are alight, as soon as they are.
    await page.evaluate(() => {
      const lit = new Set<string>();
      const { animate } = Element.prototype;
      Element.prototype.animate = function (...parameters) {
        if (this instanceof HTMLTableRowElement) lit.add(this.dataset.unit ?? '');
        document.body.dataset.litRows = [...lit].join();
        return animate.apply(this, parameters);
      };
    });
    const versionOf = (name: string) =>
      page.evaluate((unit) => window.segue.code().find((one) => one.unit === unit)?.version, name);
    const version = await versionOf('default');
    const { swap } = await evaluateText(page, tone(0.01, 0.5).replace('gain * osc', 'osc'));
    await page.waitForFunction(() => document.body.dataset.litRows === 'default');
    expect(swap?.report.changed).toEqual(['default']);
    expect(await page.locator('.panel-swap').innerText()).toMatch(
      /default changed · 4 kept[\s\S]*1 kept[\s\S]*10 ms fade[\s\S]*heard after [\d.]+ m?s/,
    );
    expect(await versionOf('default')).toBe(version! + 1);
    expect(await row.innerText()).toMatch(new RegExp(`^default\\s+${version! + 1}\\s+\\d+.*\\d B\\s+1$`, 's'));
    await page.locator('.panel-code tr', { hasText: 'osc' }).getByRole('button').press('Enter');
    await page.keyboard.type('X');
    expect(await page.evaluate(() => window.segue.text)).toContain('const Xosc');
    await page.keyboard.press('ControlOrMeta+b');
    await page.locator('.panel-code').waitFor({ state: 'detached' });
  });
});

describe('state that an edit loses', () => {
  it('is shown first, with the way to its line and a key that takes the swap back', async () => {
    const patch = (begin: number) =>
      `const other = 1\nlet n = ${begin}\nexport default () => (n = (n + 0.01 * other) % 1) - 0.5`;
    await evaluateText(page, patch(0));
    await clickPlay(page);
    await evaluateText(page, patch(0.25));
    const panel = page.locator('.panel-swap');
    expect(await panel.innerText()).toMatch(/generation \d+\s+n initial value edited\s+undo the swap \(F4\)\s+units/);
    await panel.getByRole('button', { name: 'n', exact: true }).press('Enter');
    await page.keyboard.type('X');
    expect(await page.evaluate(() => window.segue.text)).toContain('let Xn = 0.25');
    await page.keyboard.press('Backspace');
    const { generation } = await stats(page);
    await page.keyboard.press('F4');
    await message('Undone. Evaluate to hear your code again.').waitFor();
    expect((await stats(page)).generation).not.toBe(generation);
  });

  it('is told where code had stopped with it, and plays without', async () => {
    const piece = (step: string, more = '') => `const o = { k: 0 }
const c = [0, 0, 0, 0, 0, 0, 0, 0]
const walk = () => { o.k = (o.k + ${step}) % 8; ${more} return o.k }
export default () => walk() * 0.01`;
    await evaluateText(page, piece('0.37'));
    await clickPlay(page);
    await evaluateText(page, piece('1', 'c[o.k] = 1;'));
    await message(
      /stopped with the state that was kept, so this was reset: o\.k, c\.\s*The new version is playing\./,
    ).waitFor();
    expect(await page.locator('.panel-swap').innerText()).toMatch(/o\.k restarted\s+c restarted/);
  });
});

describe('what goes wrong while it plays', () => {
  it('is named with its line, and with the generation that plays instead', async () => {
    await evaluateText(page, tone(0.01, 0.5));
    await clickPlay(page);
    const { generation } = await stats(page);
    await evaluateText(page, 'let n = 0\nexport default () => {\n  n++\n  while (n > 24000) n++\n  return 0.1\n}');
    await message(`The previous version (generation ${generation}) keeps playing.`).waitFor();
    expect(await message(/^Line 4: /).count()).toBe(1);
    expect(await loudness()).toBeCloseTo(0.5, 2);
    const before = (await stats(page)).generation;
    await evaluateText(page, 'let n = 0\nexport default () => {\n  n++\n  return n > 24000 ? 0 / (n - n) : 0.1\n}');
    await message(new RegExp(`^Line 4: .*NaN.*generation ${before}`, 's')).waitFor();
    expect(await loudness()).toBeCloseTo(0.5, 2);
  });
});

describe('the limiter', () => {
  it('shows by how much it turns down, and lets everything pass when it is off', async () => {
    await evaluateText(page, tone(0.01, 2));
    await clickPlay(page);
    await page.locator('.panel-level .limiter', { hasText: /limiter −[678]\.\d dB/ }).waitFor();
    expect((await stats(page)).reductionDb).toBeGreaterThan(6);
    expect(await loudness()).toBeLessThan(0.9);
    await page.evaluate(() => window.segue.settings({ limiterIsOn: false }));
    await page.locator('.panel-level .limiter', { hasText: 'limiter off' }).waitFor();
    await page.waitForFunction(() => window.segue.stats().reductionDb === 0);
    expect(await loudness()).toBeCloseTo(2, 1);
  });
});

describe('a mistake', () => {
  it('shows the other places that belong to it', async () => {
    await evaluateText(page, 'const a = 1\na = 2\nexport default () => a');
    await page.locator('.squiggly-info').first().waitFor();
    await page.locator('.view-line', { hasText: 'a = 2' }).last().getByText('a').first().hover();
    await page.locator('.monaco-hover', { hasText: /patch\(1, \d+\): .*declared here/ }).waitFor();
  });
});

it('settings of swaps are remembered, and keys change them', async () => {
  await page.locator('.bar .more').click();
  await page.getByRole('group', { name: 'fade' }).getByRole('menuitemradio', { name: '200' }).click();
  await page.keyboard.press('Alt+.');
  await message('Swaps fade over 1 s.').waitFor();
  await page.keyboard.press('F7');
  await message(/no tempo, so swaps do not wait for the beat/).waitFor();
  await page.keyboard.press('Shift+F7');
  await page.locator('.panel-level', { hasText: 'limiter off' }).waitFor();
  await page.reload();
  await settled(page);
  const settings = { fadeMs: 1000, quantise: 'beat', limiterIsOn: false, autoEvaluate: true };
  expect(await page.evaluate(() => window.segue.settings())).toEqual(settings);
  await page.evaluate(() => window.segue.settings({ fadeMs: 333 }));
  await page.locator('.bar .more').click();
  expect(await page.getByRole('menuitemradio', { name: '333' }).getAttribute('aria-checked')).toBe('true');
  await expect(page.evaluate(() => window.segue.settings({ fadeMs: -1 }))).rejects.toThrow('fadeMs cannot be -1');
});
