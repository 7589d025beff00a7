/** Sound files that patches play by name. From the page to the worker, and from the command line to the session. Types and bounds only. */

/** Decoded: its channels, all of one length, and how many frames a second are. */
export interface LoadedSample {
  readonly channels: readonly Float32Array[];
  readonly rate: number;
}

/** Channels that patches can reach; further ones are left out. */
export const MAX_SAMPLE_CHANNELS = 2;
/** Values in one file, both channels together: ten minutes of stereo at 48 kHz, 230 MB, would leave no room for two versions of a patch. */
export const MAX_SAMPLE_VALUES = 24_000_000;
/** Length of a name, which may be an address, in UTF-16 code units. */
export const MAX_SAMPLE_NAME = 1024;
/** Size of a file that is fetched: as much as the longest one has as 32 bits, and what is around it. */
export const MAX_SAMPLE_BYTES = 4 * MAX_SAMPLE_VALUES + 1_000_000;
