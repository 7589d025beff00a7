/**
 * The state of inference: types of variables, specialisations of functions, and which pass and phase is under way.
 *
 * Inference runs the program on types instead of values: the top level in order, then the default export, following
 * every call. It does so in passes until nothing grows any more; a last pass reports mistakes. Flow within a function is
 * ignored: a variable has one type, that of everything ever assigned to it.
 */

import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, FunctionNode, Variable } from '../ast.ts';
import { TooMuchWork } from '../workLimit.ts';
import { isTestOfKind, type Narrowing, narrowed, type Truth, truthOf } from './kindTests.ts';
import { Reports } from './reports.ts';
import {
  AT_TOP,
  BROKEN,
  type Closure,
  type FunctionType,
  find,
  type Instance,
  isMixed,
  NOTHING,
  NULL,
  type ObjectType,
  type Origin,
  objectsOf,
  objectType,
  PER_FRAME,
  passedBy,
  passesThis,
  primitive,
  type Splits,
  type Type,
  typeKey,
  UNDEFINED,
} from './types.ts';
import { Unifier } from './unify.ts';

export type Phase = typeof AT_TOP | typeof PER_FRAME;

/** A function gets at most this many specialisations; recursion that keeps creating new closures ends here. */
const MAX_INSTANCES = 64;

/** An assignment that may keep a value created in a frame: one of its type was. */
export interface Escape {
  readonly object: ObjectType;
  /** What keeps it, as named in messages. */
  readonly where: string;
  readonly span: Span;
  readonly given: Expression;
  readonly instance: Instance;
}

/** A method in a frame that changes the length of an array. */
export interface Growth {
  readonly expression: Expression & { readonly kind: 'method' };
  readonly object: ObjectType;
  readonly instance: Instance;
}

export interface LibraryFunctions {
  /** The function of the standard library with this name. */
  generic(name: string): FunctionNode;
  /** Whether the standard library has such a name. */
  hasStandard(name: string): boolean;
}

export class Analysis extends Reports {
  readonly unifier = new Unifier();
  readonly globals = new Map<Variable, Type>();
  readonly globalsWritten = new Set<Variable>();
  private readonly globalOrigins = new Map<Variable, Origin>();
  /** `Array(n)` expressions that are filled where they are created. */
  readonly filledArrays = new Set<Expression>();
  readonly library: LibraryFunctions;
  phase: Phase = AT_TOP;
  /** Literals of objects that are dictionaries: their members are named while the program runs. */
  readonly dictionaries: ReadonlySet<Expression>;
  /** Others that turned out to be. */
  readonly foundDictionaries = new Set<Expression>();
  /** Strings are cut at run time, so equal strings may have different handles. */
  cutsTexts = false;
  /** Specialisations that throw to their callers while the top level runs. */
  readonly throwers = new Set<Instance>();
  /** The same while the patch plays. */
  readonly throwersLive = new Set<Instance>();
  /** Functions that something calls. */
  readonly reachable = new Set<FunctionNode>();
  /** The latest closure of each function. */
  readonly closureOf = new Map<FunctionNode, Closure>();
  /** Assignments in a frame that may keep what the frame made, as of the pass that reports. */
  escapes: Escape[] = [];
  /** Calls in a frame that change the length of an array of a type that the top level makes. */
  growths: Growth[] = [];
  /** The statement of the library that is looked at, if it is a call: nobody uses what it returns. */
  effect: Expression | null = null;
  /** What is known of variables where the analysis is, each in one specialisation. */
  private narrowings: readonly { readonly instance: Instance; readonly narrowing: Narrowing }[] = [];
  /** Members that are asked for, as in `options.hz ?? 440`: one that the object does not have is `undefined` there, and no mistake. */
  readonly asked = new Set<Expression>();
  /** Expressions whose value is used only where they are. */
  readonly usedAtOnce = new Set<Expression>();
  pass = 0;
  /** Whether a sum may still turn out to be of texts. */
  isJoinOpen = false;
  /** Whether statements are run last to first: types flow either way, and what one order takes many passes for, the other may not. */
  isBackwards = false;
  /** Which functions get a version for every call in the patch, so that their mistakes have one place. */
  splits: Splits = 'nothing';
  /** Expressions that may still be looked at. */
  /** What is left of it. */
  work: number;
  private readonly initialisers = new Map<FunctionNode, Instance>();
  private readonly sharedClosures = new Map<FunctionNode, Closure>();
  /** Functions of the library that stand for methods of arrays, and those that they call. */
  private readonly genericClosures = new Set<Closure>();
  private readonly sharedFamilies = new Map<FunctionNode, FunctionType>();
  private nextClosureId = 1;
  private nextInstanceId = 1;
  /** In which pass each instance was analysed last, by phase. */
  private readonly done = new Map<Instance, [atTop: number, perFrame: number]>();

