/** Between which values numbers lie, and how to write them in little room. Pure. */

export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** The extent of the finite values, and at least `atLeast`. */
export function extentOf(values: ArrayLike<number>, atLeast: Extent = { low: 0, high: 0 }): Extent {
  let { low, high } = atLeast;
  let isFirst = low === high;
  for (let n = 0; n < values.length; n++) {
    const value = values[n] ?? 0;
    if (!Number.isFinite(value)) continue;
    low = isFirst ? value : Math.min(low, value);
    high = isFirst ? value : Math.max(high, value);
    isFirst = false;
  }
  return { low, high };
}

const MINUS = '−';
/** From here on, and below its inverse, with a power of ten. */
const LARGE = 1e6;

/** Four digits that count: `0.1235`, `−12.35`, `1235`, `1.2e+9`. */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace('-', MINUS);
  const size = Math.abs(value);
  const text =
    size >= LARGE || (size > 0 && size < 1 / LARGE)
      ? value.toExponential(1)
      : size >= 1000
        ? value.toFixed(0)
        : String(Number(value.toPrecision(4)));
  return text.replace('-', MINUS);
}

/** `−0.98 … 0.98`, or one number where they are the same. */
export function extentText({ low, high }: Extent): string {
  return low === high ? shortNumber(low) : `${shortNumber(low)} … ${shortNumber(high)}`;
}
