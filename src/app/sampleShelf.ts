/**
 * Sound files that patches play by name. In: files that somebody gives, names that patches ask for. Out: decoded samples for the compiler,
 * after which what plays is compiled once more, and a copy in the browser's database for the next visit. Nothing is fetched here.
 * Main thread.
 */

import { get, set } from 'idb-keyval';
import { type LoadedSample, MAX_SAMPLE_CHANNELS, MAX_SAMPLE_VALUES } from '../protocol/samples.ts';
import { decodeSound } from '../sound/decodeSound.ts';
import { databaseStore } from '../storage/database.ts';

export interface SampleShelfParts {
  /** What WAV and AIFF are not: as the browser decodes it; rejects for what is no sound. */
  readonly decodeOther: (bytes: ArrayBuffer) => Promise<LoadedSample>;
  /** To the compiler. */
  readonly tell: (name: string, sample: LoadedSample) => void;
  /** What plays is to be compiled once more. */
  readonly changed: () => void;
  /** Files of earlier visits. */
  readonly files: SampleFiles;
}

export interface SampleFiles {
  keep(name: string, bytes: ArrayBuffer): Promise<void>;
  of(name: string): Promise<ArrayBuffer | null>;
}

export class SampleShelf {
  readonly #parts: SampleShelfParts;
  readonly #loaded = new Set<string>();
  readonly #looked = new Set<string>();

  constructor(parts: SampleShelfParts) {
    this.#parts = parts;
  }

  /** What patches can play. */
  has(name: string): boolean {
    return this.#loaded.has(name);
  }

  /**
   * A file for patches that name it so, in place of the one before.
   * @throws Error with a message for the user.
   */
  async give(name: string, bytes: ArrayBuffer): Promise<void> {
    await this.#load(name, bytes);
    await this.#parts.files.keep(name, bytes);
  }

  /** What plays names these: those that were given in an earlier visit are loaded. */
  async wanted(names: readonly string[]): Promise<void> {
    for (const name of names) {
      if (this.#loaded.has(name) || this.#looked.has(name)) continue;
      this.#looked.add(name);
      const bytes = await this.#parts.files.of(name);
      if (bytes && !this.#loaded.has(name)) await this.#load(name, bytes).catch(() => undefined);
    }
  }

  async #load(name: string, bytes: ArrayBuffer): Promise<void> {
    const sample = decodeSound(new Uint8Array(bytes)) ?? (await this.#decodeOther(name, bytes));
    const channels = sample.channels.slice(0, MAX_SAMPLE_CHANNELS);
    const values = channels.length * (channels[0]?.length ?? 0);
    if (values === 0) throw new Error(`\`${name}\` has no sound in it.`);
    if (values > MAX_SAMPLE_VALUES)
      throw new Error(`\`${name}\` is too long: play a part of it, at most four minutes in stereo.`);
    this.#loaded.add(name);
    this.#parts.tell(name, { channels, rate: sample.rate });
    this.#parts.changed();
  }

  async #decodeOther(name: string, bytes: ArrayBuffer): Promise<LoadedSample> {
    try {
      // It takes the buffer away.
      return await this.#parts.decodeOther(bytes.slice(0));
    } catch {
      throw new Error(`\`${name}\` is no sound that this browser can read: use a WAV, AIFF, FLAC, MP3 or Ogg file.`);
    }
  }
}

/** As the browser decodes, at the rate of the output. */
export async function decodeInBrowser(bytes: ArrayBuffer, sampleRate: number): Promise<LoadedSample> {
  const buffer = await new OfflineAudioContext(1, 1, sampleRate).decodeAudioData(bytes);
  const channels = Array.from({ length: buffer.numberOfChannels }, (_, index) => buffer.getChannelData(index));
  return { channels, rate: buffer.sampleRate };
}

/** In the browser's database; without one, nothing is kept. */
export function browserFiles(): SampleFiles {
  const store = databaseStore('segue-samples', 'files');
  return {
    keep: (name, bytes) => set(name, bytes, store).catch(() => undefined),
    of: async (name) => {
      const found = await get<unknown>(name, store).catch(() => null);
      return found instanceof ArrayBuffer ? found : null;
    },
  };
}
