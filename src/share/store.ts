/** The browser's small storages, in which values are kept as text under names. Main thread. */

/** The part of `Storage` that is used here. */
export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What all tabs share and what outlives them; null where even asking for it is refused. */
export function browserStore(): Store | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** What lasts as long as the tab and is its own; null where even asking for it is refused. */
export function tabStore(): Store | null {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
}
