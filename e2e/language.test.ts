/** The editor knows the language: completion, what a function takes, what a name is, another name, and one click that mends. */
import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { evaluateText } from './site.ts';
import { useSite, useVisitors } from './useSite.ts';

const site = useSite();
let page: Page;
useVisitors(site, (visited) => {
  page = visited.page;
});

const TEXT = 'const lp = lowpass()\nconst tone = saw()\nexport default () => lp(tone(110), 900) * 0.1\n';
const text = () => page.evaluate(() => window.segue.text);
const waitForText = (wanted: string) => page.waitForFunction((text) => window.segue.text === text, wanted);

async function goToEnd(): Promise<void> {
  await page.locator('.monaco-editor .view-line').last().click();
  await page.keyboard.press('Control+End');
}

it('completes, helps, tells, renames and mends', async () => {
  await evaluateText(page, TEXT);
  await goToEnd();

  // Completion: Enter ends the line, unless an arrow has gone to one of the suggestions; Ctrl+Enter evaluates all the same.
  const rows = page.locator('.suggest-widget.visible .monaco-list-row');
  await page.keyboard.type('const a = lowp');
  await rows.first().waitFor();
  expect(await rows.first().textContent()).toContain('lowpass');
  await page.keyboard.press('Enter');
  await waitForText(`${TEXT}const a = lowp\n`);
  await page.keyboard.press('Backspace');
  await page.keyboard.type('a');
  await rows.first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await waitForText(`${TEXT}const a = lowpass`);

  // What it takes, by the library's own comment.
  await page.keyboard.type('()\nconst b = a(');
  const hint = page.locator('.parameter-hints-widget.visible');
  await hint.waitFor();
  await page.keyboard.type('1, ');
  await hint.getByText('cutoff in Hz').waitFor();
  expect(await hint.textContent()).toContain('a(x: number, hz: number, q?: number): number');
  await page.keyboard.press('Escape');

  // What a name is.
  await evaluateText(page, TEXT);
  const word = page.locator('.view-line', { hasText: 'const lp' }).getByText('lowpass', { exact: false }).last();
  await word.hover({ position: { x: (await word.boundingBox())!.width - 24, y: 8 } });
  const hover = page.locator('.monaco-hover:not(.hidden)', { hasText: 'Lets what is below a frequency pass' });
  await hover.first().waitFor();
  await page.mouse.move(2, 2);

  // Another name, from one of its uses.
  await page.keyboard.press('Control+Home');
  for (let step = 0; step < 'const l'.length; step++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('F2');
  const name = page.locator('.rename-box input');
  await name.waitFor();
  expect(await name.inputValue()).toBe('lp');
  await name.fill('soft');
  await name.press('Enter');
  await waitForText(TEXT.replaceAll('lp', 'soft'));

  // A mistake stands at the end of its line, with what puts it right.
  await evaluateText(page, TEXT.replace('saw()', 'saww()'));
  await page.locator('.segue-message-error', { hasText: 'is not defined' }).first().waitFor();
  await page.locator('.segue-fix').first().click();
  await waitForText(TEXT);
});

it('steps into a function of the library, which can be read and not edited', async () => {
  await evaluateText(page, TEXT);
  await goToEnd();
  await page.keyboard.press('Control+Home');
  for (let step = 0; step < 'const lp = low'.length; step++) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('F12');
  const peek = page.locator('.peekview-widget .preview .view-lines');
  await peek.getByText('export function lowpass', { exact: false }).first().waitFor();
  const shown = await peek.textContent();
  await peek.click();
  await page.locator('.peekview-widget .preview .monaco-editor.focused').waitFor();
  await page.keyboard.type('zzz');
  // What is typed would be drawn by now.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(await peek.textContent()).toBe(shown);
  expect(await text()).toBe(TEXT);
  await page.keyboard.press('Escape');
});

it('has no list in the way of the key that evaluates, and one form for the text', async () => {
  await evaluateText(page, TEXT);
  await goToEnd();
  await page.keyboard.type('let q = sampleR');
  await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor();
  await page.keyboard.press('Control+Enter');
  await page.waitForFunction(() => document.querySelector('.problems')?.textContent?.includes('1') ?? false);
  expect(await text()).toBe(`${TEXT}let q = sampleR`);
  await page.keyboard.press('Escape');
  await evaluateText(page, 'export default (t)=>{ return  0.1*t }\n');
  await goToEnd();
  await page.keyboard.press('Shift+Alt+F');
  await waitForText('export default (t) => {\n  return 0.1 * t\n}\n');
});
