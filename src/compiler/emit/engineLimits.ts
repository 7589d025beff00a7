/**
 * What engines take of one function, whatever the specification says (WebAssembly JavaScript Interface, "Limits"): code
 * beyond it cannot become a module. In: a function and its code. Throws where it is too large, which is the text's fault.
 */

import { type IrFunction, wasmParameters } from '../ir.ts';

const MAX_PARAMETERS = 1000;
const MAX_LOCALS = 50_000;
export const MAX_CODE_BYTES = 7_654_321;
/** Locals that the emitter adds, and some more. */
const SPARE_LOCALS = 16;

export class ExceedsEngine extends Error {
  readonly symbol: string;
  /** What there is too much of, and how much there may be. */
  readonly what: string;
  readonly limit: string;

  constructor(symbol: string, what: string, limit: string) {
    super(`${symbol}: ${what} exceeds ${limit}`);
    this.symbol = symbol;
    this.what = what;
    this.limit = limit;
  }
}

/** @throws ExceedsEngine */
export function requireFit(fn: IrFunction, body: Uint8Array): void {
  const parameters = wasmParameters(fn.signature).length;
  const hidden = parameters - fn.signature.parameters.length;
  if (parameters > MAX_PARAMETERS) {
    throw new ExceedsEngine(fn.symbol, 'The number of parameters', `${MAX_PARAMETERS - hidden}`);
  }
  if (parameters + fn.locals.length + SPARE_LOCALS > MAX_LOCALS) {
    throw new ExceedsEngine(fn.symbol, 'The number of values in this function', `about ${MAX_LOCALS}`);
  }
  if (body.length > MAX_CODE_BYTES) {
    throw new ExceedsEngine(fn.symbol, 'The code of this function', `${Math.floor(MAX_CODE_BYTES / 2 ** 20)} MB`);
  }
}
