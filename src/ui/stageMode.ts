/**
 * Stage mode in the browser: fullscreen where it is asked for and allowed, and Escape to leave. Main thread.
 */

import { effect, type Signal } from '@preact/signals';
import type { Stage } from '../app/model.ts';

/** Keeps the browser as the signal says, and the signal as the browser does. */
export function followStage(stage: Signal<Stage>): void {
  effect(() => {
    if (stage.value === 'screen') void enter();
    else if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  });
  document.addEventListener('fullscreenchange', () => {
    if (!document.fullscreenElement && stage.value === 'screen') stage.value = 'off';
  });
  // Only what nobody else has taken: the editor closes what it has open first.
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || stage.value === 'off') return;
    event.preventDefault();
    stage.value = 'off';
  });
}

/** Inside another page it may be forbidden: the stage then has the page. */
async function enter(): Promise<void> {
  await document.documentElement.requestFullscreen?.().catch(() => undefined);
}
