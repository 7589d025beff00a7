/**
 * What happened, in one line: what stays, beside it what goes by itself. Pressed, it opens to the whole of it, and to all
 * problems with their lines.
 */

import { type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { COMMANDS, type CommandName, tooltip } from '../app/commands.ts';
import { waitingText } from '../app/messages.ts';
import type { Message, Waiting } from '../app/model.ts';
import { type ShownMessages, shownMessages } from '../app/shownMessages.ts';
import type { BarProps } from './bar.tsx';
import { useSecondsLeft } from './secondsLeft.ts';

/** Where code is broken all over, the first problems are enough to begin with. */
const MAX_LISTED = 100;

export function MessageLine({ model, actions, apple }: BarProps) {
  const isOpen = useSignal(false);
  const place = useRef<HTMLDivElement>(null);
  const { waiting } = model;
  const { main, aside } = shownMessages(model);
  useEffect(() => {
    if (!isOpen.value) return;
    const outside = (event: Event) => {
      if (!place.current?.contains(event.target as Node)) isOpen.value = false;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') isOpen.value = false;
    };
    document.addEventListener('pointerdown', outside, true);
    document.addEventListener('keydown', onKey, true);
    return () => {
      document.removeEventListener('pointerdown', outside, true);
      document.removeEventListener('keydown', onKey, true);
    };
  }, [isOpen.value]);
  if (main === null && aside === null) return <span class="message" />;
  return (
    <div class="message-place" ref={place}>
      <button
        type="button"
        class="message"
        data-tone={toneOf(main)}
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span class="what">{main === 'waiting' ? <Wait waiting={waiting} /> : main?.text}</span>
        {aside === null && main !== 'waiting' && main?.sound && <span class="sound">{main.sound}</span>}
        {aside !== null && (
          <span class="aside" data-tone={toneOf(aside)}>
            {aside === 'waiting' ? <Wait waiting={waiting} /> : aside.text}
          </span>
        )}
      </button>
      {main !== 'waiting' && main?.offer && <Offer command={main.offer} actions={actions} apple={apple} />}
      {isOpen.value && <WholeMessage model={model} />}
    </div>
  );
}

function WholeMessage({ model }: Pick<BarProps, 'model'>) {
  const { main, aside } = shownMessages(model);
  const problems = model.problems.value.slice(0, MAX_LISTED);
  return (
    <section class="message-whole" aria-label="message">
      {[main, aside].map((shown) => {
        const text = wholeText(shown, model.waiting.value);
        return text && <p key={text}>{text}</p>;
      })}
      {problems.length > 0 && (
        <ol>
          {problems.map(({ line, column, severity, message }) => (
            <li key={`${line}:${column} ${message}`} data-tone={severity}>
              <b>line {line}</b> {message}
            </li>
          ))}
        </ol>
      )}
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

/** Counts down. */
function Wait({ waiting }: { readonly waiting: ReadonlySignal<Waiting | null> }) {
  const secondsLeft = useSecondsLeft(waiting);
  return waiting.value && <>{waitingText(waiting.value, secondsLeft)}</>;
}

type Shown = ShownMessages['main'];

const toneOf = (shown: Shown): Message['tone'] => (shown === null || shown === 'waiting' ? 'note' : shown.tone);

/** What may be cut off in the line, in full; without what counts down, which nobody wants to be read to. */
export function wholeText(shown: Shown, waiting: Waiting | null): string {
  if (shown === 'waiting') return waiting ? waitingText(waiting, null) : '';
  return shown ? [shown.text, shown.sound ?? ''].join(' ').trim() : '';
}
