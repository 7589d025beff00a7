/** Between the page and the worker that reads, decodes and keeps sound files (src/sound/soundWorker.ts). Types only. */

import type { LoadedSample } from './samples.ts';

/** How a file is known in the browser's database: by what is in it, so that patches with the same file share it. */
export type SoundKey = string;

/**
 * A file that was read. WAV and AIFF come decoded and are kept already; of the rest the bytes come back, which only the page
 * can decode (`decodeAudioData` is in no worker), and are kept once that went well.
 */
export type ReadSound =
  | { readonly kind: 'decoded'; readonly key: SoundKey; readonly sample: LoadedSample; readonly isKept: boolean }
  | { readonly kind: 'other'; readonly key: SoundKey; readonly bytes: ArrayBuffer }
  /** It is one, but cannot be played. */
  | { readonly kind: 'unfit'; readonly reason: UnfitSound };

export type UnfitSound = 'empty' | 'too long';

/** `id`: for the answer. `bytes` are transferred. */
export type PageToSoundWorker = { readonly id: number } & (
  | { readonly kind: 'read'; readonly bytes: ArrayBuffer }
  | { readonly kind: 'load'; readonly key: SoundKey }
  | { readonly kind: 'keep'; readonly key: SoundKey; readonly bytes: ArrayBuffer }
  /** Removes files that no patch has any more: all but these. */
  | { readonly kind: 'forgetOthers'; readonly keys: readonly SoundKey[] }
);

/** In place of an answer: `null` where there is none, because something threw. */
export type SoundWorkerToPage =
  | { readonly id: number; readonly kind: 'read'; readonly read: ReadSound | null }
  | { readonly id: number; readonly kind: 'kept'; readonly isKept: boolean };
