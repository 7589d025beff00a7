/** Notes, frequencies, intervals and ratios. Patch language. */

import { numberOr } from '../internal/guard.ts';
import { accidentalCount, accidentalSemitones, letterSemitones } from '../internal/noteNames.ts';

/**
 * The frequency of a MIDI note.
 * @param note MIDI number, fractions too; 69 is A4
 * @param a4 Hz of A4
 * @returns a4·2^((note − 69)/12), in Hz
 * Source: equal temperament; Max and DaisySP `mtof`, SuperCollider `midicps`.
 * @example
 * const osc = sine()
 * export default (t) => 0.3 * osc(mtof([60, 64, 67, 72][Math.floor(t * 4) % 4]))
 */
export function mtof(note: number, a4 = 440): number {
  return numberOr(a4, 440) * 2 ** ((note - 69) / 12);
}

/**
 * The MIDI note of a frequency.
 * @param hz frequency in Hz, above 0
 * @param a4 Hz of A4
 * @returns the note with its fraction
 * Source: the inverse of `mtof`; SuperCollider `cpsmidi`.
 * @example
 * const osc = sine()
 * export default (t) => 0.3 * osc(mtof(Math.round(ftom(220 + 220 * (t % 1)))))
 */
export function ftom(hz: number, a4 = 440): number {
  return 69 + 12 * Math.log2(hz / numberOr(a4, 440));
}

/**
 * The ratio of frequencies of an interval.
 * @param semitones interval in semitones
 * @returns 2^(semitones/12)
 * Source: equal temperament; SuperCollider `midiratio`, Faust `ba.semi2ratio`.
 * @example
 * const low = saw()
 * const high = saw()
 * export default () => 0.2 * (low(110) + high(110 * semiRatio(7)))
 */
export function semiRatio(semitones: number): number {
  return 2 ** (semitones / 12);
}

/**
 * The interval that a ratio of frequencies is.
 * @param ratio above 0
 * @returns 12·log2 ratio, in semitones
 * Source: the inverse of `semiRatio`; SuperCollider `ratiomidi`.
 * @example
 * const osc = sine()
 * const fifth = ratioSemi(3 / 2)
 * export default (t) => 0.3 * osc(mtof(57 + fifth * (Math.floor(t * 2) % 2)))
 */
export function ratioSemi(ratio: number): number {
  return 12 * Math.log2(ratio);
}

/**
 * The ratio of frequencies of an interval in cents.
 * @param cents interval in hundredths of a semitone
 * @returns 2^(cents/1200)
 * Source: Ellis 1880; Faust `ba.cent2ratio`.
 * @example
 * const one = saw()
 * const other = saw()
 * export default () => 0.2 * (one(110) + other(110 * centRatio(8)))
 */
export function centRatio(cents: number): number {
  return 2 ** (cents / 1200);
}

/**
 * The MIDI number of a note's name.
 * @param name a letter, any number of # or b, and an octave: `'C4'`, `'F#3'`, `'Bb-1'`, `'c4'`; octave 4 if there is none
 * @returns the MIDI number, C4 = 60; NaN if it is no name
 * Source: scientific pitch notation (Young 1939).
 * @example
 * const osc = saw()
 * const notes = ['A2', 'C3', 'E3', 'G#3'].map(noteNumber)
 * export default (t) => 0.2 * osc(mtof(notes[Math.floor(t * 6) % 4]))
 */
export function noteNumber(name: string): number {
  const semitones = letterSemitones(name.charCodeAt(0)) + accidentalSemitones(name);
  const from = 1 + accidentalCount(name);
  const octave = from < name.length ? Number(name.slice(from)) : 4;
  return 12 * (octave + 1) + semitones;
}

/**
 * The frequency of a note's name.
 * @param name as for `noteNumber`
 * @returns Hz
 * Source: scientific pitch notation, A4 = 440 Hz; Tone.js Frequency.
 * @example
 * const osc = triangle()
 * export default () => 0.3 * osc(noteHz('E3'))
 */
export function noteHz(name: string): number {
  return mtof(noteNumber(name));
}
