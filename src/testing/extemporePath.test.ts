/**
 * The way that Extempore's introduction takes, played in one go: noise, sines, a factory, an array, modulation, recursion.
 * Each text is an edit of the one before while that plays. Nothing steps by more than the texts do by themselves.
 */
import { expect, it } from 'vitest';
import { largestStep } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

const factory = `const gain = 0.2
function tone() {
  let phase = 0
  return (hz) => {
    phase = (phase + hz / sampleRate) % 1
    return Math.sin(2 * Math.PI * phase)
  }
}
`;

const path: readonly (readonly [name: string, text: string])[] = [
  ['noise', 'const gain = 0.1\nexport default () => gain * (2 * Math.random() - 1)'],
  [
    'sines',
    `const gain = 0.2
let a = 0
let b = 0
export default () => {
  a = (a + 330 / sampleRate) % 1
  b = (b + 495 / sampleRate) % 1
  return gain * (Math.sin(2 * Math.PI * a) + Math.sin(2 * Math.PI * b))
}`,
  ],
  [
    'a factory',
    `${factory}const a = tone()
const b = tone()
export default () => gain * (a(330) + b(495))`,
  ],
  [
    'an array',
    `${factory}const ratios = [1, 1.5, 2, 2.5, 3]
const tones = ratios.map((ratio) => ({ ratio, next: tone() }))
export default () => {
  let x = 0
  for (const { ratio, next } of tones) x += next(330 * ratio)
  return gain * x / 2
}`,
  ],
  [
    'modulation',
    `${factory}const ratios = [1, 1.5, 2, 2.5, 3]
const tones = ratios.map((ratio) => ({ ratio, next: tone(), wave: tone() }))
export default () => {
  let x = 0
  for (const { ratio, next, wave } of tones) x += (0.6 + 0.4 * wave(ratio)) * next(330 * ratio * (1 + 0.01 * wave(5)))
  return gain * x / 2
}`,
  ],
  [
    'recursion',
    `${factory}const ratios = [1, 1.5, 2, 2.5, 3]
const tones = ratios.map((ratio) => ({ ratio, next: tone(), wave: tone() }))
let root = 330
let count = 0
function walk() {
  count += 1
  root = 330 * [1, 1.125, 1.25, 0.75][count % 4]
  after(0.1, walk)
}
after(0, walk)
export default () => {
  let x = 0
  for (const { ratio, next, wave } of tones) x += (0.6 + 0.4 * wave(ratio)) * next(root * ratio * (1 + 0.01 * wave(5)))
  return gain * x / 2
}`,
  ],
];
/** The recursion with another body. */
const edited = path[5][1].replace('[1, 1.125, 1.25, 0.75]', '[0.5, 0.625, 0.75, 1]');

const EVERY_FRAMES = 9600;
const FADE_FRAMES = 480;

it('is walked without a step', async () => {
  const texts = [...path.map(([, text]) => text), edited];
  expect(edited).not.toBe(path[5][1]);
  const swaps = texts.slice(1).map((text, n) => ({ frame: EVERY_FRAMES * (n + 1), text }));
  const frames = EVERY_FRAMES * (texts.length + 1);
  const render = await renderCompiled({ text: texts[0], frames, swaps, fadeFrames: FADE_FRAMES });
  const own = texts.map((text) => largestStep(renderOracle(text, { frames })));
  for (const [n] of texts.entries()) {
    const from = EVERY_FRAMES * n;
    const name = path[n]?.[0] ?? 'the edited recursion';
    const inFade = n === 0 ? own[0] : Math.max(own[n - 1], own[n]);
    expect(largestStep(render, Math.max(0, from - 1), from + FADE_FRAMES), name).toBeLessThanOrEqual(1.05 * inFade);
    const to = n + 1 < texts.length ? from + EVERY_FRAMES : frames;
    expect(largestStep(render, from + FADE_FRAMES, to), name).toBeLessThanOrEqual(1.05 * own[n]);
  }
});
