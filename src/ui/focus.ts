/** The focus as a key moves it: with the ring around it. Main thread. */

/**
 * Browsers that do not know the option decide by themselves; WebKit would go by how the focus came to where it was
 * before, so that after a click no key would show a ring.
 */
export function focusVisibly(element: HTMLElement | null | undefined): void {
  const options: FocusOptions & { focusVisible: boolean } = { focusVisible: true };
  element?.focus(options);
}
