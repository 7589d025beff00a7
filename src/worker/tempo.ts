/**
 * The tempo of a patch, to which swaps can be quantised: what its top level declares as `bpm` or `tempo`, in beats per
 * minute, and `beatsPerBar`, 4 if it does not say. Beats are counted from frame 0.
 */

import type { Linker } from '../linker/linker.ts';
import type { LinkedGeneration } from '../linker/linkTypes.ts';
import type { Quantise } from '../protocol/compile.ts';

const TEMPO_NAMES = ['bpm', 'tempo'];
const DEFAULT_BEATS_PER_BAR = 4;
/** Slower than this is no tempo: a swap would wait for more than a minute. */
const MIN_BPM = 1;
const MAX_BPM = 10_000;

/** Frames from one place where a swap may happen to the next; 0: anywhere. */
export function quantumFramesOf(
  playing: LinkedGeneration,
  linker: Pick<Linker, 'offsetOf'>,
  sampleRate: number,
  quantise: Quantise,
): number {
  if (quantise === 'off') return 0;
  const read = (name: string) => readNumber(playing, linker, name);
  const bpm = TEMPO_NAMES.map(read).find((value) => value !== null && value >= MIN_BPM && value <= MAX_BPM);
  if (bpm === undefined || bpm === null) return 0;
  const beatFrames = (60 * sampleRate) / bpm;
  if (quantise === 'beat') return beatFrames;
  const beats = read('beatsPerBar') ?? DEFAULT_BEATS_PER_BAR;
  return beatFrames * (beats >= 1 && beats <= 64 ? beats : DEFAULT_BEATS_PER_BAR);
}

/** A top-level number as the top level left it. */
function readNumber({ draft, image }: LinkedGeneration, linker: Pick<Linker, 'offsetOf'>, name: string): number | null {
  const root = draft.input.roots.find(({ path }) => path === name);
  if (root?.cell.kind !== 'number') return null;
  const offset = linker.offsetOf(`variable:${root.symbol}`);
  if (offset === null) return null;
  const value = new DataView(image.buffer, image.byteOffset).getFloat64(offset, true);
  return Number.isFinite(value) ? value : null;
}