  /** `work`: how many expressions may be looked at; see src/compiler/workLimit.ts. */
  constructor(
    text: string,
    library: LibraryFunctions,
    work = Number.POSITIVE_INFINITY,
    dictionaries: ReadonlySet<Expression> = new Set(),
  ) {
    super(text);
    this.dictionaries = dictionaries;
    this.library = library;
    this.work = work;
  }

  /** @throws TooMuchWork */
  countWork(): void {
    if (--this.work < 0) throw new TooMuchWork(this.placeOf(this.current.closure.node.span));
  }

  // Variables

  typeOf(variable: Variable): Type {
    const known = variable.owner === null ? this.globals.get(variable) : this.ownerOf(variable).variables.get(variable);
    return known ?? NOTHING;
  }

  /** The type of a variable where it is read: of what is left of it behind tests of its kind. */
  typeHere(variable: Variable): Type {
    const type = this.typeOf(variable);
    if (this.narrowings.length === 0) return type;
    return this.narrowings.reduce(
      (rest, { instance, narrowing }) =>
        narrowing.variable === variable && instance === this.current ? narrowed(rest, narrowing) : rest,
      type,
    );
  }

  /** Runs `work` where something is known of variables. */
  where<Result>(tests: readonly Narrowing[], work: () => Result): Result {
    const known = tests.filter(({ variable, test }) => isTestOfKind(test) || isMixed(this.typeOf(variable)));
    if (known.length === 0) return work();
    const outer = this.narrowings;
    const instance = this.current;
    this.narrowings = [...outer, ...known.map((narrowing) => ({ instance, narrowing }))];
    const result = work();
    this.narrowings = outer;
    return result;
  }

  /** Whether a test is decided whose parts have been looked at. */
  truthOf(test: Expression): Truth {
    return truthOf(test, (part) => this.current.types.get(part.id) ?? NOTHING);
  }

  protected override originsOf(variable: Variable): Map<Variable, Origin> {
    return variable.owner === null ? this.globalOrigins : this.ownerOf(variable).origins;
  }

  /** Where a variable got its first value, for messages about its parts, which are of the given type. */
  originOf(expression: Expression, part: Type): Origin | null {
    if (expression.kind !== 'variable') return null;
    const origin = this.originsOf(expression.variable).get(expression.variable);
    return origin ? { span: origin.span, type: part } : null;
  }

  /** `from`: what gives the value, in the text of the patch. */
  assign(variable: Variable, value: Type, span: Span, from: Span | null = null): void {
    const owner = variable.owner === null ? null : this.ownerOf(variable);
    const place = owner?.variables ?? this.globals;
    const fits = this.checkWritten(variable.name, variable.written, value, from);
    const origins = owner?.origins ?? this.globalOrigins;
    const known = place.get(variable) ?? NOTHING;
    const given = fits ? value : BROKEN;
    if (known !== given || !place.has(variable)) {
      const what = (): string => (variable.kind === 'temporary' ? 'this' : `\`${variable.name}\``);
      const onConflict = this.conflictAt(span, what, origins.get(variable) ?? null);
      place.set(variable, this.unifier.grow(known, given, onConflict));
    }
    if (from && !origins.has(variable) && (value.object || (value.mask & ~(UNDEFINED | NULL)) !== 0)) {
      origins.set(variable, { span: from, type: value });
    }
  }

  /** An assignment to an existing variable: state, if it happens while the patch plays. */
  reassign(variable: Variable, value: Type, span: Span, given: Expression): void {
    this.assign(variable, value, span, given.span);
    if (this.phase !== PER_FRAME || this.typeOf(variable) === BROKEN) return;
    const owner = variable.owner === null ? null : this.ownerOf(variable);
    const written = owner?.written ?? this.globalsWritten;
    if (!written.has(variable)) {
      written.add(variable);
      this.unifier.changed = true;
    }
    const outlives = owner === null || (variable.storage === 'cell' && (owner.runs & AT_TOP) !== 0);
    if (outlives) this.checkEscape(value, `\`${variable.name}\``, span, given);
  }

  /**
   * Notes, in the pass that reports, a value that is kept where it would outlive the frame, if a value of its type is
   * made in a frame. Which one, and so where the mistake is, is determined once all are known.
   */
  checkEscape(value: Type, where: string, span: Span, given: Expression): void {
    if (this.phase !== PER_FRAME) return;
    for (const object of objectsOf(value)) {
      if ((object.made & PER_FRAME) === 0) continue;
      if (!this.reporting) this.isSilent = false;
      else this.escapes.push({ object, where, span, given, instance: this.current });
    }
  }

