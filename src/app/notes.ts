/** Things that are said once and go by themselves. Main thread. */

import type { Message, Model } from './model.ts';

/** Time to read a line. */
const NOTE_MS = 6000;

/** A function that shows a note in the model for a while; a newer one, or a message that stays, takes its place. */
export function createNotes(model: Model): (note: Message) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = () => {
    clearTimeout(timer);
    model.note.value = null;
  };
  model.message.subscribe((message) => {
    if (message) clear();
  });
  return (note) => {
    clear();
    model.note.value = note;
    timer = setTimeout(clear, NOTE_MS);
  };
}
