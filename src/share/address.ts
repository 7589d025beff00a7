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
