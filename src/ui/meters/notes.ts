/** Frequencies as people say them. Pure. */

const NAMES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'] as const;

/** The nearest note of equal temperament at A4 = 440 Hz, and how many cents it is off: `A4`, `C♯5 +12 ct`. */
export function noteText(hz: number): string {
  const semitones = 69 + 12 * Math.log2(hz / 440);
  const note = Math.round(semitones);
  const cents = Math.round(100 * (semitones - note));
  const name = `${NAMES[((note % 12) + 12) % 12]}${Math.floor(note / 12) - 1}`;
  return cents === 0 ? name : `${name} ${signed(cents)} ct`;
}

/** `440.0 Hz`, `1234 Hz`. */
export const hzText = (hz: number): string => `${hz.toFixed(hz < 1000 ? 1 : 0)} Hz`;

/** With a sign that is as wide as a plus. */
export const signed = (value: number, digits = 0): string => {
  const text = Math.abs(value).toFixed(digits);
  if (Number(text) === 0) return text;
  return `${value < 0 ? '−' : '+'}${text}`;
};

/** Decibels with the sign that has the width of figures: `−12.0`; `−∞` for silence. */
export const decibels = (db: number, digits = 1): string =>
  db === Number.NEGATIVE_INFINITY ? '−∞' : db.toFixed(digits).replace('-', '−');
