/** Sizes and places in the picture of the patch, in CSS pixels at its full size. Apart, so that the page has them without the layout. */

export const BOX_WIDTH = 148;
export const BOX_HEIGHT = 40;

export interface Place {
  /** The centre of a box. */
  readonly x: number;
  readonly y: number;
}
