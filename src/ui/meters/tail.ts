/** The last frames of both channels, for pictures of a time that analysers are too short for. Pure. */
export class Tail {
  left: Float32Array;
  right: Float32Array;

  constructor(frames: number) {
    this.left = new Float32Array(frames);
    this.right = new Float32Array(frames);
  }

  /** Puts samples at the end; the oldest go. */
  add(left: Float32Array, right: Float32Array): void {
    const kept = Math.max(0, this.left.length - left.length);
    for (const [tail, samples] of [
      [this.left, left],
      [this.right, right],
    ] as const) {
      tail.copyWithin(0, tail.length - kept);
      tail.set(samples.subarray(Math.max(0, samples.length - tail.length)), kept);
    }
  }

  clear(): void {
    this.left.fill(0);
    this.right.fill(0);
  }
}
