/** The curve of saturating circuits. Patch language; for the library's own use. */

/**
 * tanh(v)/v of v²: 1 for 0. By Padé's approximant of order 7 over 6, and 1/|v| where that reaches it; exact to 5e-5.
 * @internal
 */
export function tanhRatio(square: number): number {
  const w = square < 24 ? square : 24;
  const inner = (135135 + w * (17325 + w * (378 + w))) / (135135 + w * (62370 + w * (3150 + 28 * w)));
  return square < 24 ? inner : 1 / Math.sqrt(square);
}
