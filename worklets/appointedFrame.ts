/** Where a batch commits that is to fall on a beat or a bar. Pure. */

/** The first frame from `frame` on that is a multiple of `quantumFrames`, rounded up. */
export function appointedFrame(frame: number, quantumFrames: number): number {
  let count = Math.floor(frame / quantumFrames);
  // The quotient may be off by its last bit.
  while (Math.ceil(count * quantumFrames) < frame) count++;
  return Math.ceil(count * quantumFrames);
}
