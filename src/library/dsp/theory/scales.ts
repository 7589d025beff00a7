/** Scales and chords as arrays of numbers, made at the top level. Patch language. */

import { numberOr } from '../internal/guard.ts';
import { accidentalCount, accidentalSemitones, letterSemitones } from '../internal/noteNames.ts';

/**
 * The notes of a scale.
 * @param name major ionian minor aeolian dorian phrygian lydian mixolydian locrian harmonicMinor melodicMinor
 * majorPentatonic minorPentatonic blues wholeTone chromatic octatonic phrygianDominant hungarianMinor hirajoshi
 * @returns semitones from the root, ascending within an octave; an empty array where there is no such scale
 * Source: common practice; octatonic begins with a whole tone, melodicMinor is the ascending one. SuperCollider Scale.
 * @example
 * const osc = sine()
 * const dorian = scaleNotes('dorian')
 * export default (t) => 0.3 * osc(mtof(degree(Math.floor(t * 4) % 8, dorian, 57)))
 */
export function scaleNotes(name: string): number[] {
  switch (name) {
    case 'major':
    case 'ionian':
      return [0, 2, 4, 5, 7, 9, 11];
    case 'minor':
    case 'aeolian':
      return [0, 2, 3, 5, 7, 8, 10];
    case 'dorian':
      return [0, 2, 3, 5, 7, 9, 10];
    case 'phrygian':
      return [0, 1, 3, 5, 7, 8, 10];
    case 'lydian':
      return [0, 2, 4, 6, 7, 9, 11];
    case 'mixolydian':
      return [0, 2, 4, 5, 7, 9, 10];
    case 'locrian':
      return [0, 1, 3, 5, 6, 8, 10];
    case 'harmonicMinor':
      return [0, 2, 3, 5, 7, 8, 11];
    case 'melodicMinor':
      return [0, 2, 3, 5, 7, 9, 11];
    case 'majorPentatonic':
      return [0, 2, 4, 7, 9];
    case 'minorPentatonic':
      return [0, 3, 5, 7, 10];
    case 'blues':
      return [0, 3, 5, 6, 7, 10];
    case 'wholeTone':
      return [0, 2, 4, 6, 8, 10];
    case 'chromatic':
      return [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
    case 'octatonic':
      return [0, 2, 3, 5, 6, 8, 9, 11];
    case 'phrygianDominant':
      return [0, 1, 4, 5, 7, 8, 10];
    case 'hungarianMinor':
      return [0, 2, 3, 6, 7, 8, 11];
    case 'hirajoshi':
      return [0, 2, 3, 7, 8];
    default:
      return [];
  }
}

/** Semitones from the root of what follows the root in a chord symbol. */
function chordIntervals(quality: string): number[] {
  switch (quality) {
    case '':
      return [0, 4, 7];
    case 'm':
      return [0, 3, 7];
    case 'dim':
      return [0, 3, 6];
    case 'aug':
      return [0, 4, 8];
    case '5':
      return [0, 7];
    case '6':
      return [0, 4, 7, 9];
    case 'm6':
      return [0, 3, 7, 9];
    case '7':
      return [0, 4, 7, 10];
    case 'maj7':
      return [0, 4, 7, 11];
    case 'm7':
      return [0, 3, 7, 10];
    case 'mMaj7':
      return [0, 3, 7, 11];
    case 'dim7':
      return [0, 3, 6, 9];
    case 'm7b5':
      return [0, 3, 6, 10];
    case 'sus2':
      return [0, 2, 7];
    case 'sus4':
      return [0, 5, 7];
    case '7sus4':
      return [0, 5, 7, 10];
    case 'add9':
      return [0, 4, 7, 14];
    case 'madd9':
      return [0, 3, 7, 14];
    case '9':
      return [0, 4, 7, 10, 14];
    case 'maj9':
      return [0, 4, 7, 11, 14];
    case 'm9':
      return [0, 3, 7, 10, 14];
    case '7b9':
      return [0, 4, 7, 10, 13];
    case '7#9':
      return [0, 4, 7, 10, 15];
    case '11':
      return [0, 4, 7, 10, 14, 17];
    case 'm11':
      return [0, 3, 7, 10, 14, 17];
    case '13':
      return [0, 4, 7, 10, 14, 17, 21];
    default:
      return [];
  }
}

/**
 * The notes of a chord symbol.
 * @param symbol a letter, # or b, then nothing, m dim aug 5 6 m6 7 maj7 m7 mMaj7 dim7 m7b5 sus2 sus4 7sus4 add9 madd9 9 maj9
 * m9 7b9 7#9 11 m11 or 13: `'C'`, `'F#m7b5'`, `'Bbmaj7'`
 * @param octave the octave of the root; 4 begins at middle C
 * @returns MIDI numbers upwards from the root; an empty array where there is no such chord
 * Source: lead-sheet symbols, every third up to the one that is named.
 * @example
 * const oscs = chordNotes('Am7', 3).map((note) => ({ hz: mtof(note), osc: saw() }))
 * export default () => 0.1 * oscs.reduce((sum, { hz, osc }) => sum + osc(hz), 0)
 */
export function chordNotes(symbol: string, octave = 4): number[] {
  const root = letterSemitones(symbol.charCodeAt(0)) + accidentalSemitones(symbol) + 12 * (numberOr(octave, 4) + 1);
  return chordIntervals(symbol.slice(1 + accidentalCount(symbol))).map((interval) => root + interval);
}

/**
 * The note that is a number of steps of a scale from its root.
 * @param n steps from the root; cut to a whole number, negative too
 * @param scale semitones from the root, as `scaleNotes` gives
 * @param root MIDI number of the root
 * @returns a MIDI number
 * Source: SuperCollider `degreeToKey`.
 * @example
 * const osc = sine()
 * const minor = scaleNotes('minor')
 * export default (t) => 0.3 * osc(mtof(degree(Math.floor(t * 5) % 12 - 3, minor, 60)))
 */
export function degree(n: number, scale: number[], root = 60): number {
  const step = Math.floor(n);
  const octave = Math.floor(step / scale.length);
  return numberOr(root, 60) + 12 * octave + scale[step - octave * scale.length];
}

/**
 * The nearest note of a scale, in any octave; the lower one where two are as near.
 * @param note MIDI number, fractions too
 * @param scale semitones from the root, as `scaleNotes` gives
 * @param root MIDI number of any root of the scale
 * @returns a MIDI number
 * Source: SuperCollider `nearestInScale`, Faust `qu.quantize`.
 * @example
 * const osc = triangle()
 * const scale = scaleNotes('minorPentatonic')
 * export default (t) => 0.3 * osc(mtof(snapNote(60 + 12 * Math.sin(t), scale)))
 */
export function snapNote(note: number, scale: number[], root = 0): number {
  const from = numberOr(root, 0);
  const octave = 12 * Math.floor((note - from) / 12);
  const inside = note - from - octave;
  let nearest = Number.NaN;
  let distance = Number.POSITIVE_INFINITY;
  for (let shift = -12; shift <= 12; shift += 12) {
    for (let i = 0; i < scale.length; i++) {
      const candidate = scale[i] + shift;
      const away = Math.abs(candidate - inside);
      if (away < distance || (away === distance && candidate < nearest)) {
        nearest = candidate;
        distance = away;
      }
    }
  }
  return from + octave + nearest;
}

/**
 * An inversion of a chord.
 * @param notes MIDI numbers
 * @param inversion above 0: so often, the lowest note goes up an octave; below 0: the highest goes down
 * @returns the notes, ascending
 * Source: common practice.
 * @example
 * const chord = invertChord(chordNotes('C', 3), 1)
 * const oscs = chord.map((note) => ({ hz: mtof(note), osc: saw() }))
 * export default () => 0.1 * oscs.reduce((sum, { hz, osc }) => sum + osc(hz), 0)
 */
export function invertChord(notes: number[], inversion: number): number[] {
  const turned = [...notes].sort((a, b) => a - b);
  const last = turned.length - 1;
  for (let count = Math.min(Math.round(Math.abs(numberOr(inversion, 0))), 128); count > 0; count--) {
    if (inversion > 0) turned[0] += 12;
    else turned[last] -= 12;
    turned.sort((a, b) => a - b);
  }
  return turned;
}
