/**
 * Milliseconds since 1970 on a monotonic clock that page and worker share, so that times are comparable between them.
 * Not for the audio worklet, which has no `performance`.
 */
export const clockMs = (): number => performance.timeOrigin + performance.now();
