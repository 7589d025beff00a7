/** Which beat of the bar it is, from what the processor told last. In: a position and a tempo. Out: a number of a light. Pure. */

/** `currentBeat` at a time, and the beats per minute since. */
export interface BeatTold {
  readonly position: number;
  readonly bpm: number;
  /** Milliseconds on the clock by which it is asked for. */
  readonly atMs: number;
}

/** More lights than these cannot be told apart. */
export const MAX_LIGHTS = 16;

/** Lights for a bar: one a beat, and one for a part of a beat at its end. 0: too many to be of use. */
export function lightsFor(beatsPerBar: number): number {
  const count = Math.ceil(beatsPerBar);
  return count <= MAX_LIGHTS ? count : 0;
}

/** The light that is on, from 0. */
export function litAt({ position, bpm, atMs }: BeatTold, nowMs: number, beatsPerBar: number): number {
  const beat = position + (Math.max(0, nowMs - atMs) * bpm) / 60_000;
  return Math.floor(beat - beatsPerBar * Math.floor(beat / beatsPerBar));
}
