/**
 * Which sound files belong to the text in the editor. They stay with it through edits, come back with it when it is opened again or
 * an undo leads back to it, and no other text's files are disturbed. In: texts that are opened and edited, files that are given. Out:
 * keys of files. Main thread.
 */

import type { SoundKey } from '../protocol/soundFiles.ts';
import type { SoundMemory } from '../share/soundMemory.ts';
import { textName } from '../share/textName.ts';

/** A patch for as long as this page is there: opened once, and edited since. */
interface Patch {
  readonly keys: Map<string, SoundKey | null>;
  /** Names of all texts that it had. */
  readonly texts: Set<string>;
  /** As it was opened: its record stays, for whoever opens it again. */
  readonly opened: string;
  /** Under which text its files are kept; null: they are not yet. */
  kept: string | null;
}

export interface PatchSoundsParts {
  readonly memory: SoundMemory;
  readonly readText: () => string;
  /** The text is one of another patch that was open before: that was undone or redone. */
  readonly switched: () => void;
}

/** Looked at and kept after a pause this long in typing. */
const KEEP_AFTER_MS = 300;

export class PatchSounds {
  readonly #parts: PatchSoundsParts;
  readonly #patches: Patch[] = [];
  #now: Patch;
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: PatchSoundsParts) {
    this.#parts = parts;
    this.#now = this.#begin(parts.readText());
  }

  /** Another text was put into the editor, which may have been told as an edit before. */
  opened(): void {
    clearTimeout(this.#pause);
    this.#now = this.#begin(this.#parts.readText());
  }

  /** The text is another. */
  edited(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.keep(), KEEP_AFTER_MS);
  }

  /** Null: it was removed. Undefined: the patch has none of its own yet. */
  keyOf(name: string): SoundKey | null | undefined {
    return this.#now.keys.get(name);
  }

  /** What was given last under that name, to whichever patch. */
  newestOf(name: string): SoundKey | null {
    return this.#parts.memory.newestOf(name);
  }

  bind(name: string, key: SoundKey): void {
    this.#now.keys.set(name, key);
    this.keep();
  }

  /** A file for this patch, and for those to come that have none of that name. */
  given(name: string, key: SoundKey): void {
    this.#parts.memory.given(name, key);
    this.bind(name, key);
  }

  removed(name: string): void {
    const key = this.#now.keys.get(name);
    if (typeof key === 'string') this.#parts.memory.forget(name, key);
    this.#now.keys.set(name, null);
    this.keep();
  }

  /** The text was saved by hand: its files stay as long as it does. */
  pin(): void {
    this.keep();
    this.#parts.memory.pin(this.#parts.readText());
  }

  keep(): void {
    clearTimeout(this.#pause);
    const { memory, readText, switched } = this.#parts;
    const text = readText();
    const name = textName(text);
    const isOther = !this.#now.texts.has(name);
    const other = isOther ? this.#patches.findLast(({ texts }) => texts.has(name)) : undefined;
    if (other) this.#now = other;
    const { texts, keys, opened, kept } = this.#now;
    texts.add(name);
    if (keys.size > 0) {
      memory.keep(text, keys, kept === text || kept === opened ? null : kept);
      this.#now.kept = text;
    }
    if (other) switched();
  }

  #begin(text: string): Patch {
    const keys = this.#parts.memory.of(text);
    const patch: Patch = {
      ...{ keys: new Map(keys), texts: new Set([textName(text)]), opened: text },
      kept: keys === null ? null : text,
    };
    this.#patches.push(patch);
    return patch;
  }
}
