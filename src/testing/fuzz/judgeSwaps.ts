/**
 * Swaps of random programs in a guarded memory: edits that mean the same change no sample of what JavaScript plays, edits
 * of expressions are heard and nothing else, and whatever follows whatever, nobody writes what belongs to others. In: a
 * seed. Out: what is wrong, if anything. Tests only.
 */

import { compile } from '../../compiler/compile.ts';
import { compareRender } from '../compare.ts';
import { testLibrary } from '../compileText.ts';
import { everydayProgram } from '../everyday/everydayProgram.ts';
import { type Render, renderOracle } from '../oracle.ts';
import type { Verdict } from '../random/judge.ts';
import { randomEdit, randomProgram } from '../random/program.ts';
import { extended, renamed, spaced } from '../random/respelling.ts';
import { Seeded } from '../random/seeded.ts';
import { GuardedPatch } from '../swaps/guardedPatch.ts';
import { runModel } from '../swaps/modelRun.ts';
import { bufferProgram } from '../wild/bufferProgram.ts';
import { wildProgram } from '../wild/wildProgram.ts';
import type { Judgement } from './judgeGuarded.ts';
import { truthOf } from './truth.ts';

const FADE_FRAMES = 8;
/** The blocks of a guarded patch, after each of which it is looked at. */
const BLOCK_FRAMES = 32;

export interface JudgedSwaps {
  /** The texts, one after the other. */
  readonly text: string;
  readonly judgement: Judgement;
}

export async function judgeSwaps(seed: number): Promise<JudgedSwaps> {
  const random = new Seeded(seed ^ 0x51a9_0000);
  const way = random.weighted([
    [4, sameMeaning],
    [2, thereAndBack],
    [3, anythingAfterAnything],
    [1, largeBuffers],
    [4, modelled],
  ]);
  const texts: string[] = [];
  try {
    const verdict = await way(random, texts);
    return { text: texts.join('\n--- becomes ---\n'), judgement: { verdict, outcome: way.name } };
  } catch (thrown) {
    const report = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    const isRefused = /the patch has errors|trapped at frame|too little memory/.test(report) && !UNCHECKED.test(report);
    const kind = /belongs to|host's/.test(report) ? 'escape' : `stops: ${(report.split('\n')[0] ?? '').slice(0, 60)}`;
    const verdict = isRefused ? null : { kind, report };
    return { text: texts.join('\n--- becomes ---\n'), judgement: { verdict, outcome: isRefused ? 'refused' : kind } };
  }
}

/** A trap that no check raised has no message of its own. */
const UNCHECKED = / stopped: (?!.*stack)/;

/** A wild or an everyday program that JavaScript plays to the end and the compiler takes; else a plain one. */
function playable(random: Seeded, frames: number): string {
  for (let attempt = 0; attempt < 6; attempt++) {
    const text = random.pick([wildProgram, everydayProgram])(random.below(2 ** 30));
    if (compile(text, testLibrary()).lowered && truthOf(text, frames).thrown === null) return text;
  }
  return randomProgram(random.below(2 ** 30));
}

async function sameMeaning(random: Seeded, texts: string[]): Promise<Verdict | null> {
  const edits = 3;
  const text = playable(random, (edits + 1) * 2 * BLOCK_FRAMES);
  texts.push(text);
  const patch = await GuardedPatch.create(text, FADE_FRAMES);
  const parts = [patch.render(BLOCK_FRAMES)];
  let edited = text;
  for (let n = 0; n < edits; n++) {
    edited = random.pick([renamed, spaced, extended, () => text])(edited);
    texts.push(edited);
    patch.swap(edited);
    parts.push(patch.render(BLOCK_FRAMES * random.between(1, 2)));
    if (random.chance(0.3) && patch.undo()) parts.push(patch.render(BLOCK_FRAMES));
  }
  const render = joined(parts);
  // What esbuild makes of functions in blocks is not what JavaScript does.
  const truth = truthOf(text, render.left.length);
  const expected = { left: Float64Array.from(truth.left), right: Float64Array.from(truth.right) };
  const difference = compareRender(render, expected, { tolerance: 0 });
  return difference && { kind: 'difference', report: difference.report };
}

/** Memory for a patch of a few megabytes, those before it, and the next. */
const LARGE_PAGES = 384;

