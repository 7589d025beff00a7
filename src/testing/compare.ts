/**
 * Compares two renders sample by sample and describes the first difference so that a person can act on it.
 * In: two pairs of channels and a tolerance. Out: null, or the difference. Tests and tools only.
 */

/** A pair of channels, of any array of numbers. */
export interface Channels {
  readonly left: ArrayLike<number>;
  readonly right: ArrayLike<number>;
}

export interface CompareOptions {
  /** 0: bit for bit (any NaN equals any NaN). Otherwise the largest error relative to the size of the expected sample. */
  readonly tolerance: number;
  /**
   * The smallest size an error is measured against: below it the tolerance is absolute, `tolerance * scaleFloor`. A sample
   * near a zero crossing is the difference of larger numbers and cannot be nearer to the truth than those are. 0 makes
   * the tolerance purely relative. Default 1e-3.
   */
  readonly scaleFloor?: number;
  /** Compare from this frame on (default 0) and up to this one, not included (default: the end). */
  readonly fromFrame?: number;
  readonly toFrame?: number;
}

export interface Difference {
  readonly frame: number;
  readonly channel: 'left' | 'right';
  readonly actual: number;
  readonly expected: number;
  /** Several lines: the samples in hex and the frames around. */
  readonly report: string;
}

const CONTEXT_FRAMES = 3;

/** `null` if the renders are the same within the tolerance, otherwise the first difference. */
export function compareRender(actual: Channels, expected: Channels, options: CompareOptions): Difference | null {
  for (const channel of ['left', 'right'] as const) {
    const lengths = [actual[channel].length, expected[channel].length];
    if (lengths[0] !== lengths[1]) {
      const frame = Math.min(...lengths);
      const report = `${channel}: ${lengths[0]} frames instead of ${lengths[1]}`;
      return { frame, channel, actual: actual[channel][frame], expected: expected[channel][frame], report };
    }
  }
  const end = options.toFrame ?? expected.left.length;
  for (let frame = options.fromFrame ?? 0; frame < end; frame++) {
    for (const channel of ['left', 'right'] as const) {
      const got = actual[channel][frame];
      const want = expected[channel][frame];
      if (sameSample(got, want, options)) continue;
      return { frame, channel, actual: got, expected: want, report: describe(actual, expected, frame, channel) };
    }
  }
  return null;
}

/** As `compareRender`, for tests: throws the report, with `name` before it. */
export function expectSameRender(name: string, actual: Channels, expected: Channels, options: CompareOptions): void {
  const difference = compareRender(actual, expected, options);
  if (difference) throw new Error(`${name}: ${difference.report}`);
}

/** Largest distance from one sample to the next, over both channels, from `fromFrame` to before `toFrame`. */
export function largestStep(render: Channels, fromFrame = 0, toFrame = render.left.length): number {
  let largest = 0;
  for (let frame = fromFrame + 1; frame < toFrame; frame++) {
    largest = Math.max(
      largest,
      Math.abs(render.left[frame] - render.left[frame - 1]),
      Math.abs(render.right[frame] - render.right[frame - 1]),
    );
  }
  return largest;
}

function sameSample(got: number, want: number, options: CompareOptions): boolean {
  if (Object.is(got, want)) return true;
  if (options.tolerance === 0 || !Number.isFinite(got) || !Number.isFinite(want)) return false;
  const scale = Math.max(Math.abs(want), options.scaleFloor ?? 1e-3);
  return Math.abs(got - want) <= options.tolerance * scale;
}

function describe(actual: Channels, expected: Channels, frame: number, channel: 'left' | 'right'): string {
  const got = actual[channel][frame];
  const want = expected[channel][frame];
  const lines = [
    `frame ${frame}, ${channel}: got ${got} (${bits(got)}), expected ${want} (${bits(want)}), error ${got - want}`,
  ];
  const last = Math.min(expected.left.length - 1, frame + CONTEXT_FRAMES);
  for (let n = Math.max(0, frame - CONTEXT_FRAMES); n <= last; n++) {
    lines.push(
      `${n === frame ? '>' : ' '} ${n}: got [${actual.left[n]}, ${actual.right[n]}]` +
        ` expected [${expected.left[n]}, ${expected.right[n]}]`,
    );
  }
  return lines.join('\n');
}

const bitsView = new DataView(new ArrayBuffer(8));

/** The sixteen hex digits of an f64, most significant first. */
export function bits(value: number): string {
  bitsView.setFloat64(0, value);
  return bitsView.getBigUint64(0).toString(16).padStart(16, '0');
}
