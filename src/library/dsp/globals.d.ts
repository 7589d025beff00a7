/** What every patch and every module of the library finds defined. */
declare const sampleRate: number;
declare const currentFrame: number;
