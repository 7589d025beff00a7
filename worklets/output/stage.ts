/** What the parts of the output chain have in common. Audio thread and Node; no stage allocates or throws. */

export interface OutputStage {
  /** Works in place on the first `frames` samples of both channels. */
  process(left: Float64Array, right: Float64Array, frames: number): void;
}
