/** What the lists of small hostile texts share. Tests only. */

/** A text of at most 2 KB that asks for far more than its size. */
export interface Bomb {
  readonly name: string;
  readonly text: string;
}

export const MAX_BOMB_CHARS = 2048;

/** Something that sounds, at the end of a text that is about something else. */
export const SOUND = 'export default () => 0.1';

/** `before` and `behind` around `middle`, as often as fits with the rest of the text. */
export function nested(rest: string, before: string, middle: string, behind = ''): string {
  const levels = Math.floor((MAX_BOMB_CHARS - rest.length - middle.length) / (before.length + behind.length));
  return before.repeat(levels) + middle + behind.repeat(levels);
}

/** `part` as often as fits with the rest of the text. */
export const filled = (rest: string, part: string): string => nested(rest, part, '');

/** Lines made by number, as many as fit with the rest of the text. */
export function numbered(rest: string, line: (n: number) => string): string {
  let text = '';
  for (let n = 0; ; n++) {
    const next = line(n);
    if (text.length + next.length + rest.length > MAX_BOMB_CHARS) return text;
    text += next;
  }
}

/** The numbers from 0 up to, and without, `count`. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
