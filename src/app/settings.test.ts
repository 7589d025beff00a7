import { expect, it } from 'vitest';
import { timeBaseFrom } from './pictureSettings.ts';
import { fadeStepFrom, settingsFrom } from './settings.ts';

const defaults = {
  ...{ theme: 'dark', dockOpen: true, autoEvaluate: true, textSizePx: 14 },
  ...{ fadeMs: 10, quantise: 'off', limiterIsOn: true, wavFormat: 'float32', inlineControls: true },
  ...{ pictures: ['scope', 'spectrum'], dockPx: 320, dockShare: 0.4, scopeSeconds: 0.02, scopeTrigger: null },
  heightsPx: { scope: 140, spectrum: 160, spectrogram: 160, stereo: 160, loudness: 100, patch: 280 },
};

it('begins with the defaults and keeps what was chosen', () => {
  expect(settingsFrom({})).toEqual(defaults);
  const chosen = {
    ...{ theme: 'light', dockOpen: false, autoEvaluate: false, textSizePx: 20 },
    ...{ fadeMs: 333, quantise: 'bar', limiterIsOn: false, wavFormat: 'int16', inlineControls: false },
    ...{ pictures: ['stereo', 'loudness'], dockPx: 500, dockShare: 0.5, scopeSeconds: 0.5, scopeTrigger: -0.25 },
    heightsPx: { scope: 100, spectrum: 200, spectrogram: 300, stereo: 400, loudness: 77, patch: 90 },
  };
  expect(settingsFrom(chosen)).toEqual(chosen);
});

it('takes one thing that makes no sense as not chosen, and the others as they are', () => {
  const junk = {
    ...{ theme: 'pink', dockOpen: 'no', autoEvaluate: 0, textSizePx: 4000, other: 1 },
    ...{ fadeMs: -1, quantise: 'never', limiterIsOn: 'yes', wavFormat: 'mp3', inlineControls: 2 },
    ...{
      pictures: 'scope',
      heightsPx: { scope: -1, stereo: 'tall' },
      dockPx: 3,
      dockShare: 7,
      scopeSeconds: 0.3,
      scopeTrigger: 2,
    },
  };
  expect(settingsFrom(junk)).toEqual(defaults);
  expect(settingsFrom({ ...junk, theme: 'dark' })).toEqual({ ...defaults, theme: 'dark' });
  expect(settingsFrom({ textSizePx: Number.NaN, fadeMs: Number.NaN })).toEqual(defaults);
  expect(settingsFrom({ fadeMs: 10_001 })).toEqual(defaults);
});

it('shows the pictures that there are, in their order', () => {
  expect(settingsFrom({ pictures: ['loudness', 'pie', 'scope', 'scope', 3] }).pictures).toEqual(['scope', 'loudness']);
  expect(settingsFrom({ pictures: [] }).pictures).toEqual([]);
});

it('steps through the time bases', () => {
  expect([0.001, 0.02, 1].map((seconds) => timeBaseFrom(seconds, 1))).toEqual([0.002, 0.05, 1]);
  expect([0.001, 0.02, 1].map((seconds) => timeBaseFrom(seconds, -1))).toEqual([0.001, 0.01, 0.5]);
});

it('steps through the lengths of a fade, also from one between two', () => {
  expect([0, 10, 333, 4000, 9999].map((fadeMs) => fadeStepFrom(fadeMs, 1))).toEqual([10, 50, 1000, 4000, 9999]);
  expect([0, 10, 333, 4000, 9999].map((fadeMs) => fadeStepFrom(fadeMs, -1))).toEqual([0, 0, 200, 1000, 4000]);
});
