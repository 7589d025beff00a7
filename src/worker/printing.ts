/**
 * What the top level of a patch has printed. In: its image. Out: where it prints, what it printed, and the cells that the audio thread
 * takes more from; the image itself has printed nothing yet. Pure.
 */

import type { PrintSite } from '../compiler/resolve/consoleCalls.ts';
import type { Timed } from '../linker/tempo.ts';
import { MAX_PRINT_SITES, PRINT_WORDS, PRINTS_PER_METER } from '../protocol/printed.ts';
import { arenaOffset } from '../protocol/units.ts';
import { ImageReader } from './imageReader.ts';
import type { PatchHost } from './patchHost.ts';

const MODULE = 'internal/console';
const F64_BYTES = 8;

/** `arena`: what the image was taken from. */
export function withPrinting(
  host: PatchHost,
  sites: readonly PrintSite[],
  program: Timed,
  offsets: { offsetOf(name: string): number | null },
  arena: Uint8Array,
): PatchHost {
  if (sites.length === 0) return host;
  const reader = new ImageReader(program, offsets);
  const [used, room] = ['used', 'room'].map((name) => reader.offset(MODULE, name, 'number'));
  const words = reader.array(MODULE, 'printed', F64_BYTES);
  const counts = reader.array(MODULE, 'counts', F64_BYTES);
  const isWhole = words?.length === PRINT_WORDS && counts?.length === MAX_PRINT_SITES;
  if (used == null || room == null || !words || !counts || !isWhole) return host;
  const { image } = program;
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  const read = (offset: number, count: number) =>
    Float64Array.from({ length: count }, (_, n) => view.getFloat64(offset + F64_BYTES * n, true));
  const count = Math.min(Math.max(Math.trunc(view.getFloat64(used, true)) || 0, 0), PRINT_WORDS);
  const printed = { words: read(words.offset, count), counts: read(counts.offset, MAX_PRINT_SITES) };
  for (const bytes of [image, arena]) {
    const cells = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    bytes.fill(0, words.offset, words.offset + F64_BYTES * PRINT_WORDS);
    bytes.fill(0, counts.offset, counts.offset + F64_BYTES * MAX_PRINT_SITES);
    cells.setFloat64(used, 0, true);
    cells.setFloat64(room, PRINTS_PER_METER, true);
  }
  return {
    declarations: {
      ...host.declarations,
      printSites: sites.slice(0, MAX_PRINT_SITES).map(({ span, method }) => ({ span, method })),
      printed: printed.counts.some((calls) => calls > 0) ? printed : null,
    },
    inputs: {
      ...host.inputs,
      print: {
        usedOffset: arenaOffset(used),
        roomOffset: arenaOffset(room),
        wordsOffset: arenaOffset(words.offset),
        countsOffset: arenaOffset(counts.offset),
      },
    },
  };
}
