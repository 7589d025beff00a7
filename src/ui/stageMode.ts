/**
 * Stage mode in the browser: fullscreen where it is asked for and allowed, and Escape to leave. Main thread.
 */

import { effect } from '@preact/signals';
import type { Model } from '../app/model.ts';
import { setStage } from '../app/stage.ts';

/** Keeps the browser as the signal says, and the signal as the browser does. */
export function followStage(model: Pick<Model, 'stage'>): void {
  const { stage } = model;
  effect(() => {
    if (stage.value === 'screen') void enter();
    else if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
  });
  document.addEventListener('fullscreenchange', () => {
    if (!document.fullscreenElement && stage.value === 'screen') setStage(model, 'off');
  });
  // Only what nobody else has taken: the editor closes what it has open first.
  window.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || stage.value === 'off') return;
    event.preventDefault();
    setStage(model, 'off');
  });
}

/** Inside another page it may be forbidden: the stage then has the page. */
async function enter(): Promise<void> {
  await document.documentElement.requestFullscreen?.().catch(() => undefined);
}
