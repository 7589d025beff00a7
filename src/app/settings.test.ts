import { expect, it } from 'vitest';
import { settingsFrom } from './settings.ts';

const defaults = { theme: 'dark', dockOpen: true, autoEvaluate: true, textSizePx: 14 };

it('begins with the defaults and keeps what was chosen', () => {
  expect(settingsFrom({})).toEqual(defaults);
  const chosen = { theme: 'light', dockOpen: false, autoEvaluate: false, textSizePx: 20 };
  expect(settingsFrom(chosen)).toEqual(chosen);
});

it('takes one thing that makes no sense as not chosen, and the others as they are', () => {
  const junk = { theme: 'pink', dockOpen: 'no', autoEvaluate: 0, textSizePx: 4000, other: 1 };
  expect(settingsFrom(junk)).toEqual(defaults);
  expect(settingsFrom({ ...junk, theme: 'dark' })).toEqual({ ...defaults, theme: 'dark' });
  expect(settingsFrom({ textSizePx: Number.NaN })).toEqual(defaults);
});
