/**
 * What the browser remembers between visits: the patch that is being written, patches that were put aside, settings.
 *
 * In and out: plain values, kept as JSON under one name each. Storage may be refused (private windows, embedded pages),
 * full, or hold what somebody else wrote: reading then gives nothing, writing says so once and goes on. Main thread.
 */

/** The part of `Storage` that is used here. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const PATCH = 'segue.patch';
const ASIDE = 'segue.aside';
const SETTINGS = 'segue.settings';

/** So many patches are kept when others take their place. */
export const MAX_ASIDE = 8;

export class Memory {
  readonly #store: Store | null;
  readonly #onRefused: () => void;
  #refused = false;

  /** `onRefused` is called once, when something could not be kept. */
  constructor(store: Store | null, onRefused: () => void) {
    this.#store = store;
    this.#onRefused = onRefused;
  }

  /** The patch as it was last written; null when there is none. */
  patch(): string | null {
    const text = this.#read(PATCH);
    return typeof text === 'string' ? text : null;
  }

  keepPatch(text: string): void {
    this.#write(PATCH, text);
  }

  /** Patches whose place was taken by another, the newest first. */
  aside(): readonly string[] {
    const texts = this.#read(ASIDE);
    return Array.isArray(texts) ? texts.filter((text) => typeof text === 'string').slice(0, MAX_ASIDE) : [];
  }

  putAside(text: string): void {
    const others = this.aside().filter((other) => other !== text);
    this.#write(ASIDE, [text, ...others].slice(0, MAX_ASIDE));
  }

  /** Settings by name, as they were kept: the reader checks each for its type. */
  settings(): Readonly<Record<string, unknown>> {
    const settings = this.#read(SETTINGS);
    return isRecord(settings) ? settings : {};
  }

  keepSettings(settings: Readonly<Record<string, unknown>>): void {
    this.#write(SETTINGS, settings);
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

/** The browser's storage; null where even asking for it is refused. */
export function browserStore(): Store | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
