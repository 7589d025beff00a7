/** Sets the globals that the library reads, so that a test can run it as plain TypeScript at any sample rate. */

/** Where what does not depend on the sample rate is tested. */
export const RATES: readonly number[] = [22_050, 44_100, 48_000, 96_000];

const globals = globalThis as unknown as { sampleRate: number; currentFrame: number; currentTime: number };

/** What `run` gives while `sampleRate` is `rate`; at frame 0. The rate from before is back afterwards. */
export function atRate<Result>(rate: number, run: () => Result): Result {
  const before = globals.sampleRate;
  globals.sampleRate = rate;
  globals.currentFrame = 0;
  globals.currentTime = 0;
  try {
    return run();
  } finally {
    globals.sampleRate = before;
  }
}

/** Sets the clock of a patch to frame `n`. */
export function setFrame(n: number): void {
  globals.currentFrame = n;
  globals.currentTime = n / globals.sampleRate;
}

/** The first `frames` values of `next`, which is called once a frame with the frame's number; `currentFrame` goes along. */
export function collect(frames: number, next: (n: number) => number): Float64Array {
  const samples = new Float64Array(frames);
  for (let n = 0; n < frames; n++) {
    setFrame(n);
    samples[n] = next(n);
  }
  return samples;
}

/** The same for a function that gives a pair. */
export function collectStereo(
  frames: number,
  next: (n: number) => readonly [number, number],
): { left: Float64Array; right: Float64Array } {
  const right = new Float64Array(frames);
  const left = collect(frames, (n) => {
    const pair = next(n);
    right[n] = pair[1];
    return pair[0];
  });
  return { left, right };
}
