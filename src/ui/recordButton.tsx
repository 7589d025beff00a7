/** Records what is heard, from one press to the next. It is as wide while it runs, so that nothing moves. */

import { tooltip } from '../app/commands.ts';
import { clockText } from '../app/takes.ts';
import type { BarProps } from './bar.tsx';

export function RecordButton({ model, actions, apple }: BarProps) {
  const seconds = model.takeSeconds.value;
  const isOn = seconds !== null;
  return (
    <button
      type="button"
      class="record"
      aria-pressed={isOn}
      aria-label={isOn ? `record, ${clockText(seconds)} so far` : 'record'}
      title={tooltip('record', apple)}
      onClick={() => actions.run('record')}
    >
      <i />
      <span>{isOn ? clockText(seconds) : 'rec'}</span>
    </button>
  );
}
