/**
 * The line at the lower edge: the state in one word, load, last swap, generation, what happened, how many problems.
 * Every place is fixed, and empty if there is nothing to say.
 */

import type { ReadonlySignal } from '@preact/signals';
import { tooltip } from '../app/commands.ts';
import type { PlayState, Swap } from '../app/model.ts';
import { shownMessages } from '../app/shownMessages.ts';
import { setStage } from '../app/stage.ts';
import type { BarProps } from './bar.tsx';
import { BeatLights } from './beatLights.tsx';
import { Icon } from './icons.tsx';
import { MessageLine, wholeText } from './messageLine.tsx';

const WORDS: Readonly<Record<PlayState, string>> = {
  loading: 'loading',
  stopped: 'stopped',
  starting: 'starting',
  playing: 'playing',
  held: 'blocked',
};

const LOAD_MEANS = 'how much of real time the patch takes: at 100 % the sound breaks up';
const UNDERRUNS_MEAN = 'gaps in the output since you pressed play';

/** With a decimal for a light patch, so that it does not read as nothing. */
const percent = (load: number): string => (load < 0.095 ? (100 * load).toFixed(1) : `${Math.round(100 * load)}`);

export function StatusLine({ model, actions, apple }: BarProps) {
  const { state, load, underruns, swap, generation, problems, waiting } = model;
  const { main, aside, tone } = shownMessages(model);
  const whole = [main, aside].map((shown) => wholeText(shown, waiting.value)).join(' ');
  const count = problems.value.length;
  const leave = () => setStage(model, 'off');
  return (
    <section class="status" aria-label="status">
      <span class="state">
        <span class="dot" data-tone={tone} />
        {model.compiling.value ? <Word state={state} compiling /> : <Word state={state} />}
      </span>
      <span class="load" title={LOAD_MEANS}>
        {load.value !== null && `load ${percent(load.value)} %`}
      </span>
      <span class="underruns" title={UNDERRUNS_MEAN}>
        {underruns.value !== null &&
          underruns.value > 0 &&
          `${underruns.value} underrun${underruns.value === 1 ? '' : 's'}`}
      </span>
      <span class="swap">{swap.value && `swap ${Math.round(swap.value.latencyMs)} ms`}</span>
      <span class="generation">{generation.value !== null && `generation ${generation.value}`}</span>
      <MessageLine model={model} actions={actions} apple={apple} />
      {count > 0 ? (
        <button
          type="button"
          class="problems"
          title={tooltip('nextProblem', apple)}
          onClick={() => actions.run('nextProblem')}
        >
          {count === 1 ? '1 problem' : `${count} problems`}
        </button>
      ) : (
        <span />
      )}
      {model.stage.value !== 'off' && (
        <span class="on-stage">
          <BeatLights model={model} />
          <button type="button" aria-label="leave the stage" title="leave the stage (Escape)" onClick={leave}>
            <Icon name="leave" />
          </button>
        </span>
      )}
      <span class="unseen" aria-live="polite">
        {`${WORDS[state.value]}. ${whole}`}
      </span>
      <SwapLine swap={swap} />
    </section>
  );
}

/** `compiling` takes the place of the state only when it lasts, which status.css decides. */
function Word({
  state,
  compiling = false,
}: {
  readonly state: ReadonlySignal<PlayState>;
  readonly compiling?: boolean;
}) {
  if (!compiling) return <span>{WORDS[state.value]}</span>;
  return (
    <span class="word-compiling">
      <span class="word-now">{WORDS[state.value]}</span>
      <span class="word-late">compiling</span>
    </span>
  );
}

/** A new key makes a new element, whose animation runs once. */
function SwapLine({ swap }: { readonly swap: ReadonlySignal<Swap | null> }) {
  if (!swap.value) return null;
  const { serial, fadeMs } = swap.value;
  return <span key={serial} class="swap-line" style={{ '--swap-time': `max(var(--motion), ${fadeMs}ms)` }} />;
}
