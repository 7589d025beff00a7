/** What a visitor chose, with its defaults, and the check of what the browser remembers of it. */

import type { Signal } from '@preact/signals';
import type { Quantise } from '../protocol/compile.ts';
import { PICTURE_DEFAULTS, type PictureSettings, pictureSettingsFrom } from './pictureSettings.ts';
import { WAV_FORMATS, type WavFormat } from './wav.ts';

export type Theme = 'system' | 'dark' | 'light';

export interface Settings extends PictureSettings {
  readonly theme: Theme;
  readonly dockOpen: boolean;
  /** Whether code is evaluated after a pause in typing. */
  readonly autoEvaluate: boolean;
  /** Font size of the code, in CSS pixels. */
  readonly textSizePx: number;
  /** How long the programs before and after a swap play together, 0 to 10000. */
  readonly fadeMs: number;
  readonly quantise: Quantise;
  readonly limiterIsOn: boolean;
  /** Whether controls also stand in the lines that declare them. */
  readonly inlineControls: boolean;
  /** Format of the files that are recorded. */
  readonly wavFormat: WavFormat;
}

export const THEMES: readonly Theme[] = ['dark', 'light', 'system'];
export const QUANTISES: readonly Quantise[] = ['off', 'beat', 'bar'];
export const MIN_TEXT_SIZE_PX = 10;
export const MAX_TEXT_SIZE_PX = 32;
/** What the menu and the keys offer; any other length up to `MAX_FADE_MS` can be set by `window.segue`. */
export const FADE_STEPS_MS: readonly number[] = [0, 10, 50, 200, 1000, 4000];
export const MAX_FADE_MS = 10_000;

const DEFAULTS: Settings = {
  theme: 'dark',
  dockOpen: true,
  autoEvaluate: true,
  textSizePx: 14,
  fadeMs: 10,
  quantise: 'off',
  limiterIsOn: true,
  inlineControls: true,
  wavFormat: 'float32',
  ...PICTURE_DEFAULTS,
};

/** Settings from what was remembered; what is missing or makes no sense is as at the first visit, or as it was. */
export function settingsFrom(remembered: Readonly<Record<string, unknown>>, otherwise = DEFAULTS): Settings {
  const { theme, dockOpen, autoEvaluate, textSizePx, fadeMs, quantise, limiterIsOn, wavFormat, inlineControls } =
    remembered;
  return {
    theme: THEMES.find((known) => known === theme) ?? otherwise.theme,
    dockOpen: typeof dockOpen === 'boolean' ? dockOpen : otherwise.dockOpen,
    autoEvaluate: typeof autoEvaluate === 'boolean' ? autoEvaluate : otherwise.autoEvaluate,
    textSizePx: isWithin(textSizePx, MIN_TEXT_SIZE_PX, MAX_TEXT_SIZE_PX) ? textSizePx : otherwise.textSizePx,
    fadeMs: isWithin(fadeMs, 0, MAX_FADE_MS) ? fadeMs : otherwise.fadeMs,
    quantise: QUANTISES.find((known) => known === quantise) ?? otherwise.quantise,
    limiterIsOn: typeof limiterIsOn === 'boolean' ? limiterIsOn : otherwise.limiterIsOn,
    inlineControls: typeof inlineControls === 'boolean' ? inlineControls : otherwise.inlineControls,
    wavFormat: WAV_FORMATS.find((known) => known === wavFormat) ?? otherwise.wavFormat,
    ...pictureSettingsFrom(remembered, otherwise),
  };
}

/** Changes what is given; what makes no sense leaves things as they are. Returns all as it is then. */
export function changeSettings(settings: Signal<Settings>, change: Partial<Settings>): Settings {
  settings.value = settingsFrom({ ...settings.value, ...change }, settings.value);
  return settings.value;
}

/** The next longer (1) or shorter (-1) step from a fade that may lie between two; the fade itself at the ends. */
export function fadeStepFrom(fadeMs: number, direction: 1 | -1): number {
  const beyond = FADE_STEPS_MS.filter((stepMs) => (stepMs - fadeMs) * direction > 0);
  return beyond.length === 0 ? fadeMs : direction === 1 ? Math.min(...beyond) : Math.max(...beyond);
}

const isWithin = (value: unknown, low: number, high: number): value is number =>
  typeof value === 'number' && value >= low && value <= high;
