/**
 * Dark or light: dark by default, or as the user or the system chooses. Writes `data-theme` on the root, which
 * tokens.css reads. public/theme.js does the same before the first paint. Main thread.
 */

import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Settings } from '../app/settings.ts';

const inForce = signal<'dark' | 'light'>('dark');

/** The current theme. */
export const themeInForce: ReadonlySignal<'dark' | 'light'> = inForce;

/** Follows the settings and the system from now on. */
export function followTheme(settings: ReadonlySignal<Settings>): void {
  const system = window.matchMedia('(prefers-color-scheme: light)');
  const systemIsLight = signal(system.matches);
  system.addEventListener('change', () => {
    systemIsLight.value = system.matches;
  });
  effect(() => {
    const { theme } = settings.value;
    const next = theme === 'system' ? (systemIsLight.value ? 'light' : 'dark') : theme;
    document.documentElement.dataset.theme = next;
    inForce.value = next;
  });
}
