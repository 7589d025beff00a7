/** The names that a patch always has, for the type checker: the library is plain TypeScript that reads them. */

/** Frames per second. */
declare const sampleRate: number;
/** Frames since the sound began. */
declare const currentFrame: number;
/** The same in seconds. */
declare const currentTime: number;
