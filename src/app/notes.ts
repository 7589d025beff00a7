/** Notes: shown once, and removed after a while. Main thread. */

import { effect } from '@preact/signals';
import type { Message, Model } from './model.ts';

/** Time to read a line. */
const NOTE_MS = 6000;

/** Says something once. `holds` reads the signals that it depends on: when it is false, the note is taken back. */
export type Say = (note: Message, holds?: () => boolean) => void;

/**
 * A function that shows a note in the model for a while, as long as it holds; a newer one takes its place, and so does a newer error or
 * warning, which has to say what it means for the sound.
 */
export function createNotes({ note: shown, message }: Pick<Model, 'note' | 'message'>): Say {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopWatching: () => void = () => undefined;
  const clear = () => {
    clearTimeout(timer);
    stopWatching();
    stopWatching = () => undefined;
    shown.value = null;
  };
  effect(() => {
    const isGrave = message.value !== null && message.value.tone !== 'note';
    if (isGrave && shown.peek()) clear();
  });
  return (note, holds) => {
    clear();
    shown.value = note;
    timer = setTimeout(clear, NOTE_MS);
    if (!holds) return;
    let isOver = false;
    const stop = effect(() => {
      if (holds()) return;
      isOver = true;
      // An effect cannot end itself while it runs for the first time.
      queueMicrotask(() => {
        if (shown.peek() === note) clear();
      });
    });
    if (isOver) stop();
    else stopWatching = stop;
  };
}
