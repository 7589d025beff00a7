/**
 * Which sound files belong to which text: for each name that the text plays the key of a file, or null where it was removed on
 * purpose. Beside that, the file that was given last under each name, which is what a text gets that has none of its own yet.
 * In: anything that was stored. Out: names and keys. Storage may be refused; then this page alone knows. Main thread.
 */

import { MAX_SAMPLE_NAME } from '../protocol/samples.ts';
import type { SoundKey } from '../protocol/soundFiles.ts';
import type { Store } from './store.ts';
import { textName } from './textName.ts';

/** By name. */
export type SoundKeys = ReadonlyMap<string, SoundKey | null>;

const KEPT = 'segue.sounds';
/** Texts that are remembered, without those that were saved by hand. */
const MAX_TEXTS = 64;
const MAX_NAMES = 256;

interface Remembered {
  readonly text: string;
  readonly isPinned: boolean;
  readonly keys: SoundKeys;
}

interface Contents {
  /** The newest first. */
  readonly texts: readonly Remembered[];
  /** The newest last. */
  readonly newest: SoundKeys;
}

const NOTHING: Contents = { texts: [], newest: new Map() };

export class SoundMemory {
  readonly #store: Store | null;
  /** Where nothing can be stored. */
  #here: Contents = NOTHING;

  constructor(store: Store | null) {
    this.#store = store;
  }

  /** The keys that belong to a text; null: nothing is known of it. */
  of(text: string): SoundKeys | null {
    const name = textName(text);
    return this.#contents.texts.find((known) => known.text === name)?.keys ?? null;
  }

  /** `before`: the text that became this one, which nobody needs any more. */
  keep(text: string, keys: SoundKeys, before: string | null = null): void {
    const [name, gone] = [textName(text), before === null ? null : textName(before)];
    const { texts, newest } = this.#contents;
    const isPinned = texts.some((known) => known.text === name && known.isPinned);
    const others = texts.filter((known) => known.text !== name && (known.text !== gone || known.isPinned));
    this.#write({ texts: keys.size > 0 ? [{ text: name, isPinned, keys }, ...others] : others, newest });
  }

  /** The text was saved by hand, for good, and so are its files. */
  pin(text: string): void {
    const name = textName(text);
    const { texts, newest } = this.#contents;
    this.#write({ texts: texts.map((known) => (known.text === name ? { ...known, isPinned: true } : known)), newest });
  }

  newestOf(name: string): SoundKey | null {
    return this.#contents.newest.get(name) ?? null;
  }

  given(name: string, key: SoundKey): void {
    const { texts, newest } = this.#contents;
    const others = [...newest].filter(([other]) => other !== name);
    this.#write({ texts, newest: new Map([...others.slice(1 - MAX_NAMES), [name, key]]) });
  }

  /** Nobody gets this file under that name by default any more. */
  forget(name: string, key: SoundKey): void {
    const { texts, newest } = this.#contents;
    if (newest.get(name) === key)
      this.#write({ texts, newest: new Map([...newest].filter(([other]) => other !== name)) });
  }

  /** Whether there ever was a file. */
  get isUsed(): boolean {
    return this.#contents !== NOTHING;
  }

  /** Every file that some text has or may get. */
  keys(): readonly SoundKey[] {
    const { texts, newest } = this.#contents;
    const all = [newest, ...texts.map(({ keys }) => keys)].flatMap((keys) => [...keys.values()]);
    return [...new Set(all.filter((key) => key !== null))];
  }

  get #contents(): Contents {
    try {
      const stored = this.#store?.getItem(KEPT);
      return stored == null ? this.#here : readContents(JSON.parse(stored));
    } catch {
      return this.#here;
    }
  }

  #write({ texts, newest }: Contents): void {
    let room = MAX_TEXTS;
    const kept = texts.filter(({ isPinned }) => isPinned || room-- > 0);
    this.#here = { texts: kept, newest };
    const stored = { texts: kept.map(({ text, isPinned, keys }) => [text, isPinned, [...keys]]), newest: [...newest] };
    try {
      this.#store?.setItem(KEPT, JSON.stringify(stored));
    } catch {
      // This page has it as long as it is there.
    }
  }
}

/** What is not as it should be is left out; never throws. */
function readContents(stored: unknown): Contents {
  const { texts, newest } = (stored ?? {}) as { readonly texts?: unknown; readonly newest?: unknown };
  return {
    texts: listOf(texts).flatMap((entry): Remembered[] => {
      const [text, isPinned, keys] = listOf(entry);
      return typeof text === 'string' ? [{ text, isPinned: isPinned === true, keys: readKeys(keys) }] : [];
    }),
    newest: readKeys(newest),
  };
}

function readKeys(stored: unknown): SoundKeys {
  const keys = listOf(stored).flatMap((entry): [string, SoundKey | null][] => {
    const [name, key] = listOf(entry);
    const isName = typeof name === 'string' && name.length <= MAX_SAMPLE_NAME;
    return isName && (typeof key === 'string' || key === null) ? [[name, key]] : [];
  });
  return new Map(keys.slice(0, MAX_NAMES));
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
