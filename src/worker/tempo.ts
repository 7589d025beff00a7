/**
 * What swaps wait for: beats or bars, by the tempo of what plays. In: two programs and the setting. Out: when the second may take
 * the place of the first. The tempo is what the top level declares (src/linker/tempo.ts), and `beatsPerBar`, 4 if it does not say;
 * beats are counted as `currentBeat` is, which only the audio thread knows.
 */

import type { Linker } from '../linker/linker.ts';
import { bpmOffsetOf, numberOf, type Timed } from '../linker/tempo.ts';
import type { Quantise } from '../protocol/compile.ts';
import type { Appointment } from '../protocol/generation.ts';

const DEFAULT_BEATS_PER_BAR = 4;
const MAX_BEATS_PER_BAR = 64;
/** Slower than this does not count as a tempo: a swap would wait for more than a minute. */
const MIN_BPM = 1;
const MAX_BPM = 10_000;

/** A new tempo that is so much faster is the one to go by: nobody waits for bars that are only left over from typing. */
const MUCH_SLOWER = 4;
/** Nor does anybody wait longer for the bars of what is to have no tempo any more. */
const MAX_WAIT_SECONDS = 16;

export type Quantum = Pick<Appointment, 'quantumBeats' | 'quantumBpm'>;

export const AT_ONCE: Quantum = { quantumBeats: 0, quantumBpm: 0 };

/**
 * The beat is that of what plays, as it is what is heard, unless that is much slower than the one that comes: then it is counted
 * as if the new tempo had been there since the last change.
 */
export function quantumOf(playing: Timed, next: Timed, linker: Pick<Linker, 'offsetOf'>, quantise: Quantise): Quantum {
  const heard = barOf(playing, linker, quantise);
  const coming = barOf(next, linker, quantise);
  if (heard === null) return AT_ONCE;
  const mostSeconds = coming === null ? MAX_WAIT_SECONDS : MUCH_SLOWER * coming.seconds;
  if (heard.seconds <= mostSeconds) return { quantumBeats: heard.beats, quantumBpm: 0 };
  return coming === null ? AT_ONCE : { quantumBeats: coming.beats, quantumBpm: coming.bpm };
}

interface Bar {
  readonly bpm: number;
  readonly beats: number;
  readonly seconds: number;
}

/** What swaps would wait for by this program's own tempo; `null`: nothing. */
function barOf(program: Timed, linker: Pick<Linker, 'offsetOf'>, quantise: Quantise): Bar | null {
  if (quantise === 'off') return null;
  const { image } = program;
  const offset = bpmOffsetOf(program, linker);
  const bpm = offset === null ? 0 : new DataView(image.buffer, image.byteOffset).getFloat64(offset, true);
  if (!(bpm >= MIN_BPM && bpm <= MAX_BPM)) return null;
  const beats = quantise === 'beat' ? 1 : declaredBeatsPerBar(program, linker);
  return { bpm, beats, seconds: (60 * beats) / bpm };
}

/** `null`: it has no tempo that swaps wait for. */
export const beatsPerBarOf = (program: Timed, linker: Pick<Linker, 'offsetOf'>): number | null =>
  barOf(program, linker, 'bar')?.beats ?? null;

function declaredBeatsPerBar(program: Timed, linker: Pick<Linker, 'offsetOf'>): number {
  const beats = numberOf(program, linker, 'beatsPerBar')?.value ?? DEFAULT_BEATS_PER_BAR;
  return beats >= 1 && beats <= MAX_BEATS_PER_BAR ? beats : DEFAULT_BEATS_PER_BAR;
}

export const isSameAppointment = (a: Appointment, b: Appointment): boolean =>
  a.fadeFrames === b.fadeFrames &&
  a.transition === b.transition &&
  a.quantumBeats === b.quantumBeats &&
  a.quantumBpm === b.quantumBpm;
