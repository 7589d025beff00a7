/** IR functions as code that runs, for tests: emits them and puts them into an arena. Node only. */

import { emit } from '../compiler/emit/emit.ts';
import { type IrExpression, type IrFunction, type IrStatement, typeOf, type ValueType } from '../compiler/ir.ts';
import { type ImportedSymbol, importName } from '../compiler/symbols.ts';
import { GOT_ENTRY_BYTES, HEADER, IMPORTS, MAX_MEMORY_PAGES, SYMBOLS_START } from '../protocol/arena.ts';

export const BASE = 4096;
export const HEAP = SYMBOLS_START + 64;
export const PAGE = 65_536;

export interface Made {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  readonly view: DataView;
  /** Calls an exported function with the arena's base, no environment, and these arguments. */
  run(name: string, ...args: (number | bigint)[]): number | bigint | undefined;
  i32(offset: number): number;
}

/**
 * Emits functions as one unit each and puts them into an arena at `base`: every symbol eight bytes behind the last, and every
 * entry of the GOT below the last.
 */
export function make(functions: readonly IrFunction[], base = BASE, together = false): Made {
  const units = together ? [{ functions }] : functions.map((fn) => ({ functions: [fn] }));
  const { bytes, imports } = emit(units);
  const memory = new WebAssembly.Memory({ initial: 4, maximum: MAX_MEMORY_PAGES });
  const table = new WebAssembly.Table({ element: 'anyfunc', initial: 16 });
  const view = new DataView(memory.buffer);
  const place = ({ kind }: ImportedSymbol, n: number): number =>
    kind === 'function' ? -GOT_ENTRY_BYTES * (n + 1) : SYMBOLS_START + 8 * n;
  const symbols = Object.fromEntries(imports.map((symbol, n) => [importName(symbol), place(symbol, n)]));
  view.setInt32(base + HEADER.GOT_ENTRIES, imports.length, true);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    [IMPORTS.MODULE]: { [IMPORTS.MEMORY]: memory, [IMPORTS.TABLE]: table },
    [IMPORTS.SYMBOLS]: symbols,
  });
  functions.forEach((fn, n) => {
    table.set(n + 1, exports[fn.symbol] as () => void);
    const offset = symbols[`function:${fn.symbol}`];
    if (offset !== undefined) view.setInt32(base + offset, n + 1, true);
  });
  view.setInt32(base + HEADER.HEAP_POINTER, HEAP, true);
  view.setInt32(base + HEADER.HEAP_LIMIT, HEAP + 1024, true);
  view.setInt32(base + HEADER.POINTER_LIMIT, HEAP + 1024 - SYMBOLS_START, true);
  view.setInt32(base + HEADER.FUEL, 1000, true);
  return {
    memory,
    table,
    view,
    run: (name, ...args) =>
      (exports[name] as (...all: (number | bigint)[]) => number | bigint | undefined)(base, 0, ...args),
    i32: (offset) => view.getInt32(base + offset, true),
  };
}

/** A function of these parameters that returns this expression. */
export const returning = (
  value: IrExpression,
  parameters: readonly ValueType[] = [],
  locals: readonly ValueType[] = [],
): IrFunction => ({
  symbol: 'f',
  signature: { parameters, result: typeOf(value) },
  locals,
  body: [{ op: 'return', value }],
});

export const doing = (body: readonly IrStatement[], locals: readonly ValueType[] = [], symbol = 'f'): IrFunction => ({
  symbol,
  signature: { parameters: [], result: 'void' },
  locals,
  body,
});
