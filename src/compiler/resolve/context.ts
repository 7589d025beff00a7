/** What the files of `resolve` share: scopes being built, the function being resolved, diagnostics, fresh numbers. */

import type * as Babel from '@babel/types';
import {
  type DiagnosticCode,
  DiagnosticList,
  diagnose,
  MAX_RELATED,
  type MESSAGES,
  type Place,
} from '../../language/diagnostics.ts';
import { NAMING_FUNCTIONS } from '../../language/hostNames.ts';
import { insteadOf } from '../../language/missingMembers.ts';
import { nearestName } from '../../language/nearestName.ts';
import { REFUSED_NAMES, refusal } from '../../language/refusals.ts';
import type { Diagnostic, Span } from '../../protocol/diagnostic.ts';
import type {
  Binding,
  Expression,
  FunctionNode,
  JumpTarget,
  Patch,
  Scope,
  Unit,
  Variable,
  WrittenType,
} from '../ast.ts';
import { type TypeNames, writtenType } from './annotations.ts';
import { builtinBinding, memberBinding } from './builtins.ts';
import type { PrintSite } from './consoleCalls.ts';
import { canBeUnset, EarliestRuns, mark, markEarlyUses, type Use } from './earlyUses.ts';
import type { HostCall } from './hostCalls.ts';
import type { LibraryModule, LibraryNames, SampleSizes } from './libraryNames.ts';
import { mathName } from './mathNames.ts';
import { newThrowing } from './throwing.ts';
import type { OpenTry } from './tries.ts';
import { markUndefinedStarts } from './undefinedStarts.ts';
import type { Unwinding } from './unwinding.ts';
import { VarTable } from './varTable.ts';

/** A jump target that is open around the statement being resolved. */
export interface OpenTarget {
  readonly target: JumpTarget;
  readonly takesContinue: boolean;
  /** Only `break LABEL` reaches a labelled block. */
  readonly needsLabel: boolean;
}

/** A use of a variable by a function inside its owner, to be settled once all assignments are known. */
interface Capture {
  readonly variable: Variable;
  /** Where the closure is made that carries the variable out of its owner. */
  readonly madeAt: number;
}

/** Unknown names for which a known one is looked for. */
const MAX_GUESSES = 100;
/** Length of a declared name: symbols and paths are made of names. */
const MAX_NAME_LENGTH = 200;

/** A mistake in a function, which does no harm as long as nothing calls that. */
export interface Hiding {
  readonly user: FunctionNode | null;
  readonly diagnostic: Diagnostic;
}

interface UnknownName {
  readonly suggestion: string | null;
  readonly spans: Span[];
  readonly starts: Set<number>;
  /** Something is assigned to it. */
  isAssigned: boolean;
}

export class Context {
  readonly diagnostics = new DiagnosticList();
  /** Names whose declarations are broken or refused: their uses are not mistakes of their own. */
  readonly brokenNames: Set<string>;
  /** Where the parser stumbled. */
  unread: readonly number[] = [];
  /** The standard library, for a patch. */
  readonly library: LibraryNames | null;
  /** The module of the library that is resolved, if it is one. Its numeric constants are folded into its code. */
  readonly module: LibraryModule | null;
  readonly isLibrary: boolean;
  readonly text: string;
  /** Names of a module that others may import, or that are global in patches. */
  exportedNames: ReadonlySet<string> = new Set();
  /** Variables of the library that the patch names. */
  private readonly usedOfLibrary = new Set<Variable>();
  /** The top level of the text. */
  private readonly topScope: Scope;

  scope: Scope;
  /** The function being resolved; `null` between units. */
  currentFunction: FunctionNode | null = null;
  unit: Unit | null = null;
  targets: OpenTarget[] = [];
  /** Where the name stands that is called, while it is looked up. */
  calleeStart = -1;
  /** A name for the next function literal, from where it is assigned to. */
  nameHint: string | null = null;

