/**
 * Milliseconds since 1970 on a clock that only rises and that page and worker share, so that a time taken in one of them
 * means the same in the other. Not for the audio worklet, which has no `performance`.
 */
export const clockMs = (): number => performance.timeOrigin + performance.now();
