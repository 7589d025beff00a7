/** The bar at the top, and on small pages the one within reach of the thumbs. */

import type { ReadonlySignal } from '@preact/signals';
import type { Actions } from '../app/actions.ts';
import { tooltip } from '../app/commands.ts';
import type { Model } from '../app/model.ts';
import { BeatLights } from './beatLights.tsx';
import { Chips } from './chips.tsx';
import { ExamplesMenu } from './examplesMenu.tsx';
import { Icon } from './icons.tsx';
import { LevelMeter } from './level.tsx';
import { MoreMenu } from './menus.tsx';
import { RecordButton } from './recordButton.tsx';
import type { Taps } from './taps.ts';

export interface BarProps {
  readonly model: Model;
  readonly actions: Actions;
  readonly apple: boolean;
}

export function Bar({ model, actions, apple }: BarProps) {
  return (
    <header class="bar">
      <div class="bar-side">
        <span class="wordmark">segue</span>
        <ExamplesMenu model={model} actions={actions} apple={apple} />
      </div>
      <div class="bar-side bar-centre">
        <PlayButton model={model} actions={actions} apple={apple} />
        <EvaluateButton model={model} actions={actions} apple={apple} />
        <RecordButton model={model} actions={actions} apple={apple} />
      </div>
      <div class="bar-side">
        <span class="wide swap-settings">
          <BeatLights model={model} />
          <Chips model={model} actions={actions} apple={apple} />
        </span>
        <button type="button" class="wide" title={tooltip('share', apple)} onClick={() => actions.run('share')}>
          share
        </button>
        <button
          type="button"
          class="wide"
          aria-label="dock"
          aria-pressed={model.settings.value.dockOpen}
          title={tooltip('toggleDock', apple)}
          onClick={() => actions.run('toggleDock')}
        >
          <Icon name="dock" />
        </button>
        <MoreMenu model={model} actions={actions} apple={apple} />
      </div>
    </header>
  );
}

export function ThumbBar({ model, actions, apple, taps }: BarProps & { readonly taps: ReadonlySignal<Taps | null> }) {
  return (
    <footer class="thumb-bar">
      <PlayButton model={model} actions={actions} apple={apple} />
      <LevelMeter model={model} taps={taps} />
      <RecordButton model={model} actions={actions} apple={apple} />
      <EvaluateButton model={model} actions={actions} apple={apple} />
    </footer>
  );
}

/** Play and stop are one button in one place. */
function PlayButton({ model, actions, apple }: BarProps) {
  const { state } = model;
  const command = state.value === 'stopped' || state.value === 'loading' ? 'play' : 'stop';
  return (
    <button type="button" class="play" title={tooltip(command, apple)} onClick={() => actions.run(command)}>
      <Icon name={command} />
      {command}
    </button>
  );
}

function EvaluateButton({ actions, apple }: BarProps) {
  return (
    <button
      type="button"
      aria-label="evaluate"
      title={tooltip('evaluate', apple)}
      onClick={() => actions.run('evaluate')}
    >
      <Icon name="evaluate" />
    </button>
  );
}
