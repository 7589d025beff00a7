/**
 * The tempo of a patch, to which swaps can be quantised: what its top level declares as `bpm` or `tempo`, in beats per
 * minute, and `beatsPerBar`, 4 if it does not say. Beats are counted from frame 0.
 */

import type { Linker } from '../linker/linker.ts';
import type { LinkedGeneration } from '../linker/linkTypes.ts';
import type { Quantise } from '../protocol/compile.ts';

const TEMPO_NAMES = ['bpm', 'tempo'];
const DEFAULT_BEATS_PER_BAR = 4;
/** Slower than this does not count as a tempo: a swap would wait for more than a minute. */
const MIN_BPM = 1;
const MAX_BPM = 10_000;

/** A new tempo that is so much faster is the one to go by: nobody waits for bars that are only left over from typing. */
const MUCH_SLOWER = 4;
/** Nor does anybody wait longer for the bars of what is to have no tempo any more. */
const MAX_WAIT_SECONDS = 16;

type Timed = Pick<LinkedGeneration, 'draft' | 'image'>;

/**
 * Frames from one place where a swap may happen to the next; 0: anywhere. The beat is that of what plays, as it is what is
 * heard, unless that is much slower than the one that comes.
 */
export function quantumFramesOf(
  playing: Timed,
  next: Timed,
  linker: Pick<Linker, 'offsetOf'>,
  sampleRate: number,
  quantise: Quantise,
): number {
  const heard = quantumOf(playing, linker, sampleRate, quantise);
  const coming = quantumOf(next, linker, sampleRate, quantise);
  if (heard === coming) return heard;
  const mostFrames = coming > 0 ? MUCH_SLOWER * coming : MAX_WAIT_SECONDS * sampleRate;
  return heard <= mostFrames ? heard : coming;
}

function quantumOf(playing: Timed, linker: Pick<Linker, 'offsetOf'>, sampleRate: number, quantise: Quantise): number {
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
function readNumber({ draft, image }: Timed, linker: Pick<Linker, 'offsetOf'>, name: string): number | null {
  const root = draft.input.roots.find(({ path }) => path === name);
  if (root?.cell.kind !== 'number') return null;
  const offset = linker.offsetOf(`variable:${root.symbol}`);
  if (offset === null) return null;
  const value = new DataView(image.buffer, image.byteOffset).getFloat64(offset, true);
  return Number.isFinite(value) ? value : null;
}
