/**
 * What rounding takes from a product. Compiled by Segue's compiler, audio thread.
 */

/** 2^27 + 1: a product with it, taken off again, leaves 26 bits of a double (Veltkamp). */
const SPLIT = 134217729;

/** a·b − product, exactly, where `product` is a·b rounded and all of them are of ordinary size (Dekker). */
export function productRest(a: number, b: number, product: number): number {
  const aScaled = a * SPLIT;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = b * SPLIT;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aHigh * bHigh - product + aHigh * bLow + aLow * bHigh + aLow * bLow;
}