  /** The text makes a `Map` or a `Set`. */
  get hasKeyed(): boolean {
    this.makesKeyed ??= !this.isLibrary && /\bnew\s+(?:Map|Set)\b/.test(this.text);
    return this.makesKeyed;
  }

  private makesKeyed: boolean | null = null;

  /** Something of the text may have `keys` or `entries` of its own, as arrays have them. */
  get hasOwnWalks(): boolean {
    this.declaresWalks ??= /(?<![.\w$])(?:keys|entries)\s*[(:=]/.test(this.text);
    return this.declaresWalks;
  }

  private declaresWalks: boolean | null = null;

  /** Some function of the text uses `this`. */
  usesThis = false;
  /** The class that each class extends, by name. */
  classBases: ReadonlyMap<string, string> = new Map();
  /** Types declared in the text, by name. */
  typeNames: TypeNames = new Map();
  /** Known strings that immediately called functions receive, by parameter. */
  readonly givenTexts = new Map<Babel.Node, readonly (string | null)[]>();
  /** Built-in functions that are used as values, by name. */
  readonly wrappedBuiltins = new Map<string, FunctionNode>();

  /** The names that functions declare by `var`. */
  vars = new VarTable([]);
  /** The variables of functions, and of the top level, that are declared by `var`. */
  private readonly varsOf = new Map<FunctionNode | null, Variable[]>();

  /** Functions in which each top-level variable is used. */
  readonly globalUses = new Map<Variable, Set<FunctionNode>>();

  /** Uses of names that hide those of the library and have no value yet. */
  readonly hiding: Hiding[] = [];

  /** Sound files that have been loaded. */
  samples: SampleSizes = new Map();
  /** Where the patch names something outside of it. */
  readonly hostCalls: HostCall[] = [];
  readonly firstHostCalls = new Map<string, HostCall>();
  /** Where what is thrown goes to, the innermost last. */
  readonly tries: OpenTry[] = [];
  readonly throwing = newThrowing();
  /** How what functions throw gets to those that called them. */
  unwinding: Unwinding | null = null;
  /** Calls of `console`, by their numbers. */
  readonly printSites: PrintSite[] = [];

  private readonly refusedOnce = new Set<string>();
  /** Where the case of a `switch` ends in which a variable is declared. */
  readonly caseEnds = new Map<Variable, number>();

  private readonly captures: Capture[] = [];
  private readonly uses: Use[] = [];
  /** Parameters that are used in the defaults of those before them: that is one mistake, however often. */
  private readonly usedEarly = new Set<Variable>();
  /** Uses of unknown names. */
  private readonly unknownNames = new Map<string, UnknownName>();
  private nextId = 1;

  constructor(
    text: string,
    brokenNames: ReadonlySet<string>,
    library: LibraryNames | null = null,
    module: LibraryModule | null = null,
  ) {
    this.text = text;
    this.brokenNames = new Set(brokenNames);
    this.library = library;
    this.module = module;
    this.isLibrary = module !== null;
    this.topScope = this.newScope(null, 0);
    this.scope = this.topScope;
  }

  /** What a top-level name is called in paths and symbols: modules may have helpers of the same name. */
  topName(name: string): string {
    const { module } = this;
    const isItsOwn = module?.home === 'library' && (module.isOneOfMany || !this.exportedNames.has(name));
    return isItsOwn ? `${module.name}/${name}` : name;
  }

  /** A function of the library by which something outside is named, for one such name. `null`: it is none, or the patch's own. */
  useNamed(functionName: string, name: string): Variable | null {
    const found = this.library?.findFor(functionName, name, this.samples.get(name));
    if (found?.kind !== 'variable') return null;
    this.usedOfLibrary.add(found.variable);
    return found.variable;
  }

  /** A function of the library that no name of a patch stands for. */
  useInternal(path: string, name: string): Variable | null {
    const found = this.library?.findInternal(path, name);
    if (found?.kind !== 'variable') return null;
    this.usedOfLibrary.add(found.variable);
    return found.variable;
  }

  /** What the patch uses of the library, to be called at the end. */
  usedLibrary(): Pick<Patch, 'libraryUnits' | 'beforeFrames'> {
    if (!this.library || this.usedOfLibrary.size === 0) return { libraryUnits: [], beforeFrames: [] };
    return this.library.used(this.usedOfLibrary);
  }

  /** Whether a variable is of another text than the one that is resolved. */
  isForeign(variable: Variable): boolean {
    return variable.owner === null && variable.scope.parent === null && variable.scope !== this.topScope;
  }

  freshId(): number {
    return this.nextId++;
  }

  report<Code extends DiagnosticCode>(place: Place, code: Code, ...details: Parameters<(typeof MESSAGES)[Code]>): void {
    if (!this.diagnostics.isFull) this.diagnostics.add(diagnose(place, code, ...details));
  }

  refuse(span: Span, what: string): void {
    this.report(span, 'refused', ...refusal(what));
  }

  /** What a namespace or a kind of array does not have: a slip, or what only JavaScript has. */
  reportNoMember(span: Span, holder: string, name: string, known: readonly string[]): void {
    const instead = insteadOf(holder, name);
    if (instead) this.report(span, 'refused', `\`${holder}.${name}\``, instead);
    else this.report(span, 'unknown-builtin', holder, name, nearestName(name, known));
  }

  /** The same for repeated constructs: once for each function they are in. */
  refuseOnce(span: Span, what: string): void {
    const key = `${what} ${this.currentFunction?.id}`;
    if (!this.refusedOnce.has(key)) this.refuse(span, what);
    this.refusedOnce.add(key);
  }

  /** Whether the parser stumbled in the lines of a declaration: then its tree may not be what was meant. */
  isUnread({ start, end }: Span): boolean {
    if (this.unread.length === 0) return false;
    const from = this.text.lastIndexOf('\n', start - 1);
    const to = this.text.indexOf('\n', end);
    return this.unread.some((at) => at > from && (to < 0 || at <= to));
  }

  /** Stands where a mistake was reported; no later pass complains about it. */
  broken(span: Span): Expression {
    return { id: this.freshId(), span, kind: 'broken' };
  }

  /** The type that an annotation states, if it can be checked. */
  written(annotation: unknown): WrittenType | null {
    return this.isLibrary ? null : writtenType(annotation, this.text, this.typeNames);
  }

  newScope(parent: Scope | null, start: number): Scope {
    return {
      id: this.freshId(),
      parent,
      owner: this.currentFunction,
      names: new Map(),
      start,
      functions: [],
      cells: [],
    };
  }

  inScope<Result>(scope: Scope, work: () => Result): Result {
    const outer = this.scope;
    this.scope = scope;
    const result = work();
    this.scope = outer;
    return result;
  }

  newVariable(name: string, kind: Variable['kind'], span: Span, scope: Scope = this.scope): Variable {
    const isGlobal = scope.parent === null;
    return {
      id: this.freshId(),
      name,
      kind,
      span,
      owner: isGlobal ? null : this.currentFunction,
      scope,
      storage: isGlobal ? 'global' : 'local',
      reassigned: false,
      captured: false,
      initialisedAt: span.end,
      mayBeUnset: false,
      startsUndefined: false,
      isIndex: false,
      order: 0,
      counter: null,
      written: null,
      text: null,
      number: null,
      holds: null,
    };
  }

  declare(name: string, kind: Variable['kind'], span: Span, scope: Scope = this.scope): Variable {
    const variable = this.newVariable(name, kind, span, scope);
    if (name.length > MAX_NAME_LENGTH) this.report(span, 'too-large', 'This name', `${MAX_NAME_LENGTH} characters`);
    const first = scope.names.get(name);
    if (first) this.reportDeclaredTwice(name, span, first);
    else scope.names.set(name, { kind: 'variable', variable });
    if (scope.parent === null) this.unit?.variables.push(variable);
    if (kind === 'var') this.noteVar(variable);
    return variable;
  }

  private noteVar(variable: Variable): void {
    // It is there from the start, as `undefined`.
    variable.initialisedAt = 0;
    const known = this.varsOf.get(variable.owner);
    if (known) known.push(variable);
    else this.varsOf.set(variable.owner, [variable]);
  }

  reportDeclaredTwice(name: string, span: Span, first: Binding): void {
    const isKnown = first.kind === 'variable';
    const related = isKnown ? [{ span: first.variable.span, message: 'It is declared here first.' }] : [];
    this.report({ ...span, related }, 'declared-twice', name);
  }

  /** A variable of the running function that no name in the text refers to. */
  temporary(name: string, span: Span): Variable {
    return {
      ...this.newVariable(name, 'temporary', span),
      owner: this.currentFunction,
      storage: 'local',
      initialisedAt: span.start,
    };
  }

  /** Finds what a name stands for; a variable of an enclosing function becomes a capture. `null` has been reported. */
  lookUp(name: string, span: Span, isAssigned = false): Binding | null {
    for (let scope: Scope | null = this.scope; scope; scope = scope.parent) {
      const binding = scope.names.get(name);
      if (binding?.kind !== 'variable') {
        if (binding) return binding;
        continue;
      }
      if (this.hidesLibrary(binding.variable, span)) return { kind: 'broken' };
      this.use(binding.variable, span);
      return binding;
    }
    const builtin = this.builtin(name);
    if (builtin) return builtin;
    const found = this.brokenNames.has(name) ? null : this.library?.find(name);
    if (found && NAMING_FUNCTIONS.has(name)) {
      this.report(span, 'name-not-given', name);
      return { kind: 'broken' };
    }
    if (found) {
      if (found.kind === 'variable') this.usedOfLibrary.add(found.variable);
      return found;
    }
    this.noteUnknown(name, span, isAssigned);
    return null;
  }

  /** `const chorus = chorus()`: what is called is the constant itself, which has no value yet. Reports it. */
  private hidesLibrary(variable: Variable, span: Span): boolean {
    const { initialisedAt, owner, name } = variable;
    if (span.start >= initialisedAt || !canBeUnset(variable) || this.isForeign(variable)) return false;
    if (this.currentFunction !== (owner ?? this.unit?.initialiser) || !this.library?.has(name)) return false;
    const related = [{ span: variable.span, message: 'It is declared here.' }];
    this.hiding.push({ user: this.currentFunction, diagnostic: diagnose({ ...span, related }, 'hides-library', name) });
    return true;
  }

  private noteUnknown(name: string, span: Span, isAssigned: boolean): void {
    if (this.brokenNames.has(name)) return;
    let uses = this.unknownNames.get(name);
    if (!uses) {
      // More of them are not listed.
      const mayGuess = this.unknownNames.size < MAX_GUESSES;
      const suggestion = mayGuess
        ? (mathName(name) ?? nearestName(name, this.visibleNames(span.start === this.calleeStart)))
        : null;
      uses = { suggestion, spans: [], starts: new Set(), isAssigned: false };
      this.unknownNames.set(name, uses);
    }
    uses.isAssigned ||= isAssigned;
    // A key may be looked at twice, to see what it is.
    if (!uses.starts.has(span.start)) uses.spans.push(span);
    uses.starts.add(span.start);
  }

  /** One mistake for each unknown name, at its first use; to be called once all uses are known. */
  reportUnknownNames(): void {
    for (const [name, { suggestion, spans, isAssigned }] of this.unknownNames) {
      if (this.brokenNames.has(name)) continue;
      const [first, ...others] = spans.toSorted((a, b) => a.start - b.start);
      const related = others.slice(0, MAX_RELATED).map((span) => ({ span, message: 'It is used here too.' }));
      const place = { ...first!, related };
      const instead = Object.hasOwn(REFUSED_NAMES, name) ? REFUSED_NAMES[name] : undefined;
      if (name === 'console') this.report(place, 'refused', ...refusal(name));
      else if (instead !== undefined) this.report(place, 'refused', `\`${name}\``, instead);
      else this.report(place, 'undefined-name', name, suggestion, isAssigned);
    }
  }

  builtin(name: string): Binding | null {
    return builtinBinding(name, this.module?.home ?? 'patch');
  }

  /** What `NAMESPACE.MEMBER` stands for, if it exists. */
  namespaceBinding(namespace: string, member: string): Binding | null {
    return memberBinding(namespace, member);
  }

  private use(variable: Variable, span: Span): void {
    const owner = variable.owner;
    if (this.isForeign(variable)) {
      // All of another module has run before.
      if (this.currentFunction) this.noteGlobalUse(variable, this.currentFunction);
      return;
    }
    const isFollowed = canBeUnset(variable) || variable.kind === 'function' || variable.kind === 'var';
    if (this.currentFunction && !this.isLibrary && isFollowed) {
      this.uses.push({ variable, at: span.start, user: this.currentFunction });
      if (span.start >= (this.caseEnds.get(variable) ?? Number.POSITIVE_INFINITY)) mark(variable);
    }
    if (owner === null && this.currentFunction) this.noteGlobalUse(variable, this.currentFunction);
    if (owner === this.currentFunction || owner === null) {
      const isEarly = span.start < variable.initialisedAt && this.currentFunction === (owner ?? this.unit?.initialiser);
      const isValue = variable.kind !== 'function' && variable.kind !== 'temporary';
      if (isEarly && canBeUnset(variable)) mark(variable);
      else if (isEarly && isValue && !this.usedEarly.has(variable)) {
        this.usedEarly.add(variable);
        const related = [{ span: variable.span, message: 'It is declared here.' }];
        this.report({ ...span, related }, 'used-before-declared', variable.name);
      }
      return;
    }
    variable.captured = true;
    let carrier = this.currentFunction!;
    carrier.captures.add(variable);
    while (carrier.parent && carrier.parent !== owner) {
      carrier = carrier.parent;
      carrier.captures.add(variable);
    }
    this.captures.push({ variable, madeAt: carrierStart(carrier) });
  }

  /** The default export is not called where it is named, but when frames run. */
  delayLastUse(): void {
    const last = this.uses.pop();
    if (last) this.uses.push({ ...last, at: Number.POSITIVE_INFINITY });
  }

  private noteGlobalUse(variable: Variable, user: FunctionNode): void {
    const users = this.globalUses.get(variable);
    if (users) users.add(user);
    else this.globalUses.set(variable, new Set([user]));
  }

  /** All but one of the library's names are functions: they are meant only where something is called. */
  private *visibleNames(isCalled: boolean): Iterable<string> {
    yield* ['sampleRate', 'currentFrame', 'currentTime', 'currentBeat', 'Math', 'Map', 'Set', 'Error', 'TypeError'];
    for (let scope: Scope | null = this.scope; scope; scope = scope.parent) yield* scope.names.keys();
    if (isCalled && this.library) yield* this.library.names();
  }

  /**
   * Decides where captured variables live. One that never changes after a closure has taken it is copied into the
   * closure; any other is shared, in the frame record of its scope.
   */
  settleStorage(units: readonly Unit[]): void {
    const runs = new EarliestRuns(this.uses, carrierStart);
    markEarlyUses(this.uses, runs);
    markUndefinedStarts(this.varsOf, this.uses, runs, units);
    for (const { variable, madeAt } of this.captures) {
      if (variable.storage !== 'local') continue;
      // Functions of one scope are created together, each before its own variable and those of later ones are set.
      const isMadeBefore =
        variable.kind === 'function' ? madeAt <= variable.initialisedAt : madeAt < variable.initialisedAt;
      if (variable.reassigned || isMadeBefore) {
        variable.storage = 'cell';
        variable.counter = null;
        variable.scope.cells.push(variable);
      }
    }
  }
}

/** Hoisted functions exist from the start of their scope on. */
const hoistedStarts = new WeakMap<FunctionNode, number>();

export function markHoisted(node: FunctionNode, scopeStart: number): void {
  hoistedStarts.set(node, scopeStart);
}

const carrierStart = (node: FunctionNode): number => hoistedStarts.get(node) ?? node.span.start;
