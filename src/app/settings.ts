/** What a visitor chose, with its defaults, and the check of what the browser remembers of it. Pure. */

export type Theme = 'system' | 'dark' | 'light';

export interface Settings {
  readonly theme: Theme;
  readonly dockOpen: boolean;
  /** Whether a pause in typing evaluates. */
  readonly autoEvaluate: boolean;
  /** Of the code, in CSS pixels. */
  readonly textSizePx: number;
}

export const THEMES: readonly Theme[] = ['dark', 'light', 'system'];
export const MIN_TEXT_SIZE_PX = 10;
export const MAX_TEXT_SIZE_PX = 32;

const DEFAULTS: Settings = { theme: 'dark', dockOpen: true, autoEvaluate: true, textSizePx: 14 };

/** Settings from what was remembered; what is missing or makes no sense is as at the first visit. */
export function settingsFrom(remembered: Readonly<Record<string, unknown>>): Settings {
  const { theme, dockOpen, autoEvaluate, textSizePx } = remembered;
  return {
    theme: THEMES.find((known) => known === theme) ?? DEFAULTS.theme,
    dockOpen: typeof dockOpen === 'boolean' ? dockOpen : DEFAULTS.dockOpen,
    autoEvaluate: typeof autoEvaluate === 'boolean' ? autoEvaluate : DEFAULTS.autoEvaluate,
    textSizePx:
      typeof textSizePx === 'number' && textSizePx >= MIN_TEXT_SIZE_PX && textSizePx <= MAX_TEXT_SIZE_PX
        ? textSizePx
        : DEFAULTS.textSizePx,
  };
}
