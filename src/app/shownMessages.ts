/** Which of the messages have a place in the status line now, and the colour of its dot. Pure. */

import type { Message, Model } from './model.ts';

export interface ShownMessages {
  /** In front; `waiting`: what the newest swap waits for, which the view counts down. */
  readonly main: Message | 'waiting' | null;
  /** Behind what it must not hide. */
  readonly aside: Message | 'waiting' | null;
  readonly tone: 'error' | 'warning' | 'good' | 'none';
}

const HELD: Message = {
  tone: 'warning',
  text: 'The browser is blocking the sound. Click or press a key to start it.',
};

/**
 * An error or a warning that stays is in front of everything that goes by itself, or that only says that something is on
 * its way. A note takes the place of what has no more weight than itself.
 */
export function shownMessages({
  state,
  waiting,
  note,
  message,
}: Pick<Model, 'state' | 'waiting' | 'note' | 'message'>): ShownMessages {
  const isHeld = state.value === 'held';
  const lasting = isHeld ? HELD : message.value;
  const isGrave = lasting !== null && lasting.tone !== 'note';
  const tone = isGrave ? (lasting.tone as 'error' | 'warning') : state.value === 'playing' ? 'good' : 'none';
  const passing = note.value ?? (waiting.value && 'waiting');
  if (isGrave) return { main: lasting, aside: passing, tone };
  return { main: passing ?? lasting, aside: note.value && waiting.value && 'waiting', tone };
}
