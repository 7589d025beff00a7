/** What the chips of the settings say, and what pressing the one of the fade chooses. Pure. */

import type { Quantise } from '../protocol/compile.ts';
import { FADE_STEPS_MS, fadeStepFrom, type Settings } from './settings.ts';
import { durationText } from './swaps.ts';

export const QUANTISE_TEXTS: Readonly<Record<Quantise, string>> = {
  off: 'at once',
  beat: 'on the beat',
  bar: 'on the bar',
};

export interface ChipTexts {
  readonly fade: string;
  readonly quantise: string;
  /** After the longest comes the shortest, and the other way round. */
  readonly nextFadeMs: number;
  readonly shorterFadeMs: number;
}

export function chipTexts({ fadeMs, quantise }: Pick<Settings, 'fadeMs' | 'quantise'>): ChipTexts {
  const around = (direction: 1 | -1) => {
    const step = fadeStepFrom(fadeMs, direction);
    return step === fadeMs ? (FADE_STEPS_MS.at(direction === 1 ? 0 : -1) ?? 0) : step;
  };
  return {
    fade: fadeMs === 0 ? 'no fade' : `fade ${durationText(fadeMs)}`,
    quantise: QUANTISE_TEXTS[quantise],
    nextFadeMs: around(1),
    shorterFadeMs: around(-1),
  };
}
