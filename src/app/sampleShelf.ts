/**
 * Sound files that patches play by name. In: files that somebody gives, names that patches ask for, a consent to fetch those that are
 * addresses. Out: decoded samples for the compiler, after which what plays is compiled once more; a copy in the browser's database, which
 * belongs to the patch; the model's `sounds`. Nothing is fetched before the consent. Main thread.
 */

import type { LoadedSample } from '../protocol/samples.ts';
import type { ReadSound, SoundKey, UnfitSound } from '../protocol/soundFiles.ts';
import { fitSound } from '../sound/fit.ts';
import type { Model } from './model.ts';
import type { Say } from './notes.ts';
import type { PatchSounds } from './patchSounds.ts';
import type { SampleFiles } from './soundFileClient.ts';
import { isAddress, originOf, shortSoundName, soundName } from './soundFiles.ts';

/**
 * `looking`: whether the browser has it from an earlier visit. `missing`: it has to be given. `unasked`: it would be fetched from elsewhere,
 * which nobody has allowed. `failed`: it could not be loaded.
 */
export type SoundState = 'looking' | 'missing' | 'unasked' | 'loading' | 'failed' | 'here';

/** A sound file as the page shows it. */
export interface ShownSound {
  readonly name: string;
  readonly state: SoundState;
  /** 0 unless it is here. */
  readonly frames: number;
  readonly rate: number;
  readonly channels: number;
  /** Why it is silent, or what else is wrong. */
  readonly trouble: string | null;
  /** What plays names it. */
  readonly isUsed: boolean;
}

export interface SampleShelfParts {
  readonly model: Pick<Model, 'sounds'>;
  /** What WAV and AIFF are not: as the browser decodes it; rejects for what is no sound. */
  readonly decodeOther: (bytes: ArrayBuffer) => Promise<LoadedSample>;
  /** Rejects with a message for the user. */
  readonly fetchSound: (address: string, signal: AbortSignal) => Promise<ArrayBuffer>;
  /** To the compiler; null: it is gone. */
  readonly tell: (name: string, sample: LoadedSample | null) => void;
  /** What plays is to be compiled once more. */
  readonly changed: () => void;
  readonly files: SampleFiles;
  /** Which of them belong to the patch. */
  readonly patch: Pick<PatchSounds, 'keyOf' | 'newestOf' | 'bind' | 'given' | 'removed'>;
  readonly say: Say;
}

/** The part of `File` that is used here. */
export interface SoundFile {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

type Entry = Omit<ShownSound, 'name' | 'isUsed'> & {
  /** Key of the file; null until it is here. */
  readonly key: SoundKey | null;
};

/** A file that can be played. */
interface Opened {
  readonly key: SoundKey;
  readonly sample: LoadedSample;
  readonly isKept: boolean;
}

/**
 * Larger files are not read: the longest sound that a patch can play has some 200 MB as 64-bit floats, and what a browser cannot hold
 * would end the page.
 */
const MAX_FILE_BYTES = 2 ** 29;

const NOTHING = { key: null, frames: 0, rate: 0, channels: 0, trouble: null } as const;
const NOT_KEPT = 'This browser could not store the file: it will be gone when you leave the page.';
const ONLY_HTTPS = 'Only addresses that begin with https:// can be loaded.';

export class SampleShelf {
  readonly #parts: SampleShelfParts;
  readonly #entries = new Map<string, Entry>();
  #used: readonly string[] = [];
  /** Where files may be fetched from, until the page is left. */
  readonly #allowed = new Set<string>();
  readonly #fetching = new Map<string, AbortController>();
  /** By name: the newest that was given or looked for, so that what an older one gets comes too late. */
  readonly #serials = new Map<string, number>();

  constructor(parts: SampleShelfParts) {
    this.#parts = parts;
  }

  /** What patches can play. */
  has(name: string): boolean {
    return this.#entries.get(name)?.state === 'here';
  }

