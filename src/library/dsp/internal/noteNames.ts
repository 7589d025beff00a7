/** How notes and chords are spelled: a letter and its accidentals. Patch language; for the library's own use. */

// Semitones from C of the letters A to G.
const LETTERS = [9, 11, 0, 2, 4, 5, 7];

/**
 * The semitones from C of the letter with this code, capital or small; NaN if it names no note.
 * @internal
 */
export function letterSemitones(code: number): number {
  return LETTERS[(code & 0xdf) - 65] ?? Number.NaN;
}

/**
 * How many characters from the second on are accidentals.
 * @internal
 */
export function accidentalCount(name: string): number {
  let at = 1;
  while (at < name.length && (name[at] === '#' || name[at] === 'b')) at++;
  return at - 1;
}

/**
 * The semitones by which the accidentals of a name raise its letter.
 * @internal
 */
export function accidentalSemitones(name: string): number {
  let semitones = 0;
  for (let at = accidentalCount(name); at > 0; at--) semitones += name[at] === '#' ? 1 : -1;
  return semitones;
}
