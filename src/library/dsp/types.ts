/** What the signatures of the library call things. Types only: nothing of this file is left when a patch runs. */

/** A left and a right sample. */
export type Stereo = [left: number, right: number];

/** Numbers in a row, of any kind of array. */
export type Table = number[] | Float32Array | Float64Array;
