/** What the lowering of one patch keeps: names of symbols, the specialisations still to be lowered, library calls. */

import type { Span } from '../../protocol/diagnostic.ts';
import type { FunctionNode, PatchUnwinding, Unit, Variable } from '../ast.ts';
import {
  type Closure,
  type FunctionType,
  find,
  type Instance,
  NOTHING,
  objectOf,
  PER_FRAME,
  type PrintedTypes,
  printType,
  type Type,
  UNDEFINED,
} from '../infer/types.ts';
import type { MayThrow } from '../infer/unwinding.ts';
import type { IrExpression, IrFunction, ResultType, Signature } from '../ir.ts';
import { fingerprint, shortened } from '../shortNames.ts';
import type { FunctionCache } from './functionCache.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import type { Traces } from './tracing.ts';
import type { TrapSite } from './trapSite.ts';

export interface LoweredFunction {
  readonly ir: IrFunction;
  /** What is compiled, kept and replaced as one: the unit's name, or the symbol of a specialised library function. */
  readonly unit: string;
  /** The lexical path, for people. */
  readonly path: string;
  readonly sites: readonly TrapSite[];
  /** Makes arrays, objects or closures. */
  readonly allocates: boolean;
  /** Runs while the patch sounds, so that the audio thread needs it. */
  readonly isLive: boolean;
  /** Code that counts what it does (countWork.ts) reaches counters that no guard lets through: it stays as it is. */
  readonly isCounted?: boolean;
  /** Can call itself, by whatever way. */
  readonly isRecursive: boolean;
  /** The span of its text, in the patch or in its module of the library; absent for what the compiler makes itself. */
  readonly span?: Span;
  /** Whether its first parameter is what it is called on. */
  readonly takesThis?: boolean;
}

/** A function, and what was asked of the program for it. */
export interface Asked {
  readonly made: LoweredFunction;
  /** Symbols of functions, closures and texts, one after the other: what they are called depends on who asks first. */
  readonly names: readonly string[];
  readonly libraryCalls: readonly string[];
}

/** A record of a closure without captures, there from the start. `code` is null where nothing calls through it. */
export interface StaticClosure {
  readonly symbol: string;
  readonly code: string | null;
}

/** How a value of the library's mathematics is called: all parameters and the result are numbers. */
export interface LibrarySignatures {
  /** The symbol and number of parameters of a function, by name. */
  signature(name: string, arity: number): { readonly symbol: string; readonly arity: number };
}

const MAX_PRINTED_TYPE = 60;
/** The symbols of the functions around a function, in its own. */
const MAX_AROUND = 240;

/** In front of the names of what is not the patch's. */
export const LIBRARY_PREFIX = 'std/';

/** What a unit is called among those of a patch and of the library. */
export const keyOf = (unit: Unit): string => (unit.isLibrary ? `${LIBRARY_PREFIX}${unit.name}` : unit.name);

/** Stands for code that no call leads to. */
export const NEVER_CALLED = '';

export class Program {
  readonly globals: ReadonlyMap<Variable, Type>;
  /** Equal strings may have different handles. */
  readonly cutsTexts: boolean;
  /** Set where code is to find the first number that is not finite. */
  readonly traces: Traces | null;
  /** Whether code says where its text begins: see lineMarks.ts. */
  readonly marksLines: boolean;
  /** How what is thrown gets from function to function, and which may throw. */
  unwinding: PatchUnwinding | null = null;
  mayThrow: MayThrow = { instances: new Set(), closures: new Set() };
  /** Of the text before; `null`: nothing is kept from text to text. */
  functionCache: FunctionCache | null = null;
  readonly queue: Instance[] = [];
  readonly staticClosures = new Map<string, StaticClosure>();
  /** Texts of more or less than one character, by symbol. */
  readonly strings = new Map<string, string>();
  /** What is asked for while a function is lowered: see `Asked`. */
  private names: string[] = [];
  private libraryCalls: string[] = [];
  private readonly library: LibrarySignatures;
  private readonly lastPass: number;
  private readonly symbols = new Map<Instance, string>();
  /** Names of records of closures that nothing is called through. */
  private readonly recordOwners = new Map<string, FunctionNode>();
  private readonly owners = new Map<string, Instance>();
  /** How often a name has been asked for that was taken. */
  private readonly counts = new Map<string, number>();
  private readonly printed: PrintedTypes = new Map();
  private readonly unitOf: ReadonlyMap<Variable, Unit>;

  constructor(
    globals: ReadonlyMap<Variable, Type>,
    unitOf: ReadonlyMap<Variable, Unit>,
    library: LibrarySignatures,
    lastPass: number,
    cutsTexts = false,
    traces: Traces | null = null,
    marksLines = false,
  ) {
    this.cutsTexts = cutsTexts;
    this.traces = traces;
    this.marksLines = marksLines;
    this.lastPass = lastPass;
    this.globals = globals;
    this.unitOf = unitOf;
    this.library = library;
  }

  /** Lowers a function, and notes what it asks for. */
  asking(make: () => LoweredFunction): Asked {
    this.names = [];
    this.libraryCalls = [];
    const made = make();
    const { names, libraryCalls } = this;
    this.names = [];
    this.libraryCalls = [];
    return { made, names, libraryCalls };
  }

