/**
 * The line at the lower edge: the state in one word, load, last swap, generation, what happened, how many problems.
 * Every place is fixed; what has nothing to say leaves its place empty.
 */

import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { COMMANDS, type CommandName, tooltip } from '../app/commands.ts';
import type { Message, PlayState, Swap, Waiting } from '../app/model.ts';
import { type ShownMessages, shownMessages } from '../app/shownMessages.ts';
import { waitingText } from '../app/words.ts';
import { clockMs } from '../protocol/clock.ts';
import type { BarProps } from './bar.tsx';

const WORDS: Readonly<Record<PlayState, string>> = {
  loading: 'loading',
  stopped: 'stopped',
  starting: 'starting',
  playing: 'playing',
  held: 'held',
};

export function StatusLine({ model, actions, apple }: BarProps) {
  const { state, load, swap, generation, problems, waiting } = model;
  const { main, aside, tone } = shownMessages(model);
  const whole = [main, aside].map((shown) => wholeText(shown, waiting.value)).join(' ');
  const count = problems.value.length;
  return (
    <section class="status" aria-label="status">
      <span class="state">
        <span class="dot" data-tone={tone} />
        {model.compiling.value ? <Word state={state} compiling /> : <Word state={state} />}
      </span>
      <span class="load">{load.value !== null && `load ${Math.round(100 * load.value)} %`}</span>
      <span class="swap">{swap.value && `swap ${Math.round(swap.value.latencyMs)} ms`}</span>
      <span class="generation">{generation.value !== null && `generation ${generation.value}`}</span>
      <span class="message" data-tone={toneOf(main)} title={whole.trim() || undefined}>
        <span class="what">{main === 'waiting' ? <Wait waiting={waiting} /> : main?.text}</span>
        {aside === null && main !== 'waiting' && main?.sound && <span class="sound">{main.sound}</span>}
        {main !== 'waiting' && main?.offer && <Offer command={main.offer} actions={actions} apple={apple} />}
        {aside !== null && (
          <span class="aside" data-tone={toneOf(aside)}>
            {aside === 'waiting' ? <Wait waiting={waiting} /> : aside.text}
          </span>
        )}
      </span>
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
      <span class="unseen" aria-live="polite">
        {`${WORDS[state.value]}. ${whole}`}
      </span>
      <SwapLine swap={swap} />
    </section>
  );
}

function Offer({ command, actions, apple }: { readonly command: CommandName } & Pick<BarProps, 'actions' | 'apple'>) {
  return (
    <button type="button" class="offer" title={tooltip(command, apple)} onClick={() => actions.run(command)}>
      {COMMANDS[command].title}
    </button>
  );
}

/** `compiling` takes the place of the state only when it lasts, which parts.css decides. */
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

/** Often enough for tenths of a second to run. */
const COUNT_MS = 100;

/** Counts down. */
function Wait({ waiting }: { readonly waiting: ReadonlySignal<Waiting | null> }) {
  const [, setCount] = useState(0);
  const untilMs = waiting.value?.untilMs ?? null;
  useEffect(() => {
    if (untilMs === null) return;
    const timer = setInterval(() => setCount((count) => count + 1), COUNT_MS);
    return () => clearInterval(timer);
  }, [untilMs]);
  if (!waiting.value) return null;
  return <>{waitingText(waiting.value, untilMs === null ? null : Math.max(0, untilMs - clockMs()) / 1000)}</>;
}

type Shown = ShownMessages['main'];

const toneOf = (shown: Shown): Message['tone'] => (shown === null || shown === 'waiting' ? 'note' : shown.tone);

/** What may be cut off in the line, in full; without what counts down, which nobody wants to be read to. */
function wholeText(shown: Shown, waiting: Waiting | null): string {
  if (shown === 'waiting') return waiting ? waitingText(waiting, null) : '';
  return shown ? [shown.text, shown.sound ?? ''].join(' ').trim() : '';
}
