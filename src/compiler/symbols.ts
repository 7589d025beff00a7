/** Names that compiler and linker share: what a module imports and exports. */

import type { SymbolKind } from './ir.ts';

/** What a module's code names that is not its own. */
export interface ImportedSymbol {
  readonly kind: SymbolKind;
  readonly name: string;
}

/** The name under which a module imports the offset of a symbol. */
export const importName = (symbol: ImportedSymbol): string => `${symbol.kind}:${symbol.name}`;

/** Whether an import is the offset of a GOT entry; all others are offsets of data. */
export const isGotEntry = (importedName: string): boolean => importedName.startsWith('function:');

/** The symbol of the function that plays the patch. */
export const RENDER_SYMBOL = 'render';
