/** Which pictures of the sound and of the patch are shown, and how, with their defaults; part of the settings. Pure. */

export type PictureName = 'scope' | 'spectrum' | 'spectrogram' | 'stereo' | 'loudness' | 'patch';

export const PICTURES: readonly PictureName[] = ['scope', 'spectrum', 'spectrogram', 'stereo', 'loudness', 'patch'];

export interface PictureSettings {
  /** Those that are shown. */
  readonly pictures: readonly PictureName[];
  /** Heights in CSS pixels, without the line above. */
  readonly heightsPx: Readonly<Record<PictureName, number>>;
  /** Width of the dock, beside the code. */
  readonly dockPx: number;
  /** Where the dock is below the code: its part of their height, 0 to 1. */
  readonly dockShare: number;
  /** What the scope is wide. */
  readonly scopeSeconds: number;
  /** The level at which its picture begins, rising, -1 to 1; null: where it stands still best. */
  readonly scopeTrigger: number | null;
}

export const MIN_PICTURE_PX = 60;
export const MAX_PICTURE_PX = 1200;
export const MIN_DOCK_PX = 260;
export const MAX_DOCK_PX = 1600;
export const MIN_DOCK_SHARE = 0.15;
export const MAX_DOCK_SHARE = 0.8;
/** What the scope may be wide. */
export const TIME_BASES: readonly number[] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1];

export const PICTURE_DEFAULTS: PictureSettings = {
  pictures: ['scope', 'spectrum'],
  heightsPx: { scope: 140, spectrum: 160, spectrogram: 160, stereo: 160, loudness: 100, patch: 280 },
  dockPx: 320,
  dockShare: 0.4,
  scopeSeconds: 0.02,
  scopeTrigger: null,
};

/** As `settingsFrom`. */
export function pictureSettingsFrom(
  remembered: Readonly<Record<string, unknown>>,
  otherwise: PictureSettings,
): PictureSettings {
  const { pictures, heightsPx, dockPx, dockShare, scopeSeconds, scopeTrigger } = remembered;
  const heights = typeof heightsPx === 'object' && heightsPx !== null ? (heightsPx as Record<string, unknown>) : {};
  const height = (name: PictureName) =>
    within(heights[name], MIN_PICTURE_PX, MAX_PICTURE_PX, otherwise.heightsPx[name]);
  return {
    pictures: Array.isArray(pictures) ? PICTURES.filter((name) => pictures.includes(name)) : otherwise.pictures,
    heightsPx: {
      ...{ scope: height('scope'), spectrum: height('spectrum'), spectrogram: height('spectrogram') },
      ...{ stereo: height('stereo'), loudness: height('loudness') },
      patch: height('patch'),
    },
    dockPx: within(dockPx, MIN_DOCK_PX, MAX_DOCK_PX, otherwise.dockPx),
    dockShare: within(dockShare, MIN_DOCK_SHARE, MAX_DOCK_SHARE, otherwise.dockShare),
    scopeSeconds: TIME_BASES.find((base) => base === scopeSeconds) ?? otherwise.scopeSeconds,
    scopeTrigger: scopeTrigger === null ? null : within(scopeTrigger, -1, 1, otherwise.scopeTrigger),
  };
}

/** The next longer (1) or shorter (-1) time base; itself at the ends. */
export function timeBaseFrom(seconds: number, direction: 1 | -1): number {
  return TIME_BASES[TIME_BASES.indexOf(seconds) + direction] ?? seconds;
}

function within<Otherwise>(value: unknown, low: number, high: number, otherwise: Otherwise): number | Otherwise {
  return typeof value === 'number' && value >= low && value <= high ? value : otherwise;
}
