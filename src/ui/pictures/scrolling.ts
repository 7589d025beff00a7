/** Whether the dock is being scrolled: a wheel then means the dock, not the picture that comes under the pointer. Main thread. */

/** So long after a turn of the wheel another one belongs to it. */
const PAUSE_MS = 400;

let lastMs = Number.NEGATIVE_INFINITY;

/** The dock has moved. */
export function scrolled(): void {
  lastMs = performance.now();
}

export const isScrolling = (): boolean => performance.now() - lastMs < PAUSE_MS;
