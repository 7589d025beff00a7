/**
 * Dark or light: dark unless the visitor chose light, or what the system has. Writes `data-theme` on the root, which tokens.css reads.
 * public/theme.js does the same before the first picture. Main thread.
 */

import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Settings } from '../app/settings.ts';

const inForce = signal<'dark' | 'light'>('dark');

/** The theme that is in force now. */
export const themeInForce: ReadonlySignal<'dark' | 'light'> = inForce;

/** Keeps the page to the settings and the system from now on. */
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
