/**
 * One random program that becomes others at random frames, in a guarded memory, beside its model in JavaScript. In: a seed.
 * Out: what went wrong, if anything, and what happened on the way. Tests only.
 */

import type { Transition } from '../../protocol/generation.ts';
import { Seeded } from '../random/seeded.ts';
import { GuardedPatch, MEMORY_PAGES } from './guardedPatch.ts';
import { limitsOf } from './limits.ts';
import { hasLostTrack, ModelMaker, type ModelOptions, type Program } from './modelPrograms.ts';
import { carryOver, frameOf, type State, stateOf } from './modelStates.ts';
import { textOf } from './modelTexts.ts';

const FADE_FRAMES = 16;
const BLOCK_FRAMES = 32;
const SWAPS = 5;

export interface ModelRun {
  readonly seed: number;
  /** `null`: nothing is wrong. */
  readonly fault: string | null;
  readonly texts: readonly string[];
  readonly undone: number;
  /** How often a swap that adopts follows one that copies, and the other way round. */
  readonly crossings: { readonly adopts: number; readonly copies: number };
  /** How often each unit changed its form, by both of them. */
  readonly changes: ReadonlyMap<string, number>;
}

interface Past {
  readonly program: Program;
  readonly state: State;
  readonly transition: Transition;
}

export async function runModel(seed: number, options: ModelOptions = {}): Promise<ModelRun> {
  const random = new Seeded(seed);
  const maker = new ModelMaker(random, options);
  let program = maker.program();
  let state = stateOf(program);
  const texts = [textOf(program)];
  const crossings = { adopts: 0, copies: 0 };
  const changes = new Map<string, number>();
  let undone = 0;
  const result = (fault: string | null): ModelRun => ({ seed, fault, texts, undone, crossings, changes });
  const patch = await GuardedPatch.create(textOf(program), FADE_FRAMES, MEMORY_PAGES, limitsOf(seed));
  /** Plays on; returns what is wrong with it from this frame on. */
  const play = (from: number): string | null => {
    const frames = BLOCK_FRAMES * random.between(1, 3);
    let samples: Float64Array;
    try {
      samples = patch.render(frames).left;
    } catch (thrown) {
      return String(thrown);
    }
    for (let frame = 0; frame < frames; frame++) {
      const expected = frameOf(program, state);
      if (frame >= from && !Object.is(samples[frame], expected)) {
        return `frame ${frame} after the last swap is ${samples[frame]} instead of ${expected}`;
      }
    }
    return null;
  };
  let adopted: boolean | null = null;
  const first = play(0);
  if (first !== null) return result(first);
  const earlier: Past[] = [];
  for (let n = 0; n < SWAPS; n++) {
    const before = { program, state };
    program = maker.changed(program);
    countChanges(before.program, program, changes);
    state = stateOf(program);
    carryOver(before.state, state);
    texts.push(textOf(program));
    const { batch, report } = patch.swap(textOf(program));
    const adopts: boolean | null = batch === null ? adopted : report.adoptedBytes > 0;
    if (adopted !== null && adopts !== adopted) crossings[adopts ? 'adopts' : 'copies']++;
    adopted = adopts;
    const fault = play(FADE_FRAMES);
    if (fault !== null) return result(fault);
    if (batch === null) continue;
    earlier.push({ ...before, transition: batch.transition });
    while (earlier.length > 0 && random.chance(0.4) && !hasLostTrack(earlier.at(-1)!.program, program)) {
      const undo = patch.undo();
      // Only so many generations are kept.
      if (undo === null) break;
      const back = earlier.pop()!;
      // It sounded on until the end of the fade's block, unless it stopped at once.
      for (let frame = 0; back.transition === 'fade' && frame < BLOCK_FRAMES; frame++)
        frameOf(back.program, back.state);
      // What is not in both is as it was when the program stopped.
      carryOver(state, back.state);
      ({ program, state } = back);
      texts.push(textOf(program));
      undone++;
      const after = play(FADE_FRAMES);
      if (after !== null) return result(after);
    }
  }
  return result(null);
}

function countChanges(before: Program, after: Program, changes: Map<string, number>): void {
  for (const unit of after) {
    const was = before.find(({ id }) => id === unit.id);
    const [from, to] = [was && formOf(was), formOf(unit)];
    if (from && to && from !== to) changes.set(`${from} → ${to}`, (changes.get(`${from} → ${to}`) ?? 0) + 1);
    if (was && was !== unit && !formOf(unit)) changes.set(unit.kind, (changes.get(unit.kind) ?? 0) + 1);
    if (was?.kind === 'delay' && unit.kind === 'delay' && was.size !== unit.size) {
      const key = unit.size < was.size ? 'shortened' : 'lengthened';
      changes.set(key, (changes.get(key) ?? 0) + 1);
    }
  }
}

const formOf = (unit: Program[number]): string | null =>
  unit.kind === 'group' || unit.kind === 'delay' || unit.kind === 'ensemble' ? unit.form : null;
