/** What a performer sets, as chips that show their value and are pressed to change it. */

import { chipTexts } from '../app/chipTexts.ts';
import { tooltip } from '../app/commands.ts';
import type { BarProps } from './bar.tsx';
import { useSecondsLeft } from './secondsLeft.ts';

export function Chips({ model, actions, apple }: BarProps) {
  const { autoEvaluate, limiterIsOn, quantise } = model.settings.value;
  const texts = chipTexts(model.settings.value);
  const { waiting } = model;
  const seconds = useSecondsLeft(waiting);
  const wait =
    waiting.value &&
    (seconds === null ? `${waiting.value.reason} …` : `${waiting.value.reason} in ${seconds.toFixed(1)} s`);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has borders and a legend of its own.
    <div class="chips" role="group" aria-label="swaps">
      <button
        type="button"
        class="chip chip-fade"
        title={`how long swaps fade: press for longer, with Shift for shorter (${tooltip('longerFade', apple)})`}
        onClick={({ shiftKey }) => actions.set({ fadeMs: shiftKey ? texts.shorterFadeMs : texts.nextFadeMs })}
      >
        {texts.fade}
      </button>
      <button
        type="button"
        class="chip chip-quantise"
        aria-pressed={quantise !== 'off'}
        aria-label={`swap ${texts.quantise}`}
        title={tooltip('cycleQuantise', apple)}
        onClick={() => actions.run('cycleQuantise')}
      >
        {wait || texts.quantise}
      </button>
      <button
        type="button"
        class="chip"
        aria-pressed={autoEvaluate}
        title={tooltip('toggleAuto', apple)}
        onClick={() => actions.run('toggleAuto')}
      >
        auto
      </button>
      <button
        type="button"
        class="chip"
        aria-pressed={limiterIsOn}
        title={tooltip('toggleLimiter', apple)}
        onClick={() => actions.run('toggleLimiter')}
      >
        limiter
      </button>
    </div>
  );
}
