/**
 * The standard library: modules in the patch language, read once per session.
 *
 * Mathematics takes and returns numbers only, so it is inferred and lowered here, ahead of any patch, and linked on
 * first use. Methods of arrays depend on the types they are used with; they are handed to inference as trees.
 */

import { append } from './append.ts';
import type { Binding, FunctionNode, Unit, Variable } from './ast.ts';
import type { LibraryFunctions } from './infer/analysis.ts';
import { Analysis } from './infer/analysis.ts';
import { analyse } from './infer/statements.ts';
import { AT_TOP, type Instance, NUMBER, objectOf, PER_FRAME, primitive, type Type } from './infer/types.ts';
import { symbolsOf } from './irSymbols.ts';
import { type LoweredUnit, lowerLibrary } from './lower/lower.ts';
import type { LibrarySignatures } from './lower/program.ts';
import { parse } from './parse.ts';
import { type ResolvedPatch, resolve } from './resolve/resolve.ts';

/** A module of the library: file name and text. Modules come after those they import. */
export interface LibrarySource {
  readonly name: string;
  readonly text: string;
}

/** The files whose functions depend on the types they are used with. */
const GENERIC_MODULES: ReadonlySet<string> = new Set([
  'arrayPositions.ts',
  'arrays.ts',
  'arraySearch.ts',
  'arrayMaking.ts',
  'arrayOrder.ts',
  'arrayLength.ts',
  'texts.ts',
]);

export class Library implements LibraryFunctions, LibrarySignatures {
  private readonly generics = new Map<string, FunctionNode>();
  private readonly signatures = new Map<string, { symbol: string; arity: number }>();
  /** Ready units, by the symbol of their function or of a variable they initialise. */
  private readonly units = new Map<string, LoweredUnit>();

  constructor(sources: readonly LibrarySource[]) {
    const modules = new Map<string, ReadonlyMap<string, Binding>>();
    const ready: ResolvedPatch[] = [];
    for (const { name, text } of sources) {
      const parsed = parse(text);
      const resolved = resolve(text, parsed, modules);
      const [problem] = [...parsed.diagnostics, ...resolved.diagnostics];
      if (problem)
        throw new Error(`library ${name}: ${problem.message} (${text.slice(problem.span.start, problem.span.end)})`);
      modules.set(name, resolved.scope.names);
      if (GENERIC_MODULES.has(name)) for (const unit of resolved.units) this.addGeneric(unit);
      else ready.push(resolved);
    }
    this.lowerAhead(ready);
  }

  private addGeneric(unit: Unit): void {
    for (const node of unit.functions) if (node.parent === unit.initialiser) this.generics.set(node.path, node);
  }

  /** Infers and lowers every function for numbers. */
  private lowerAhead(modules: readonly ResolvedPatch[]): void {
    const analysis = new Analysis('', this);
    const initialisers = modules.flatMap((module) =>
      module.units.map((unit) => ({ unit, instance: analysis.initialiser(unit.initialiser) })),
    );
    const functions = modules.flatMap((module) =>
      module.units.flatMap((unit) => unit.variables.filter((variable) => variable.kind === 'function')),
    );
    const instances = new Map<Variable, Instance>();
    const callAll = (): void => {
      analysis.pass++;
      analysis.unifier.changed = false;
      analysis.phase = AT_TOP;
      for (const { instance } of initialisers) analyse(analysis, instance);
      analysis.phase = PER_FRAME;
      for (const variable of functions) {
        const closureSet = objectOf(analysis.globals.get(variable)!);
        if (closureSet?.kind !== 'function') continue;
        const closure = closureSet.members[0]!;
        const isGiven = closure.node.parameters.every((parameter) => !parameter.rest);
        if (!isGiven) continue;
        const numbers: Type[] = closure.node.parameters.map(() => primitive(NUMBER));
        analysis.current = initialisers[0]!.instance;
        const instance = analysis.instanceFor(closure, numbers, variable.span);
        instances.set(variable, instance);
        analyse(analysis, instance);
      }
    };
    do callAll();
    while (analysis.unifier.changed);
    const lowered = lowerLibrary(analysis, initialisers, instances, this);
    for (const [variable, symbol] of lowered.symbols) {
      const arity = instances.get(variable)!.parameters.length;
      this.signatures.set(variable.name, { symbol, arity });
    }
    for (const unit of lowered.units) {
      for (const fn of unit.functions) this.units.set(`function:${fn.ir.symbol}`, unit);
      for (const symbol of lowered.variables.get(unit.name) ?? []) this.units.set(`variable:${symbol}`, unit);
    }
  }

  /** For LibraryFunctions: a function that inference specialises. */
  generic(name: string): FunctionNode {
    const node = this.generics.get(name);
    if (!node) throw new Error(`library: no function ${name}`);
    return node;
  }

  /** For LibrarySignatures: a function that is ready to use. */
  signature(name: string, arity: number): { readonly symbol: string; readonly arity: number } {
    // While the library itself is lowered, it calls functions that are not ready yet, such as those of `%` and `|`.
    return this.signatures.get(name) ?? { symbol: librarySymbol(name, arity), arity };
  }

  /** The ready units that these symbols need, with all that those need in turn. */
  unitsFor(symbols: Iterable<string>): LoweredUnit[] {
    const found = new Set<LoweredUnit>();
    const pending = [...symbols];
    for (let symbol = pending.pop(); symbol !== undefined; symbol = pending.pop()) {
      const unit = this.units.get(symbol);
      if (!unit || found.has(unit)) continue;
      found.add(unit);
      const bodies = [...unit.functions, ...(unit.initialiser ? [unit.initialiser] : [])];
      for (const fn of bodies) append(pending, symbolsOf(fn.ir));
    }
    return [...found];
  }
}

/** The symbol of a function of `arity` numbers, as `Program` names it. */
const librarySymbol = (name: string, arity: number): string =>
  `std/${name}(${Array.from({ length: arity }, () => 'number').join(', ')}): number`;
