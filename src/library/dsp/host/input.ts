/** The sound that comes in. Patch language: the host fills both buffers in front of a block, and says where that begins. */

/** The longest block, a power of two. */
const FRAMES = 128;

const inputLeft = new Float64Array(FRAMES);
const inputRight = new Float64Array(FRAMES);
let inputStart = 0;

/** @internal */
export function receiveInput(left: number, right: number): void {
  inputStart = 0;
  const at = currentFrame & (FRAMES - 1);
  inputLeft[at] = left;
  inputRight[at] = right;
}

/**
 * The sound that comes in, from a microphone or a line.
 * @param channel 0: left, or the only one; 1: right
 * @returns the sample of this frame
 * Source: SuperCollider SoundIn.
 * @example
 * const mic = input()
 * const echo = delayLine(0.5)
 * const hum = sine()
 * export default () => mic() + 0.5 * echo(mic(), 0.3) + 0.05 * hum(110)
 */
export function input(channel = 0): () => number {
  if (channel === 1) return (): number => inputRight[(currentFrame - inputStart) & (FRAMES - 1)];
  return (): number => inputLeft[(currentFrame - inputStart) & (FRAMES - 1)];
}
