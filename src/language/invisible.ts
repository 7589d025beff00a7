/** Invisible characters, and what messages call them. They come with text copied from web pages and chats. */

/** Control and format characters (except tab and line ends), separators of lines, private and unassigned ones. */
const INVISIBLE =
  /(?![\t\n\r])(?:\p{Cc}|\p{Cf}|\p{Co}|\p{Cn}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Variation_Selector}|\u115f|\u1160|\u3164)/u;
const ALL_INVISIBLE = new RegExp(INVISIBLE.source, 'gu');

const NAMES: Readonly<Record<string, string>> = {
  '\u00ad': 'soft hyphen',
  '\u200b': 'zero-width space',
  '\u200c': 'zero-width non-joiner',
  '\u200d': 'zero-width joiner',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\u2060': 'word joiner',
  '\ufe0f': 'variation selector',
  '\ufeff': 'byte order mark',
};

export const isInvisible = (character: string): boolean => INVISIBLE.test(character);

export function codePointName(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

/** `U+200B, zero-width space`. */
export function describeInvisible(character: string): string {
  const name = NAMES[character] ?? (/[\u202a-\u202e\u2066-\u2069]/.test(character) ? 'text direction' : null);
  return name ? `${codePointName(character)}, ${name}` : codePointName(character);
}

export const withoutInvisible = (text: string): string => text.replace(ALL_INVISIBLE, '');

/** Makes invisible characters visible: `gain⟨U+200D⟩`. */
export const madeVisible = (text: string): string =>
  text.replace(ALL_INVISIBLE, (character) => `⟨${codePointName(character)}⟩`);
