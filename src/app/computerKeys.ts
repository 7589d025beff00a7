/** The computer's keyboard as a piano: the two middle rows, by where keys are and not by what is printed on them. Pure. */

const LOWER = ['KeyA', 'KeyW', 'KeyS', 'KeyE', 'KeyD', 'KeyF', 'KeyT', 'KeyG', 'KeyY', 'KeyH', 'KeyU', 'KeyJ'];
const UPPER = ['KeyK', 'KeyO', 'KeyL', 'KeyP', 'Semicolon', 'Quote'];
const SEMITONES = new Map([...LOWER, ...UPPER].map((code, semitone) => [code, semitone]));

/** Semitones above the C on the left, for `KeyboardEvent.code`; null for other keys. */
export const semitoneOf = (code: string): number | null => SEMITONES.get(code) ?? null;

/** Octaves that a key goes down or up; 0: it is another key. */
export const octaveStepOf = (code: string): number => (code === 'KeyZ' ? -1 : code === 'KeyX' ? 1 : 0);

const NAMES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];
const BLACK = [1, 3, 6, 8, 10];

/** As in scientific pitch notation: 60 is C4. */
export const noteName = (note: number): string => `${NAMES[note % 12]}${Math.floor(note / 12) - 1}`;

export const isBlack = (note: number): boolean => BLACK.includes(note % 12);
