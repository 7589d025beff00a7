/** A singing voice. Patch language. */

import { vowelFilter } from '../filters/phase.ts';
import { drawer } from '../internal/chance.ts';
import { clampOr } from '../internal/guard.ts';
import { wrapTurns } from '../internal/turns.ts';

/** Parts of a period until the glottis is widest, and until it is closed again. */
const WIDEST = 0.42;
const CLOSED = 0.6;

/** The air that flows through the glottis, 0…1, at a phase 0…1. */
function glottalFlow(phase: number): number {
  if (phase < WIDEST) return 0.5 - 0.5 * Math.cos((Math.PI * phase) / WIDEST);
  return phase < CLOSED ? Math.cos((0.5 * Math.PI * (phase - WIDEST)) / (CLOSED - WIDEST)) : 0;
}

/**
 * A voice: what the glottis lets through, shaped by the mouth.
 * @param hz pitch, 1…sampleRate/4
 * @param vowel 0 a, 1 e, 2 i, 3 o, 4 u, and between them a blend
 * @param breath 0 clear … 1 whispered
 * @returns the voice
 * Source: Rosenberg 1971: a pulse that opens slowly and closes fast, its slope being what is radiated, and `vowelFilter`; after
 * Fant, Liljencrants and Lin 1985 in spirit.
 * @example
 * const voice = voiceTract()
 * const vibrato = sine()
 * export default (t) => 0.5 * voice(110 + 2 * vibrato(5.5), (t * 2) % 4, 0.1)
 */
export function voiceTract(): (hz: number, vowel?: number, breath?: number) => number {
  const mouth = vowelFilter();
  const draw = drawer(1);
  let phase = 0;
  let last = 0;
  return (hz, vowel = 0, breath = 0.1) => {
    const pitch = clampOr(hz, 1, sampleRate / 4, 110);
    const air = clampOr(breath, 0, 1, 0.1);
    phase = wrapTurns(phase + pitch / sampleRate);
    const flow = glottalFlow(phase);
    // The slope over a frame, as large for every pitch.
    const slope = ((flow - last) * sampleRate) / (8 * pitch);
    last = flow;
    const hiss = (draw() - 0.5) * (0.3 + 0.7 * flow);
    return mouth((1 - air) * slope + air * hiss, clampOr(vowel, 0, 4, 0));
  };
}
