/** What the editor and the text that stands in its place before it has loaded have in common. Main thread; no Monaco. */

/** As a multiple of the size of the text. */
export const LINE_HEIGHT = 1.55;

/** Columns of an indentation. */
export const TAB_COLUMNS = 2;

/** There is room for so many digits of line numbers at least. */
export const LINE_NUMBER_DIGITS = 3;

/** Above and below the text. */
export const PADDING_PX = 12;

/** In whole pixels: lines must not end between two. */
export const lineHeightPx = (textSizePx: number): number => Math.round(textSizePx * LINE_HEIGHT);