  /** Every specialisation that was analysed. */
  get instances(): Iterable<Instance> {
    return this.done.keys();
  }

  /** Whether the running function, or one around it, was specialised for more than numbers, booleans and strings. */
  isSpecialised(): boolean {
    for (let instance: Instance | null = this.current; instance; instance = instance.closure.parent) {
      if (instance.parameters.some((type) => type.object !== null || (type.mask & (UNDEFINED | NULL)) !== 0))
        return true;
    }
    return false;
  }

  /** The specialisation, around the one that runs, whose activation the variable belongs to. */
  ownerOf(variable: Variable): Instance {
    let instance: Instance | null = this.current;
    while (instance && instance.closure.node !== variable.owner) instance = instance.closure.parent;
    if (!instance) throw new Error(`infer: ${variable.name} has no owner around ${this.current.closure.node.path}`);
    return instance;
  }

  // Objects

  /** The type of the object this expression creates, one for each specialisation it is in. */
  made<Made extends ObjectType>(expressionId: number, make: () => Made): ObjectType {
    let object = this.current.made.get(expressionId);
    if (!object) {
      object = make();
      this.current.made.set(expressionId, object);
      this.unifier.changed = true;
    }
    const root = find(object);
    this.addPhase(root, this.phase);
    return root;
  }

  private addPhase(object: ObjectType, phase: Phase): void {
    if ((object.made & phase) !== 0) return;
    object.made |= phase;
    this.unifier.changed = true;
  }

  // Functions

  initialiser(node: FunctionNode): Instance {
    let instance = this.initialisers.get(node);
    if (!instance) {
      const closure: Closure = { node, parent: null, id: this.nextClosureId++, instances: new Map() };
      instance = this.newInstance(closure, [], null);
      closure.instances.set('', instance);
      this.initialisers.set(node, instance);
    }
    return instance;
  }

  /** The type of the closure that a function literal makes here. */
  closureType(node: FunctionNode): Type {
    if (node.parent === null) return this.sharedType(node);
    let closure = this.current.closures.get(node);
    if (!closure) {
      closure = { node, parent: this.current, id: this.nextClosureId++, instances: new Map() };
      this.current.closures.set(node, closure);
      this.closureOf.set(node, closure);
    }
    const made = closure;
    const closureSet = this.current.made.get(node.id) ?? this.unifier.newFunction(made, node.path);
    if (!this.current.made.has(node.id)) {
      this.current.made.set(node.id, closureSet);
      this.unifier.changed = true;
    }
    const root = find(closureSet);
    // Without captures, one static record serves every time.
    this.addPhase(root, node.captures.size === 0 ? AT_TOP : this.phase);
    return objectType(root);
  }

  /**
   * The type of a method in the object that this expression makes: a family for each object, so that classes that never meet
   * have calls of their own. `null`: the method is not known yet.
   */
  methodType(expressionId: number, variable: Variable): Type | null {
    const closure = this.heldBy(variable);
    if (!closure) return null;
    if (closure.node.captures.size > 0) return this.typeOf(variable);
    let family = this.current.made.get(expressionId);
    if (!family) {
      family = this.unifier.newFunction(closure, closure.node.path);
      this.current.made.set(expressionId, family);
      this.unifier.changed = true;
    }
    const root = find(family);
    this.addPhase(root, AT_TOP);
    return objectType(root);
  }

  /** Functions without a place in the text are the same wherever they are named. */
  private sharedType(node: FunctionNode): Type {
    let closure = this.sharedClosures.get(node);
    if (!closure) {
      closure = { node, parent: null, id: this.nextClosureId++, instances: new Map() };
      this.sharedClosures.set(node, closure);
    }
    let closureSet = this.sharedFamilies.get(node);
    if (!closureSet) {
      closureSet = this.unifier.newFunction(closure, node.path);
      closureSet.made = AT_TOP;
      this.sharedFamilies.set(node, closureSet);
    }
    this.current.closures.set(node, closure);
    this.current.made.set(node.id, closureSet);
    return objectType(find(closureSet));
  }

  /** The closure that a constant holds for certain, however many other functions its value meets elsewhere. */
  heldBy(variable: Variable): Closure | null {
    const { holds } = variable;
    if (!holds || variable.reassigned) return null;
    const maker = variable.owner === null ? this.initialisers.get(holds.parent!) : this.ownerOf(variable);
    // Methods of arrays call one another; no initialiser of theirs has run.
    if (!maker) return holds.unit?.isLibrary ? this.libraryClosure(holds) : null;
    return maker.closures.get(holds) ?? null;
  }

