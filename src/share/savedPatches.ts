/**
 * What the browser stores between visits: the patch that is being written, patches that were put aside, settings.
 *
 * In and out: plain values, kept as JSON under one name each. Storage may be refused (private windows, embedded pages),
 * full, or hold what somebody else wrote: reading then gives nothing, writing reports it once and carries on. Main
 * thread.
 *
 * All tabs share it, and each has a patch of its own. The patch that was saved last is *the* patch, which a new page opens;
 * what a tab has saved before another one did is kept aside under that tab's name, once, and not once for every pause in
 * typing. A tab finds its own text again when it is loaded again (src/share/tab.ts). What was put aside goes, the oldest
 * first, when there is too much of it; what somebody saves by hand is kept elsewhere, for good (src/share/archive.ts).
 */

import type { Store } from './store.ts';
import type { Tab } from './tab.ts';

const PATCH = 'segue.patch';
/** Name of the tab that wrote the patch. */
const WRITER = 'segue.writer';
const ASIDE = 'segue.aside';
const SETTINGS = 'segue.settings';
const LEARNED = 'segue.learned';

/** At most this many replaced patches are kept. */
export const MAX_ASIDE = 8;

/**
 * A patch that was replaced by another. `tab`: the tab whose newest patch it is; null if it was put aside on purpose.
 */
interface Aside {
  readonly text: string;
  readonly tab: string | null;
}

export class SavedPatches {
  readonly #store: Store | null;
  readonly #tab: Tab;
  readonly #onRefused: () => void;
  #refused = false;

  /** `onRefused` is called once, if something could not be stored. */
  constructor(store: Store | null, tab: Tab, onRefused: () => void) {
    this.#store = store;
    this.#tab = tab;
    this.#onRefused = onRefused;
  }

  /** The patch last saved by any tab; null if there is none. */
  patch(): string | null {
    const text = this.#read(PATCH);
    return typeof text === 'string' ? text : null;
  }

  /** What this tab had before it was reloaded; null if it is new. */
  ownPatch(): string | null {
    return this.#tab.text;
  }

  keepPatch(text: string): void {
    this.#write(PATCH, text);
    this.#write(WRITER, this.#tab.name);
    const aside = this.#aside;
    const others = aside.filter(({ tab }) => tab !== this.#tab.name);
    if (others.length < aside.length) this.#writeAside(others);
  }

  /** Patches that were replaced by others, newest first. */
  aside(): readonly string[] {
    return this.#aside.map(({ text }) => text);
  }

  /** Whether the patch was written by another tab, which may be closed and not know of what is written here. */
  isForeign(): boolean {
    return this.#read(WRITER) !== this.#tab.name;
  }

  /** Puts aside what this tab had, permanently. */
  putAside(text: string): void {
    this.#addAside({ text, tab: null });
  }

  /** Puts aside what another tab has saved, replacing what it had saved before. */
  putForeignAside(text: string): void {
    const writer = this.#read(WRITER);
    this.#addAside({ text, tab: typeof writer === 'string' && writer !== this.#tab.name ? writer : null });
  }

  #addAside(added: Aside): void {
    const isSame = ({ text, tab }: Aside) => text === added.text || (added.tab !== null && tab === added.tab);
    this.#writeAside([added, ...this.#aside.filter((other) => !isSame(other))]);
  }

  /** Those that belong to no tab are plain texts, as they always were. */
  #writeAside(aside: readonly Aside[]): void {
    const kept = aside.slice(0, MAX_ASIDE);
    this.#write(
      ASIDE,
      kept.map(({ text, tab }) => (tab === null ? text : { text, tab })),
    );
  }

  get #aside(): Aside[] {
    const found = this.#read(ASIDE);
    if (!Array.isArray(found)) return [];
    const aside = found.flatMap((entry: unknown): Aside[] => {
      if (typeof entry === 'string') return [{ text: entry, tab: null }];
      if (!isRecord(entry) || typeof entry.text !== 'string' || typeof entry.tab !== 'string') return [];
      return [{ text: entry.text, tab: entry.tab }];
    });
    return aside.slice(0, MAX_ASIDE);
  }

  /** Settings by name, as stored: the caller checks the type of each. */
  settings(): Readonly<Record<string, unknown>> {
    const settings = this.#read(SETTINGS);
    return isRecord(settings) ? settings : {};
  }

  keepSettings(settings: Readonly<Record<string, unknown>>): void {
    this.#write(SETTINGS, settings);
  }

  /** MIDI controllers that controls have learned, as stored: the caller checks them. */
  learned(): unknown {
    return this.#read(LEARNED);
  }

  keepLearned(learned: Readonly<Record<string, unknown>>): void {
    this.#write(LEARNED, learned);
  }

  #read(name: string): unknown {
    try {
      return JSON.parse(this.#store?.getItem(name) ?? 'null');
    } catch {
      return null;
    }
  }

  #write(name: string, value: unknown): void {
    try {
      if (!this.#store) throw new Error('no storage');
      this.#store.setItem(name, JSON.stringify(value));
    } catch {
      if (!this.#refused) this.#onRefused();
      this.#refused = true;
    }
  }
}

/** Calls when another tab has saved a patch. */
export function whenSavedElsewhere(call: () => void): void {
  window.addEventListener('storage', ({ key }) => {
    if (key === PATCH) call();
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
