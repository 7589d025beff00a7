/**
 * Where a new arena goes, and what of it goes elsewhere: data that is adopted where the old arena has it, and large arrays
 * that get homes of their own. In: what is carried over, and who holds which memory. Out: an arena's tenancy, and the
 * regions of its image that lie outside of it.
 */

import { type Adopted, chooseHomes, chooseRegions, copiedBytesOf, type Region } from './adoption.ts';
import type { Arenas, Block, Tenancy } from './arenas.ts';
import type { Carryover } from './copyPlan.ts';
import type { CarryLimits } from './limits.ts';
import type { LinkedGeneration } from './linkTypes.ts';
import type { ArenaState } from './state.ts';
import { type Outside, placeOf } from './transfer.ts';

export type Place =
  | {
      readonly kind: 'settled';
      readonly tenancy: Tenancy;
      readonly regions: readonly Region[];
      readonly outside: readonly Outside[];
    }
  | { readonly kind: 'blocked'; readonly by: readonly Tenancy[] };

export interface PlaceInput {
  readonly arenas: Arenas;
  readonly limits: CarryLimits;
  readonly carryover: Carryover;
  readonly state: ArenaState;
  /** What plays; `null`: nothing is carried over. */
  readonly from: LinkedGeneration | null;
  readonly sizeBytes: number;
  /** In front of the arena. */
  readonly gotBytes: number;
}

/** `null`: there is no room. */
export function findPlace(input: PlaceInput): Place | null {
  const { from, limits } = input;
  // Where copies have no room there may be some without.
  for (const budgetBytes of from ? [limits.copyBudgetBytes, 0] : [0]) {
    const { adopted, by } = adopt(input, budgetBytes);
    if (by.length > 0) return { kind: 'blocked', by };
    const place = settle(input, adopted);
    if (place) return place;
  }
  return null;
}

/** `by`: whoever is in the way, where more would have to be copied than there is time for. */
function adopt({ arenas, carryover, state, from }: PlaceInput, budgetBytes: number) {
  if (!from) return { adopted: [], by: [] };
  const inTheWay = new Set<Tenancy>();
  const adopted = chooseRegions(
    carryover,
    state,
    {
      addressOf: (start, end) => placeOf(from, start, end),
      hasRoom: (end, newEnd) => {
        const room = arenas.roomBehind(from.tenancy, end, newEnd);
        if (!room.isFree) for (const tenancy of room.by) inTheWay.add(tenancy);
        return room.isFree;
      },
    },
    budgetBytes,
  );
  let copiedBytes = copiedBytesOf(carryover);
  for (const { sharedBytes, isState } of adopted) if (isState) copiedBytes -= sharedBytes;
  return { adopted, by: copiedBytes > budgetBytes ? [...inTheWay] : [] };
}

function settle(
  { arenas, limits, state, from, sizeBytes, gotBytes }: PlaceInput,
  adopted: readonly Adopted[],
): Place | null {
  const homes: { readonly start: number; readonly end: number; readonly block: Block }[] = [];
  for (const [start, end] of chooseHomes(state, adopted, Math.max(limits.homeBytes, limits.regionBytes))) {
    const block = arenas.home(end - start);
    if (block) homes.push({ start, end, block });
  }
  const regions: Region[] = adopted.map(({ start, end, address, isState }) => ({ start, end, address, isState }));
  for (const { start, end, block } of homes) regions.push({ start, end, address: block.start, isState: true });
  regions.sort((a, b) => a.start - b.start);
  const tenancy = arenas.place(sizeBytes, regions, gotBytes);
  if (!tenancy) {
    for (const { block } of homes) arenas.abandon(block);
    return null;
  }
  const outside: Outside[] = [];
  for (const { start, end, address, isState, sharedBytes } of adopted) {
    const newEnd = address + end - start;
    const grown = start + sharedBytes < end ? arenas.blockAt(from!.tenancy, address) : null;
    const cleanFrom = grown ? arenas.occupy(grown, tenancy, newEnd) : newEnd;
    if (grown) outside.push({ start: start + sharedBytes, end, address: address + sharedBytes, cleanFrom });
    arenas.share(from!.tenancy, address, newEnd, tenancy, isState);
  }
  for (const { start, end, block } of homes) {
    const cleanFrom = arenas.occupy(block, tenancy, block.start + end - start);
    outside.push({ start, end, address: block.start, cleanFrom });
  }
  return { kind: 'settled', tenancy, regions, outside };
}