  /** The function that calls the default export if that is one of several. */
  rootClosure(node: FunctionNode): Closure {
    let closure = this.sharedClosures.get(node);
    if (!closure) {
      closure = { node, parent: this.current, id: this.nextClosureId++, instances: new Map() };
      this.sharedClosures.set(node, closure);
    }
    return closure;
  }

  libraryClosure(node: FunctionNode): Closure {
    let closure = this.sharedClosures.get(node);
    if (!closure) {
      closure = { node, parent: null, id: this.nextClosureId++, instances: new Map() };
      this.sharedClosures.set(node, closure);
    }
    this.genericClosures.add(closure);
    return closure;
  }

  /**
   * The specialisation of a function for these arguments: as many as it has parameters, `undefined` for missing ones.
   * With `isRestGiven` the last one is the array of the rest parameter.
   */
  instanceFor(closure: Closure, args: readonly Type[], span: Span, isRestGiven = false, ofCall = ''): Instance {
    const { parameters } = closure.node;
    const hasRest = parameters[parameters.length - 1]?.rest === true;
    const count = hasRest ? Math.max(args.length, parameters.length - 1) : parameters.length;
    const types = Array.from({ length: count }, (_, index) => args[index] ?? primitive(UNDEFINED));
    const isGeneric = this.genericClosures.has(closure);
    // Objects that an array method creates at the top level and in a frame have different types.
    const isByPhase = isGeneric && types.some((type) => type.object);
    const variant = isRestGiven ? ' rest' : isByPhase ? ` ${this.phase}` : '';
    const isStandard = closure.node.unit?.home === 'library';
    const isSplit = this.splits === 'all' ? isGeneric || isStandard : this.splits === 'library' && isStandard;
    const site = isSplit && this.librarySite ? ` @${this.librarySite.span.start}` : '';
    const key = types.map(typeKey).join() + variant + site + ofCall;
    const known = closure.instances.get(key);
    if (known) return known;
    // The library has a version for every callback; only recursion through the patch could be endless.
    if (closure.instances.size >= MAX_INSTANCES && !isGeneric && !isStandard) {
      this.report(span, 'too-many-versions', closure.node.path);
      return [...closure.instances.values()][0]!;
    }
    const instance = this.newInstance(closure, types, null, isRestGiven);
    closure.instances.set(key, instance);
    this.unifier.changed = true;
    return instance;
  }

  /** The specialisation of a closure's code when it is called as a member of a family. */
  familyInstance(closure: Closure, closureSet: FunctionType): Instance {
    const passed = passedBy(closureSet);
    const withThis = passesThis(closureSet) ? ' this' : '';
    const key = `family${withThis} ${closureSet.id}:${passed.map(typeKey).join()}`;
    let instance = closure.instances.get(key);
    if (!instance) {
      instance = this.newInstance(closure, [...passed], closureSet);
      closure.instances.set(key, instance);
      this.unifier.changed = true;
    }
    return instance;
  }

  private newInstance(
    closure: Closure,
    parameters: readonly Type[],
    closureSet: FunctionType | null,
    isRestGiven = false,
  ): Instance {
    return {
      id: this.nextInstanceId++,
      closure,
      parameters,
      isRestGiven,
      closureSet,
      result: NOTHING,
      variables: new Map(),
      written: new Set(),
      types: new Map(),
      calls: new Map(),
      made: new Map(),
      closures: new Map(),
      rewrites: new Map(),
      runs: 0,
      pass: 0,
      recursive: false,
      origins: new Map(),
      firstResult: null,
      firstCall: null,
      site: closure.node.unit?.isLibrary ? this.librarySite : null,
    };
  }

  /** Specialisations being analysed, the running one last. */
  private readonly stack = new Set<Instance>();

  end(instance: Instance): void {
    this.stack.delete(instance);
  }

  /** Whether the instance is still to be analysed in this pass and phase; marks it as done. */
  begin(instance: Instance): boolean {
    let done = this.done.get(instance);
    if (!done) {
      done = [0, 0];
      this.done.set(instance, done);
      this.reachable.add(instance.closure.node);
    }
    const index = this.phase === AT_TOP ? 0 : 1;
    if (this.stack.has(instance)) instance.recursive = true;
    if (done[index] === this.pass) return false;
    this.stack.add(instance);
    done[index] = this.pass;
    instance.pass = this.pass;
    if ((instance.runs & this.phase) === 0) {
      instance.runs |= this.phase;
      this.unifier.changed = true;
    }
    return true;
  }
}
