/** The page's keys, wherever the focus is. Main thread. */

import type { Actions } from '../app/actions.ts';
import { commandFor } from '../app/commands.ts';

/** Whether this is a machine with Apple's keys. */
export function usesAppleKeys(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** Runs the command of every chord in the table, before the editor or the browser sees the keys. */
export function listenToKeys(actions: Actions, apple: boolean): void {
  const listen = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    const command = commandFor(event, apple);
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    if (!event.repeat || command === 'nextProblem') actions.run(command);
  };
  window.addEventListener('keydown', listen, true);
}