/** Arrays that stay where they are while what is around them comes and goes. */
async function largeBuffers(random: Seeded, texts: string[]): Promise<Verdict | null> {
  const text = bufferProgram(random);
  texts.push(text);
  const patch = await GuardedPatch.create(text, FADE_FRAMES, LARGE_PAGES);
  const parts = [patch.render(BLOCK_FRAMES)];
  const swapFrames: number[] = [];
  const play = (): void => {
    swapFrames.push(patch.live.renderer.currentFrame);
    parts.push(patch.render(BLOCK_FRAMES));
  };
  let edited = text;
  let isSwapped = false;
  for (let n = 0; n < 4; n++) {
    const size = random.between(1, 200_000);
    edited = random.pick([
      () => `const more${n} = new Float32Array(${size});\n${edited}const mute${n} = () => more${n}[0]\n`,
      () => `${edited}const behind${n} = new Uint8Array(${size})\n`,
      () => extended(edited),
      () => text,
      () => spaced(edited),
    ])();
    texts.push(edited);
    if (patch.swap(edited).batch !== null) isSwapped = true;
    play();
    if (random.chance(0.3) && patch.undo()) play();
  }
  // Both write the same arrays, so that they cannot sound together: a step is faded out instead.
  const difference = differenceBetweenFades(joined(parts), text, swapFrames);
  if (difference) return difference;
  return patch.adoptions > 0 || !isSwapped ? null : { kind: 'nothing stayed where it was', report: '' };
}

async function thereAndBack(random: Seeded, texts: string[]): Promise<Verdict | null> {
  const edit = randomEdit(random.below(2 ** 30));
  const [before, after] = edit.texts;
  texts.push(before, after, before);
  const patch = await GuardedPatch.create(before, FADE_FRAMES);
  const parts = [patch.render(BLOCK_FRAMES)];
  const swapFrames: number[] = [];
  for (const text of [after, before]) {
    swapFrames.push(patch.live.renderer.currentFrame);
    const { report } = patch.swap(text);
    // The edited text may hold other kinds of values there.
    if (report.stateReset.some(({ reason }) => reason === 'kind')) return null;
    parts.push(patch.render(2 * BLOCK_FRAMES));
  }
  return differenceBetweenFades(joined(parts), edit.self(swapFrames), swapFrames);
}

/** What JavaScript plays, but for the fades, each of which begins with the swap. */
function differenceBetweenFades(render: Render, text: string, swapFrames: readonly number[]): Verdict | null {
  const expected = renderOracle(text, { frames: render.left.length });
  for (const [n, fromFrame] of [0, ...swapFrames.map((frame) => frame + FADE_FRAMES)].entries()) {
    const range = { tolerance: 0, fromFrame, toFrame: swapFrames[n] ?? render.left.length };
    const difference = compareRender(render, expected, range);
    if (difference) return { kind: 'difference', report: difference.report };
  }
  return null;
}

/** Also programs that stop while they play: what played before comes back, and nobody else's memory was touched. */
async function anythingAfterAnything(random: Seeded, texts: string[]): Promise<Verdict | null> {
  const first = playable(random, BLOCK_FRAMES);
  texts.push(first);
  const patch = await GuardedPatch.create(first, FADE_FRAMES);
  patch.render(BLOCK_FRAMES);
  for (let n = 0; n < 5; n++) {
    const text = random.pick([wildProgram, everydayProgram, randomProgram])(random.below(2 ** 30));
    texts.push(text);
    try {
      patch.swap(text);
    } catch (thrown) {
      // Refused, for its kinds or since it stops when it is tried.
      if (!/the patch has errors/.test(String(thrown)) || UNCHECKED.test(String(thrown))) throw thrown;
    }
    patch.render(BLOCK_FRAMES);
    if (random.chance(0.3) && patch.undo()) patch.render(BLOCK_FRAMES);
  }
  return null;
}

/** Restructured, resized and renamed at random, beside a model in JavaScript that knows what each variable is. */
async function modelled(random: Seeded, texts: string[]): Promise<Verdict | null> {
  const run = await runModel(random.below(2 ** 30));
  texts.push(...run.texts);
  return run.fault === null ? null : { kind: 'difference', report: `model seed ${run.seed}: ${run.fault}` };
}

function joined(parts: readonly Render[]): Render {
  const channel = (name: 'left' | 'right'): Float64Array<ArrayBuffer> =>
    Float64Array.from(parts.flatMap((part) => [...part[name]]));
  return { left: channel('left'), right: channel('right') };
}