  /** The specialisation that a symbol is of. */
  instanceOf(symbol: string): Instance | null {
    return this.owners.get(symbol) ?? null;
  }

  /** All specialisations that have code. */
  get instances(): readonly Instance[] {
    return [...new Set(this.owners.values())];
  }

  /** The symbol of a specialisation; the first to ask has it lowered. */
  symbolOf(instance: Instance): string {
    let symbol = this.symbols.get(instance);
    if (symbol === undefined) {
      const { names } = this;
      // Others that its own name is made of are not asked for by the code.
      this.names = [];
      symbol = this.freeName(this.describe(instance), instance);
      this.symbols.set(instance, symbol);
      this.queue.push(instance);
      this.names = names;
    }
    this.names.push(symbol);
    return symbol;
  }

  /** The symbol of the version of the root that returns its pair in the header. For `lower` alone, once. */
  pairSymbolOf(instance: Instance): string {
    return this.freeName(`${this.describe(instance)} as a pair`, instance);
  }

  private describe(instance: Instance): string {
    const { node, parent } = instance.closure;
    const parameters = instance.parameters.map((type) => shorten(printType(type, 0, this.printed))).join(', ');
    const around =
      parent && parent.closure.node.parent !== null ? ` in ${shortened(this.symbolOf(parent), MAX_AROUND)}` : '';
    const entry = instance.closureSet ? 'entry ' : '';
    const library = node.unit?.isLibrary ? LIBRARY_PREFIX : '';
    return `${entry}${library}${node.path}(${parameters}): ${shorten(printType(instance.result, 0, this.printed))}${around}`;
  }

  /** Two specialisations can read the same although they differ deep inside. */
  private freeName(name: string, instance: Instance): string {
    let symbol = name;
    let count = this.counts.get(name) ?? 1;
    for (; this.owners.has(symbol); symbol = `${name} ~${count}`) count++;
    this.counts.set(name, count);
    this.owners.set(symbol, instance);
    return symbol;
  }

  signatureOf(instance: Instance): Signature {
    return {
      parameters: instance.parameters.map((type) => valueTypeOf(representationOf(type))),
      result: resultTypeOf(instance.result),
    };
  }

  variableSymbol(variable: Variable): string {
    const type = this.globals.get(variable) ?? NOTHING;
    const unit = this.unitOf.get(variable);
    const name = unit && unit.name !== variable.name ? `${unit.name}.${variable.name}` : variable.name;
    return `${unit?.isLibrary ? LIBRARY_PREFIX : ''}${name}: ${representationOf(type)}`;
  }

  /** The symbol of the code through which a member of a family is called. */
  entryOf(closure: Closure, closureSet: FunctionType): string {
    for (const instance of closure.instances.values()) {
      if (instance.closureSet && find(instance.closureSet) === closureSet && instance.pass === this.lastPass) {
        return this.symbolOf(instance);
      }
    }
    // Nobody calls the family: its members need an address, but no code.
    return NEVER_CALLED;
  }

  /** The record of a closure that captures nothing. */
  staticClosure(node: FunctionNode, code: string | null): IrExpression {
    const entry = code === NEVER_CALLED ? null : code;
    const symbol = entry ?? this.recordName(node);
    this.staticClosures.set(symbol, { symbol, code: entry });
    this.names.push(symbol);
    return { op: 'symbol', kind: 'closure', name: symbol };
  }

  /** Functions with the same path, as in two object literals, are not the same function. */
  private recordName(node: FunctionNode): string {
    for (let count = 1; ; count++) {
      const path = node.unit?.isLibrary ? `${LIBRARY_PREFIX}${node.path}` : node.path;
      const name = count > 1 ? `${path} ~${count}` : path;
      const owner = this.recordOwners.get(name);
      if (owner === undefined) this.recordOwners.set(name, node);
      if (owner === undefined || owner === node) return name;
    }
  }

  /** The handle of a text. */
  string(text: string): IrExpression {
    if (text.length === 1) return { op: 'const', type: 'i32', value: -1 - text.charCodeAt(0) };
    const symbol = text.length <= MAX_PRINTED_TYPE ? JSON.stringify(text) : `${text.length}:${fingerprint(text)}`;
    const name = this.strings.has(symbol) && this.strings.get(symbol) !== text ? `${symbol}:${text}` : symbol;
    this.strings.set(name, text);
    this.names.push(name);
    return { op: 'symbol', kind: 'string', name };
  }

  callLibrary(name: string, args: readonly IrExpression[]): IrExpression {
    const { symbol } = this.library.signature(name, args.length);
    this.libraryCalls.push(`function:${symbol}`);
    const parameters = args.map(() => 'f64' as const);
    return {
      op: 'call',
      target: symbol,
      signature: { parameters, result: 'f64' },
      args: [{ op: 'const', type: 'i32', value: 0 }, ...args],
    };
  }
}

export const isLive = (instance: Instance): boolean => (instance.runs & PER_FRAME) !== 0;

/** Functions that only ever return `undefined` return nothing. */
export function resultTypeOf(type: Type): ResultType {
  if (!objectOf(type) && (type.mask & ~UNDEFINED) === 0) return 'void';
  return valueTypeOf(representationOf(type));
}

const shorten = (text: string): string => shortened(text, MAX_PRINTED_TYPE);
