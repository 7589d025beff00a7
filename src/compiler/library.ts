/**
 * The library: modules in the patch language, each read when something in it is first used.
 *
 * The *kernel* (src/library but for dsp/) is what operators, `Math` and methods of arrays are made of. What takes and
 * returns numbers only is inferred and lowered here, and linked as it is; methods of arrays depend on the types they are
 * used with, and are handed to inference as trees. The *standard library* (src/library/dsp) is what patches call by name:
 * trees that are specialised like the patch's own, unit by unit. Nothing is kept that depends on a patch.
 */

import { append } from './append.ts';
import type { FunctionNode, Unit, Variable } from './ast.ts';
import type { LibraryFunctions } from './infer/analysis.ts';
import { Analysis } from './infer/analysis.ts';
import { analyse } from './infer/statements.ts';
import { AT_TOP, type Instance, NUMBER, objectOf, PER_FRAME, primitive, type Type } from './infer/types.ts';
import { symbolsOf } from './irSymbols.ts';
import { LibraryModules, type LibrarySource } from './libraryModules.ts';
import { type LoweredUnit, lowerLibrary } from './lower/lower.ts';
import type { LibrarySignatures } from './lower/program.ts';
import type { LibraryNames } from './resolve/libraryNames.ts';

export type { LibrarySource };

export class Library implements LibraryFunctions, LibrarySignatures {
  private readonly modules: LibraryModules;
  /** Names of functions for numbers, by symbol. */
  private readonly asked = new Map<string, string>();
  /** Ready units, by the symbol of their function or of a variable they initialise. */
  private readonly units = new Map<string, LoweredUnit>();

  constructor(sources: readonly LibrarySource[]) {
    this.modules = new LibraryModules(sources);
  }

  /** The standard library. */
  get names(): LibraryNames {
    return this.modules;
  }

  /** For LibraryFunctions: a function that inference specialises. */
  generic(name: string): FunctionNode {
    const node = this.kernelVariable(name).holds;
    if (!node) throw new Error(`library: ${name} is no function`);
    return node;
  }

  hasStandard(name: string): boolean {
    return this.modules.has(name);
  }

  /** For LibrarySignatures: a function that is ready to use, or will be as soon as `unitsFor` asks for it. */
  signature(name: string, arity: number): { readonly symbol: string; readonly arity: number } {
    const symbol = librarySymbol(name, arity);
    this.asked.set(`function:${symbol}`, name);
    return { symbol, arity };
  }

  /** The ready units that these symbols need, with all that those need in turn. */
  unitsFor(symbols: Iterable<string>): LoweredUnit[] {
    const found = new Set<LoweredUnit>();
    const pending = [...symbols];
    for (let symbol = pending.pop(); symbol !== undefined; symbol = pending.pop()) {
      const unit = this.unitOf(symbol);
      if (!unit || found.has(unit)) continue;
      found.add(unit);
      const bodies = [...unit.functions, ...(unit.initialiser ? [unit.initialiser] : [])];
      for (const fn of bodies) append(pending, symbolsOf(fn.ir));
    }
    return [...found];
  }

  private unitOf(symbol: string): LoweredUnit | undefined {
    const known = this.units.get(symbol);
    const name = this.asked.get(symbol);
    if (known || name === undefined || !this.modules.hasKernel(name)) return known;
    this.lowerAhead(name);
    const made = this.units.get(symbol);
    if (!made) throw new Error(`library: ${name} does not have the parameters of ${symbol}`);
    return made;
  }

  private kernelVariable(name: string): Variable {
    const binding = this.modules.findKernel(name);
    if (binding?.kind !== 'variable') throw new Error(`library: no function ${name}`);
    return binding.variable;
  }

  /** Infers and lowers a function for numbers, with all that it calls. */
  private lowerAhead(name: string): void {
    const variable = this.kernelVariable(name);
    const analysis = new Analysis('', this);
    const initialisers = this.modules
      .unitsOf([variable])
      .map((unit: Unit) => ({ unit, instance: analysis.initialiser(unit.initialiser) }));
    let instance: Instance | null = null;
    do {
      analysis.pass++;
      analysis.unifier.changed = false;
      analysis.phase = AT_TOP;
      for (const one of initialisers) analyse(analysis, one.instance);
      analysis.phase = PER_FRAME;
      const closureSet = objectOf(analysis.globals.get(variable)!);
      if (closureSet?.kind !== 'function') throw new Error(`library: ${name} is no function`);
      const closure = closureSet.members[0]!;
      const numbers: Type[] = closure.node.parameters.map(() => primitive(NUMBER));
      analysis.current = initialisers[0]!.instance;
      instance = analysis.instanceFor(closure, numbers, variable.span);
      analyse(analysis, instance);
    } while (analysis.unifier.changed);
    const lowered = lowerLibrary(analysis, initialisers, instance, this);
    for (const unit of lowered.units) {
      for (const fn of unit.functions) this.keep(`function:${fn.ir.symbol}`, unit);
      for (const symbol of lowered.variables.get(unit.name) ?? []) this.keep(`variable:${symbol}`, unit);
    }
  }

  /** What several functions call is lowered with each of them, and is the same each time. */
  private keep(symbol: string, unit: LoweredUnit): void {
    if (!this.units.has(symbol)) this.units.set(symbol, unit);
  }
}

/** The symbol of a function of `arity` numbers, as `Program` names it. */
const librarySymbol = (name: string, arity: number): string =>
  `std/${name}(${Array.from({ length: arity }, () => 'number').join(', ')}): number`;
