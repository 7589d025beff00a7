/**
 * Gaps in a sound, found in what came out of the loudspeaker: the sound is a sine on the left and the cosine on the right,
 * so its level and the turn from each frame to the next are always the same, except where something is missing.
 *
 * In: frames, or the number of an edit. Out: gaps, or texts that all sound the same.
 */

export const GAPLESS_HZ = 997;
const GAIN = 0.3;
/** What resampling and the last bits may do to the level, and to a turn. */
const LEVEL_TOLERANCE = 0.05;
const TURN_TOLERANCE = 0.005;
/** What is wrong within this time is one gap; what is wrong for longer is as many. */
const GAP_SECONDS = 0.02;

/** How often something is missing or too much, in a sound that is there from the first frame to the last. */
export function countGaps(left: Float32Array, right: Float32Array, sampleRate: number): number {
  const step = GAPLESS_HZ / sampleRate;
  let gaps = 0;
  let gapEnd = 0;
  for (let n = 1; n < left.length; n++) {
    const turn = (Math.atan2(left[n], right[n]) - Math.atan2(left[n - 1], right[n - 1])) / (2 * Math.PI);
    const off = turn - step - Math.round(turn - step);
    const level = Math.hypot(left[n], right[n]);
    if (Math.abs(level / GAIN - 1) < LEVEL_TOLERANCE && Math.abs(off) < TURN_TOLERANCE) continue;
    if (n < gapEnd) continue;
    gaps++;
    gapEnd = n + GAP_SECONDS * sampleRate;
  }
  return gaps;
}

/** Edit `n` of a patch whose sound stays the same: other code, other declarations, the same state. */
export function gaplessText(n: number, voices: number): string {
  const bodies = ['phase += step\n    if (phase >= 1) phase -= 1', `phase = (phase + step + ${n} - ${n}) % 1`];
  return `const spare = ${n}
function turning() {
  let phase = 0
  return (step) => {
    ${bodies[n % bodies.length]}
    return 2 * Math.PI * phase
  }
}
const voices = Array.from({ length: ${voices} }, () => turning())
export default () => {
  let left = 0
  let right = 0
  for (const next of voices) {
    const angle = next(${GAPLESS_HZ} / sampleRate)
    left += Math.sin(angle)
    right += Math.cos(angle)
  }
  return [(${GAIN} / ${voices}) * left, (${GAIN} / ${voices}) * right]
}
`;
}

/** The same sound with a hole of 90 ms in every second, to see that holes are found. */
export const holedText = (voices: number): string =>
  gaplessText(0, voices).replace(
    'export default () => {',
    'export default (t) => {\n  if (t % 1 < 0.09) return [0, 0]',
  );
