/** The page's address, as far as it carries a patch. Main thread. */

export const browserAddress = {
  fragment: (): string => window.location.hash,
  /** Replaces the fragment without a step in the history; '' removes it with its `#`. */
  setFragment: (fragment: string): void => {
    const { pathname, search } = window.location;
    window.history.replaceState(null, '', fragment || pathname + search);
  },
  whole: (): string => window.location.href,
};

/** The query of the address, which is taken out of it without a step in the history. */
export function takeQuery(): string {
  const { pathname, search, hash } = window.location;
  if (search) window.history.replaceState(null, '', pathname + hash);
  return search;
}

/**
 * Opens this page in a tab that has nothing to do with this one, and so a process of its own. `address`: a query, a
 * fragment, or nothing.
 */
export function openBeside(address: string): void {
  const { origin, pathname } = window.location;
  window.open(origin + pathname + address, '_blank', 'noopener');
}
