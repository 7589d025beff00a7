/** The globals of the patch language, for the type checker: what modules of the library may use without an import. */

/** Frames per second. */
declare const sampleRate: number;
/** The number of the frame that is computed. */
declare const currentFrame: number;
/** Its time in seconds. */
declare const currentTime: number;
