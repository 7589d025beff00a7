/** Which bar and beat it is, from what the processor told last. In: a position and a tempo. Out: numbers to show. Pure. */

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

/** The bar, from 1, and the beat in it, from 0, which is also the light that is on. */
export function barAndBeat(
  { position, bpm, atMs }: BeatTold,
  nowMs: number,
  beatsPerBar: number,
): { readonly bar: number; readonly beat: number } {
  const now = position + (Math.max(0, nowMs - atMs) * bpm) / 60_000;
  const bars = Math.floor(now / beatsPerBar);
  return { bar: bars + 1, beat: Math.floor(now - beatsPerBar * bars) };
}
