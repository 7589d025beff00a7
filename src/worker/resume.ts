/**
 * How a worker continues where the previous one ended: what that one left behind keeps playing in memory that nobody
 * but the audio thread can reach. Its arena is laid out again from the same text and symbol offsets to find its state,
 * and a plan is made that copies it into the first generation of the new worker.
 *
 * In: checkpoints, which each worker gives with every batch. Out: a plan, or nothing if the layout cannot be
 * reproduced.
 */

import { ByteRanges } from '../linker/bytes.ts';
import { planCarryover } from '../linker/copyPlan.ts';
import type { CarryLimits } from '../linker/limits.ts';
import { Linker } from '../linker/linker.ts';
import type { LinkedGeneration } from '../linker/linkTypes.ts';
import { ArenaState } from '../linker/state.ts';
import { type PlacedArena, planAcross } from '../linker/transfer.ts';
import type { Inheritance } from '../protocol/audio.ts';
import type { Checkpoint } from '../protocol/compile.ts';
import { address } from '../protocol/units.ts';
import type { Sent } from './retainedGenerations.ts';
import type { Shadow } from './shadow.ts';

/** What another worker needs to know about a generation that was just placed. */
export function checkpointOf({ linked, text, piece }: Sent, linker: Linker): Checkpoint {
  const { generation, image, draft, regions, carried } = linked;
  const layout = { symbols: linker.layout.symbols, end: draft.heapStart, gotBytes: draft.gotBytes };
  return {
    ...{ generation, text, piece, layout, regions, imageBytes: image.length },
    ...{ address: linked.address, carried: carried.pairs },
  };
}

/** `next` was made from the checkpoint's text; `shadow` is one that nobody else uses. */
export function inheritance(
  checkpoint: Checkpoint,
  next: LinkedGeneration,
  shadow: Shadow,
  limits: CarryLimits,
): Inheritance | null {
  const { layout, regions } = checkpoint;
  const { input } = next.draft;
  const linker = new Linker({ postsModules: false, memoryBytes: 0, tableSlots: 0, layout });
  const draft = linker.link(input, null);
  // Modules may come with symbols of code that the patch does not run; what it does run had a place before.
  const hadPlace = (offset: number | null) => offset === null || (offset < layout.end && offset >= -layout.gotBytes);
  const isKnown =
    draft.words.every(({ offset }) => hadPlace(offset)) &&
    input.roots.every(({ symbol }) => hadPlace(linker.offsetOf(`variable:${symbol}`)));
  if (!isKnown) return null;
  const result = shadow.run(draft, linker, () => true);
  if (result.kind === 'trap' || result.image.length !== checkpoint.imageBytes) return null;
  const { image } = result;
  const state = new ArenaState(image, input, (name) => linker.offsetOf(name));
  const carried = new ByteRanges();
  carried.add(checkpoint.carried);
  const before: PlacedArena = { address: address(checkpoint.address), image, state, carried, regions };
  const plan = planAcross(planCarryover(before, next, limits), before, next);
  return { generation: checkpoint.generation, plan };
}
