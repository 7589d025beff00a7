/**
 * How a formula becomes a patch. In: formulas, one a line, as the bytebeat and floatbeat scene writes them. Out: patches in
 * which `t` counts in one of the ways people let it count. Tests only.
 */

export interface CorpusPatch {
  /** Unique in its group: the formula itself, or what the synth is. */
  readonly name: string;
  readonly text: string;
}

export interface CorpusGroup {
  readonly name: string;
  readonly patches: readonly CorpusPatch[];
}

/** A patch in which `t` rises by `step` with each frame. */
type Clock = (sample: string, step: string, before: string) => string;

/** Ways in which `t` counts. `sample` is one expression. */
export const CLOCKS = {
  local: (sample, step, before) =>
    `${before}export default () => {\n  const t = currentFrame * ${step}\n  return ${sample}\n}`,
  counter: (sample, step, before) =>
    `let t = 0\n${before}export default () => {\n  t += ${step}\n  return ${sample}\n}`,
  parameter: (sample, step, before) =>
    `${before}const formula = (t) => ${sample}\nexport default () => formula(currentFrame * ${step})`,
  floored: (sample, step, before) =>
    `${before}export default () => {\n  const t = Math.floor(currentFrame * ${step} / 6)\n  return ${sample}\n}`,
  seconds: (sample, step, before) =>
    `const rate = 8000 * ${step}\n${before}export default (seconds) => {\n  const t = (seconds * rate) | 0\n  return ${sample}\n}`,
  called: (sample, step, before) => `${before}export default () => ((t) => ${sample})(currentFrame * ${step})`,
  defaulted: (sample, step, before) =>
    `${before}function formula(t = currentFrame * ${step}) {\n  return ${sample}\n}\nexport default () => formula()`,
  later: (sample, step, before) =>
    `let t = 0\n${before}export default function () {\n  const sample = ${sample}\n  t += ${step}\n  return sample\n}`,
  fractional: (sample, step, before) =>
    `${before}export default () => {\n  const t = currentFrame * ${step} / 6\n  return ${sample}\n}`,
  /** Nothing but the formula, which has to know the time itself. */
  none: (sample, _step, before) => `${before}export default () => ${sample}`,
} as const satisfies Record<string, Clock>;

export type ClockName = keyof typeof CLOCKS;

/** Clocks that start again from a known value in each frame, and so leave formulas alone that assign to `t`, are not among them. */
const WHOLE: readonly ClockName[] = [
  'local',
  'counter',
  'parameter',
  'floored',
  'seconds',
  'called',
  'defaulted',
  'later',
  'fractional',
];

/** From every sample to a step a hundred times as long as a song's, so that 1500 frames reach its later bars. */
const STEPS = ['29', '331', '97', '7'];

export interface GroupOptions {
  /** Declarations in front of the formulas. */
  readonly before?: string;
  /** Used in turn; all of those that know the time if not given. */
  readonly clocks?: readonly ClockName[];
  /** Used in turn. */
  readonly steps?: readonly string[];
}

/** Whole numbers cut to eight bits, exactly as `((FORMULA) & 255) / 127.5 - 1`. */
export const bytebeats = (name: string, formulas: string, options: GroupOptions = {}): CorpusGroup => ({
  name,
  patches: wrapped(formulas, (formula) => `((${formula}) & 255) / 127.5 - 1`, options),
});

/** The value as it is. */
export const floatbeats = (name: string, formulas: string, options: GroupOptions = {}): CorpusGroup => ({
  name,
  patches: wrapped(formulas, (formula) => `(${formula})`, options),
});

/** Patches that are complete, by name. */
export const complete = (name: string, texts: Readonly<Record<string, string>>): CorpusGroup => ({
  name,
  patches: Object.entries(texts).map(([title, text]) => ({ name: title, text: text.trim() })),
});

function wrapped(
  formulas: string,
  sample: (formula: string) => string,
  { before = '', clocks = WHOLE, steps = STEPS }: GroupOptions,
): CorpusPatch[] {
  const lines = formulas.split('\n').map((line) => line.trim());
  return lines
    .filter((line) => line !== '' && !line.startsWith('//'))
    .map((formula, index) => {
      const clock: Clock = CLOCKS[clocks[index % clocks.length]];
      const declarations = before === '' ? '' : `${before.trim()}\n`;
      const text = clock(sample(formula), steps[index % steps.length], declarations);
      return { name: formula, text };
    });
}