  /**
   * A file for patches that name it so, in place of the one before.
   * @throws Error with a message for the user.
   */
  async give(name: string, bytes: ArrayBuffer): Promise<void> {
    const serial = this.#next(name);
    const { files, patch, say } = this.#parts;
    const opened = await this.#open(name, await files.read(bytes));
    if (serial !== this.#serials.get(name)) return;
    this.#fetching.get(name)?.abort();
    patch.given(name, opened.key);
    this.#put(name, opened);
    if (opened.isKept) return;
    this.#set(name, { trouble: NOT_KEPT });
    say({ tone: 'warning', text: `\`${shortSoundName(name)}\`: ${NOT_KEPT}` });
  }

  /** Another patch is in the editor: its files are others, and those before are for their own patch. */
  opened(): void {
    for (const [name, { state, key }] of this.#entries) {
      if (state === 'here' && key === this.#parts.patch.keyOf(name)) continue;
      this.#drop(name);
      if (state === 'here') this.#parts.tell(name, null);
    }
    this.#show();
  }

  /** An undo has led back to a patch that was there before, which plays already, or soon will. */
  switched(): void {
    this.opened();
    void this.wanted(this.#used);
  }

  /** A file that somebody chose or dropped; `as`: for the patch's own name of it. Never rejects. */
  async add(file: SoundFile, as?: string): Promise<void> {
    const { say } = this.#parts;
    const name = as ?? soundName(file.name);
    if (file.size > MAX_FILE_BYTES) {
      const [size, most] = [file.size, MAX_FILE_BYTES].map((bytes) => `${Math.ceil(bytes / 2 ** 20)} MB`);
      say({ tone: 'warning', text: `${file.name} is too large (${size}): sound files may have up to ${most}.` });
      return;
    }
    const isReplaced = this.has(name);
    try {
      const bytes = await file.arrayBuffer();
      await this.give(name, bytes);
    } catch (error) {
      // The browser's own errors, which come where the file has gone, say little more.
      const text =
        error instanceof Error && error.message.startsWith('`') ? error.message : `${file.name} cannot be read.`;
      say({ tone: 'warning', text });
      return;
    }
    if (this.#entries.get(name)?.trouble) return;
    const short = shortSoundName(name);
    if (as !== undefined) say({ tone: 'note', text: `The patch plays ${file.name} as \`${short}\` now.` });
    else if (isReplaced) say({ tone: 'note', text: `${file.name} replaces the previous \`${short}\`.` });
    else
      say({
        tone: 'note',
        text: `Added ${file.name}. Use it with \`samplePlayer('${name}')\` or \`sample('${name}')\`.`,
      });
  }

  /** What plays names these: those that were given in an earlier visit are loaded, and those that may be are fetched. */
  async wanted(names: readonly string[]): Promise<void> {
    this.#used = names;
    for (const [name, { state }] of this.#entries) {
      if (state !== 'here' && !names.includes(name)) this.#drop(name);
    }
    this.#show();
    await Promise.all(names.filter((name) => !this.#entries.has(name)).map((name) => this.#look(name)));
  }

  /** Lets files be fetched from where what plays asks for, until the page is left. For a click only. */
  allow(): void {
    const unasked = [...this.#entries].filter(([, { state }]) => state === 'unasked');
    for (const [name] of unasked) {
      const origin = originOf(name);
      if (origin !== null) this.#allowed.add(origin);
    }
    for (const [name] of unasked) void this.#fetch(name);
  }

  /** Once more, for one that could not be fetched. */
  retry(name: string): void {
    if (this.#entries.get(name)?.state === 'failed' && this.#mayFetch(name)) void this.#fetch(name);
  }

  /** Away with it, for this patch; what plays is silent there from now on. */
  remove(name: string): void {
    const wasHere = this.has(name);
    this.#drop(name);
    this.#parts.patch.removed(name);
    if (wasHere) {
      this.#parts.tell(name, null);
      this.#parts.changed();
    }
    if (this.#used.includes(name)) this.#set(name, { ...NOTHING, state: isAddress(name) ? 'unasked' : 'missing' });
    else this.#show();
  }

  async #look(name: string): Promise<void> {
    const serial = this.#next(name);
    this.#set(name, { ...NOTHING, state: 'looking' });
    const opened = await this.#known(name);
    if (serial !== this.#serials.get(name)) return;
    if (opened) {
      this.#parts.patch.bind(name, opened.key);
      this.#put(name, opened);
    } else if (!isAddress(name)) this.#set(name, { ...NOTHING, state: 'missing' });
    else if (originOf(name) === null) this.#set(name, { ...NOTHING, state: 'failed', trouble: ONLY_HTTPS });
    else if (this.#mayFetch(name)) await this.#fetch(name);
    else this.#set(name, { ...NOTHING, state: 'unasked' });
  }

  /** The patch's own file, else what was given last under that name, which visits long ago have kept by the name itself. */
  async #known(name: string): Promise<Opened | null> {
    const { files, patch } = this.#parts;
    const own = patch.keyOf(name);
    if (own === null) return null;
    const key = own ?? patch.newestOf(name) ?? name;
    return this.#open(name, await files.load(key), true).catch(() => null);
  }

  async #fetch(name: string): Promise<void> {
    const serial = this.#next(name);
    const controller = new AbortController();
    this.#fetching.set(name, controller);
    this.#set(name, { ...NOTHING, state: 'loading' });
    try {
      const bytes = await this.#parts.fetchSound(name, controller.signal);
      if (serial === this.#serials.get(name)) await this.give(name, bytes);
    } catch (error) {
      // Nobody waits for it any more.
      if (controller.signal.aborted || serial > (this.#serials.get(name) ?? 0)) return;
      const trouble = error instanceof Error ? error.message : String(error);
      this.#set(name, { ...NOTHING, state: 'failed', trouble });
      this.#parts.say({ tone: 'warning', text: `\`${shortSoundName(name)}\` is silent: ${trouble}` });
    } finally {
      if (this.#fetching.get(name) === controller) this.#fetching.delete(name);
    }
  }

  #mayFetch(name: string): boolean {
    const origin = originOf(name);
    return origin !== null && this.#allowed.has(origin);
  }

  /** `isKept`: it comes from where files are kept. @throws Error with a message for the user. */
  async #open(name: string, read: ReadSound | null, isKept = false): Promise<Opened> {
    const short = shortSoundName(name);
    if (read === null) throw new Error(`\`${short}\` cannot be read.`);
    if (read.kind === 'unfit') throw new Error(unfitText(short, read.reason));
    if (read.kind === 'decoded') return read;
    const { key, bytes } = read;
    const sample = fitSound(await this.#decodeOther(short, bytes));
    if (typeof sample === 'string') throw new Error(unfitText(short, sample));
    return { key, sample, isKept: isKept || (await this.#parts.files.keep(key, bytes)) };
  }

  async #decodeOther(short: string, bytes: ArrayBuffer): Promise<LoadedSample> {
    try {
      // It takes the buffer away.
      return await this.#parts.decodeOther(bytes.slice(0));
    } catch {
      throw new Error(`\`${short}\` is no sound that this browser can read: use a WAV, AIFF, FLAC, MP3 or Ogg file.`);
    }
  }

  #put(name: string, { key, sample }: Opened): void {
    const { channels, rate } = sample;
    this.#parts.tell(name, sample);
    this.#set(name, {
      ...{ state: 'here', key },
      frames: channels[0]?.length ?? 0,
      rate,
      channels: channels.length,
      trouble: null,
    });
    this.#parts.changed();
  }

  #next(name: string): number {
    const serial = (this.#serials.get(name) ?? 0) + 1;
    this.#serials.set(name, serial);
    return serial;
  }

  #drop(name: string): void {
    this.#next(name);
    this.#fetching.get(name)?.abort();
    this.#entries.delete(name);
  }

  #set(name: string, change: Partial<Entry>): void {
    const before: Entry = this.#entries.get(name) ?? { ...NOTHING, state: 'looking' };
    this.#entries.set(name, { ...before, ...change });
    this.#show();
  }

  /** Those that what plays names come first, in its order. */
  #show(): void {
    const names = new Set([...this.#used.filter((name) => this.#entries.has(name)), ...this.#entries.keys()]);
    this.#parts.model.sounds.value = [...names].flatMap((name): ShownSound[] => {
      const entry = this.#entries.get(name);
      if (!entry) return [];
      const { key: _, ...shown } = entry;
      return [{ ...shown, name, isUsed: this.#used.includes(name) }];
    });
  }
}

const unfitText = (short: string, reason: UnfitSound): string =>
  reason === 'empty'
    ? `\`${short}\` has no sound in it.`
    : `\`${short}\` is too long: play a part of it, at most four minutes in stereo.`;
