/** Texts for soaks: a patch of which the largest step is known by a formula, in variants that differ as edits do. */

export const TONE_HZ = 220;
const GAINS = [0.3, 0.302, 0.304, 0.306];

/**
 * `voices` tones of the same pitch and phase, so that their sum is one tone; edit `n` changes a number, the body of a
 * closure, what is declared, how many voices there are, or the size of a buffer.
 */
export function soakText(n: number, voices: number): string {
  const gain = GAINS[n % GAINS.length];
  const variants = [
    ['', 'phase += step\n    if (phase >= 1) phase -= 1', voices],
    [`const spare = ${n}`, 'phase += step\n    if (phase >= 1) phase -= 1', voices],
    [`// edit ${n}`, `phase = (phase + step + ${n} - ${n}) % 1`, voices],
    [`const extra = tone()\nconst more = () => extra(${n})`, 'phase = (phase + step) % 1', voices],
    [
      `const line = new Float64Array(${1000 + (n % 7)})\nlet at = 0`,
      'phase += step\n    if (phase >= 1) phase -= 1',
      voices,
    ],
  ] as const;
  const [declared, body, count] = variants[n % variants.length];
  return `${declared}
const gain = ${gain}
function tone() {
  let phase = 0
  return (step) => {
    ${body}
    return Math.sin(2 * Math.PI * phase)
  }
}
const tones = Array.from({ length: ${count} }, () => tone())
export default () => {
  let sum = 0
  for (const next of tones) sum += next(${TONE_HZ} / sampleRate)
  return (gain / ${count}) * sum
}
`;
}

/** The largest step from one sample to the next of any of the texts. */
export const ownStep = (sampleRate: number): number =>
  2 * Math.max(...GAINS) * Math.sin((Math.PI * TONE_HZ) / sampleRate);

/** How much more the last samples are than the first ones: means of three, or of what there is. */
export function growth(samples: readonly number[]): number {
  const count = Math.min(3, Math.floor(samples.length / 2));
  const mean = (part: readonly number[]) => part.reduce((sum, value) => sum + value, 0) / part.length;
  return mean(samples.slice(-count)) / mean(samples.slice(0, count));
}
