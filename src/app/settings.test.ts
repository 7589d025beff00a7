import { expect, it } from 'vitest';
import { fadeStepFrom, settingsFrom } from './settings.ts';

const defaults = {
  ...{ theme: 'dark', dockOpen: true, autoEvaluate: true, textSizePx: 14 },
  ...{ fadeMs: 10, quantise: 'off', limiterIsOn: true, inlineControls: true },
};

it('begins with the defaults and keeps what was chosen', () => {
  expect(settingsFrom({})).toEqual(defaults);
  const chosen = {
    ...{ theme: 'light', dockOpen: false, autoEvaluate: false, textSizePx: 20 },
    ...{ fadeMs: 333, quantise: 'bar', limiterIsOn: false, inlineControls: false },
  };
  expect(settingsFrom(chosen)).toEqual(chosen);
});

it('takes one thing that makes no sense as not chosen, and the others as they are', () => {
  const junk = {
    ...{ theme: 'pink', dockOpen: 'no', autoEvaluate: 0, textSizePx: 4000, other: 1 },
    ...{ fadeMs: -1, quantise: 'never', limiterIsOn: 'yes', inlineControls: 2 },
  };
  expect(settingsFrom(junk)).toEqual(defaults);
  expect(settingsFrom({ ...junk, theme: 'dark' })).toEqual({ ...defaults, theme: 'dark' });
  expect(settingsFrom({ textSizePx: Number.NaN, fadeMs: Number.NaN })).toEqual(defaults);
  expect(settingsFrom({ fadeMs: 10_001 })).toEqual(defaults);
});

it('steps through the lengths of a fade, also from one between two', () => {
  expect([0, 10, 333, 4000, 9999].map((fadeMs) => fadeStepFrom(fadeMs, 1))).toEqual([10, 50, 1000, 4000, 9999]);
  expect([0, 10, 333, 4000, 9999].map((fadeMs) => fadeStepFrom(fadeMs, -1))).toEqual([0, 0, 200, 1000, 4000]);
});
