/**
 * Typed patch → IR. One function for every specialisation that can run, one for what each unit does when the top level
 * runs, and `render`, through which the audio thread plays the patch.
 */

import { HEADER, MAX_BLOCK_FRAMES } from '../../protocol/arena.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import { append } from '../append.ts';
import type { Statement, Unit, Variable } from '../ast.ts';
import { exceedsCallCost } from '../cost.ts';
import { guardPointers } from '../guardPointers.ts';
import type { TypedPatch } from '../infer/infer.ts';
import { allUnits } from '../infer/patchUnits.ts';
import { AT_TOP, type Instance, objectOf, type Splits, shiftOf, type Type } from '../infer/types.ts';
import {
  binary,
  f64,
  type GuardTarget,
  type IrExpression,
  type IrFunction,
  type IrStatement,
  i32,
  load,
  local,
  type ResultType,
  set,
  store,
  type ValueType,
} from '../ir.ts';
import { ARRAY } from '../memoryLayout.ts';
import type { SampleSizes } from '../resolve/libraryNames.ts';
import type { IndexShape } from '../ringShape.ts';
import type { Roles } from '../role.ts';
import { lazyRoles } from '../roles.ts';
import type { FieldShape, RootShape } from '../shape.ts';
import { RENDER_SYMBOL } from '../symbols.ts';
import { FunctionContext } from './context.ts';
import { allocateArray, layoutOf } from './elements.ts';
import { lowerExpression } from './expressions.ts';
import type { FunctionCache } from './functionCache.ts';
import { type PatchShapes, shapesOf } from './patchShapes.ts';
import {
  type Asked,
  isLive,
  keyOf,
  type LibrarySignatures,
  type LoweredFunction,
  Program,
  type StaticClosure,
} from './program.ts';
import { representationOf, valueTypeOf } from './representation.ts';
import { callRoot } from './root.ts';
import { enter, lowerStatements, startValue } from './statements.ts';
import { type TraceRequest, traceOutput } from './tracing.ts';
import { stopping } from './unwinding.ts';
import { asRepresentation, fromRepresentation, testAbsent, undefinedValue, type Value } from './values.ts';
import { writeVariable } from './variables.ts';

/** No name of the text is like it. */
const UNSET_UNIT = 'std/unset';

export interface LoweredUnit {
  readonly name: string;
  readonly functions: readonly LoweredFunction[];
  /** Runs once, in the worker; `null` for what has nothing to do. */
  readonly initialiser: LoweredFunction | null;
  /** Position in the text; `null` for units of the library. */
  readonly source: Unit | null;
}

export interface LoweredPatch {
  /** In the order in which their initialisers run. */
  readonly units: readonly LoweredUnit[];
  readonly staticClosures: readonly StaticClosure[];
  /** Texts that the code names, by symbol. */
  readonly strings: ReadonlyMap<string, string>;
  readonly libraryCalls: ReadonlySet<string>;
  readonly roots: readonly RootShape[];
  /** What the roots were made from. */
  readonly shapes: PatchShapes;
  /** Where the indices stand that shapes tell of. */
  readonly indexSpans: ReadonlyMap<IndexShape, Span>;
  /** Where the name of a variable stands that a field is; `null`: it is none. */
  readonly declaredAt: (field: FieldShape) => number | null;
  /** What the state is that the roots lead to. */
  readonly roles: Roles;
  /** Whether a frame makes arrays, objects or closures. */
  readonly allocatesPerFrame: boolean;
}

/** A function as it was lowered, and how to lower it once more. */
export interface Piece extends Asked {
  readonly instance: Instance;
  /** The unit that it initialises. */
  readonly unit: Unit | null;
  readonly make: () => LoweredFunction;
}

export interface Lowering {
  readonly program: Program;
  readonly pieces: readonly Piece[];
}

export interface LowerOptions {
  /** Code traps at the first number that is not finite. */
  readonly traces?: TraceRequest;
  /** What gets a version for every call in the patch, so that a trap in one has one place. */
  readonly splits?: Splits;
  /** Sound files that have been loaded. */
  readonly samples?: SampleSizes;
  /** Code of the patch says where its text begins (lineMarks.ts). */
  readonly marksLines?: boolean;
}

/** `cache`: of the text before. What is lowered with it is the same as without. */
export const lower = (
  typed: TypedPatch,
  library: LibrarySignatures,
  options: LowerOptions = {},
  cache: FunctionCache | null = null,
): LoweredPatch => finishLowering(lowerPieces(typed, library, options, cache), typed);

/** All that is lowered, piece by piece, in the order in which it is asked for. */
export function lowerPieces(
  typed: TypedPatch,
  library: LibrarySignatures,
  options: LowerOptions = {},
  cache: FunctionCache | null = null,
): Lowering {
  const unitOf = new Map<Variable, Unit>();
  for (const unit of allUnits(typed.patch)) for (const variable of unit.variables) unitOf.set(variable, unit);
  const request = options.traces;
  const traces = request ? { ...request, text: typed.patch.text, root: typed.root?.instance ?? null } : null;
  const { globals, lastPass, cutsTexts } = typed;
  const program = new Program(globals, unitOf, library, lastPass, cutsTexts, traces, options.marksLines);
  program.functionCache = cache;
  program.unwinding = typed.patch.unwinding;
  program.mayThrow = typed.mayThrow;
  cache?.begin();
  const pieces: Piece[] = [];
  const add = (instance: Instance, make: () => LoweredFunction, unit: Unit | null = null): void => {
    pieces.push({ instance, unit, make, ...program.asking(make) });
  };
  for (const { unit, instance } of typed.initialisers) {
    if (unit.initialiser.body.length > 0) add(instance, () => lowerInitialiser(program, unit, instance), unit);
  }
  if (typed.root) {
    const { variable, instance } = typed.root;
    const pairSymbol = returnsPairs(instance) ? program.pairSymbolOf(instance) : null;
    add(instance, () => lowerRender(program, variable, instance, pairSymbol, typed.beforeFrames));
    if (pairSymbol !== null) add(instance, () => lowerInstance(program, instance, pairSymbol));
  }
  for (let instance = program.queue.shift(); instance; instance = program.queue.shift()) {
    const next = instance;
    add(next, () => lowerInstance(program, next));
  }
  return { program, pieces };
}

/** `during`: runs what reads the tree when that is asked for, while it is what it is now. */
export function finishLowering(
  { program, pieces }: Lowering,
  typed: TypedPatch,
  during: <Result>(work: () => Result) => Result = (work) => work(),
  shapes: PatchShapes = shapesOf(program, typed),
): LoweredPatch {
  const unset = lowerUnset(program, typed);
  const functions = pieces.flatMap(({ unit, made }) => (unit ? [] : [made]));
  const initialisers = new Map(pieces.flatMap(({ unit, made }) => (unit ? [[unit, made] as const] : [])));
  const units = groupUnits(allUnits(typed.patch), functions, initialisers);
  return {
    units: unset ? [unset, ...units] : units,
    staticClosures: [...program.staticClosures.values()],
    strings: program.strings,
    libraryCalls: new Set(pieces.flatMap(({ libraryCalls }) => libraryCalls)),
    roots: shapes.roots,
    shapes,
    indexSpans: shapes.rings.indexSpans(),
    declaredAt: (field) => during(() => shapes.variables.get(field)?.span.start ?? null),
    roles: lazyRoles(program, typed, shapes.sources, during),
    allocatesPerFrame: functions.some((fn) => fn.isLive && fn.allocates),
  };
}

/** Functions of the kernel, each a unit of its own, and the units that initialise its tables. */
export interface LoweredLibrary {
  readonly units: readonly LoweredUnit[];
  /** Symbols of the variables that a unit initialises, by its name. */
  readonly variables: ReadonlyMap<string, readonly string[]>;
}

export function lowerLibrary(
  analysis: { readonly globals: ReadonlyMap<Variable, Type>; readonly pass: number },
  initialisers: readonly { readonly unit: Unit; readonly instance: Instance }[],
  fn: Instance,
  library: LibrarySignatures,
): LoweredLibrary {
  const unitOf = new Map(initialisers.flatMap(({ unit }) => unit.variables.map((variable) => [variable, unit])));
  const program = new Program(analysis.globals, unitOf, library, analysis.pass);
  program.symbolOf(fn);
  const units: LoweredUnit[] = [];
  const variables = new Map<string, readonly string[]>();
  for (let instance = program.queue.shift(); instance; instance = program.queue.shift()) {
    const lowered = lowerInstance(program, instance);
    units.push({ name: lowered.unit, functions: [lowered], initialiser: null, source: null });
  }
  for (const { unit, instance } of initialisers) {
    const tables = unit.variables.filter((variable) => variable.kind !== 'function');
    if (tables.length === 0) continue;
    const name = keyOf(unit);
    variables.set(
      name,
      tables.map((variable) => program.variableSymbol(variable)),
    );
    const initialiser = lowerInitialiser(program, unit, instance);
    units.push({ name, functions: [], initialiser, source: null });
  }
  return { units, variables };
}

function groupUnits(
  units: readonly Unit[],
  functions: readonly LoweredFunction[],
  initialisers: ReadonlyMap<Unit, LoweredFunction>,
): LoweredUnit[] {
  const byUnit = new Map<string, LoweredFunction[]>();
  for (const fn of functions) {
    const known = byUnit.get(fn.unit);
    if (known) known.push(fn);
    else byUnit.set(fn.unit, [fn]);
  }
  const own = units.map((unit) => {
    const name = keyOf(unit);
    const mine = byUnit.get(name) ?? [];
    byUnit.delete(name);
    // A tree that is kept changes with the text; what is made of it does not.
    const source = unit.isLibrary ? null : { ...unit };
    return { name, functions: mine, initialiser: initialisers.get(unit) ?? null, source };
  });
  const kernel = [...byUnit].map(([name, mine]) => ({ name, functions: mine, initialiser: null, source: null }));
  return [...kernel, ...own];
}

/** Gives the variables of the top level that may be used too early what they hold until then; runs before all other initialisers. */
function lowerUnset(program: Program, typed: TypedPatch): LoweredUnit | null {
  const isEarly = (variable: Variable): boolean => variable.mayBeUnset || variable.startsUndefined;
  const variables = typed.patch.units.flatMap((unit) => unit.variables.filter(isEarly));
  const [first] = typed.initialisers;
  if (variables.length === 0 || !first) return null;
  const context = new FunctionContext(program, first.instance, 0, false);
  const body = variables.flatMap((variable) => startValue(context, variable));
  const ir = finish(context, `${UNSET_UNIT}/init`, [], 'void', body);
  const { sites, allocates } = context;
  const initialiser = { ir, unit: UNSET_UNIT, path: UNSET_UNIT, sites, allocates, isLive: false, isRecursive: false };
  return { name: UNSET_UNIT, functions: [], initialiser, source: null };
}

function lowerInitialiser(program: Program, unit: Unit, instance: Instance): LoweredFunction {
  const context = new FunctionContext(program, instance, 0, false);
  context.isInitialiser = true;
  const body = stopping(context, lowerStatements(context, unit.initialiser.body));
  const name = keyOf(unit);
  const ir = finish(context, `${name}/init`, [], 'void', body);
  return {
    ir,
    unit: name,
    path: unit.name,
    sites: context.sites,
    allocates: context.allocates,
    isLive: false,
    isRecursive: false,
  };
}

/** With `pairSymbol`: the version of the root that writes its pair to the header; others may call it as what it is. */
function lowerInstance(program: Program, instance: Instance, pairSymbol: string | null = null): LoweredFunction {
  const { node } = instance.closure;
  const signature = program.signatureOf(instance);
  const context = new FunctionContext(program, instance, signature.parameters.length, pairSymbol !== null);
  const body: IrStatement[] = [];
  bindParameters(context, instance);
  enter(context, node.scope, node.span, body, () => storeCellParameters(context, instance, body));
  append(body, lowerStatements(context, node.body));
  const result: ResultType = pairSymbol !== null ? 'void' : signature.result;
  if (result !== 'void') {
    const nothing = asRepresentation(context, undefinedValue(), representationOf(instance.result));
    if (body[body.length - 1]?.op !== 'return') body.push({ op: 'return', value: nothing });
  }
  if (instance.recursive || (node.unit?.home !== 'kernel' && exceedsCallCost(body))) {
    body.unshift({ op: 'fuel', site: context.site('endless-loop', node.span) });
  }
  const symbol = pairSymbol ?? program.symbolOf(instance);
  const ir = finish(context, symbol, signature.parameters, result, body);
  const unit = node.unit && node.unit.home !== 'kernel' ? keyOf(node.unit) : symbol;
  const { sites, allocates } = context;
  const { recursive: isRecursive } = instance;
  const { path, span, hasThis: takesThis } = node;
  return { ir, unit, path, sites, allocates, isLive: isLive(instance), isRecursive, span, takesThis };
}

function finish(
  context: FunctionContext,
  symbol: string,
  parameters: IrFunction['signature']['parameters'],
  result: ResultType,
  body: readonly IrStatement[],
): IrFunction {
  const fn: IrFunction = {
    symbol,
    signature: { parameters, result },
    locals: context.locals,
    body: [...context.prologue(), ...body],
  };
  const sites = new Map<GuardTarget, number>();
  const siteFor = (target: GuardTarget): number => {
    let site = sites.get(target);
    if (site === undefined) {
      const code = target === 'elements' ? 'outside-array' : 'undefined-value';
      site = context.site(code, context.instance.closure.node.span);
      sites.set(target, site);
    }
    return site;
  };
  const { functionCache } = context.program;
  return functionCache ? functionCache.guard(fn, context.sites.length, siteFor) : guardPointers(fn, siteFor);
}

/** Parameters that stay as they came keep the wasm parameter as their local. */
function bindParameters(context: FunctionContext, instance: Instance): void {
  const shift = shiftOf(instance);
  instance.closure.node.parameters.forEach((parameter, position) => {
    const index = position + shift;
    const type = instance.parameters[index];
    const isRest = parameter.rest && !instance.isRestGiven;
    if (isRest || !type || parameter.fallback || parameter.variable.storage !== 'local') return;
    if (representationOf(type) === representationOf(context.variableType(parameter.variable))) {
      context.bindLocal(parameter.variable, 1 + index);
    }
  });
}

function storeCellParameters(context: FunctionContext, instance: Instance, out: IrStatement[]): void {
  const shift = shiftOf(instance);
  instance.closure.node.parameters.forEach((parameter, position) => {
    const index = position + shift;
    const { variable } = parameter;
    if (parameter.rest && !instance.isRestGiven) {
      out.push(writeVariable(context, variable, restArray(context, instance, { variable, index }, out)));
      return;
    }
    const type = instance.parameters[index];
    if (!type) return;
    const given = parameterValue(type, index);
    if (parameter.fallback) {
      const fallback = lowerExpression(context, parameter.fallback);
      const wanted = representationOf(context.variableType(variable));
      const ir: IrExpression = {
        op: 'conditional',
        type: valueTypeOf(wanted),
        test: testAbsent(given, 4),
        yes: asRepresentation(context, fallback, wanted),
        no: asRepresentation(context, given, wanted),
      };
      out.push(writeVariable(context, variable, fromRepresentation(ir, wanted, context.variableType(variable))));
      return;
    }
    const place = context.location(variable);
    if (place.kind === 'local' && place.index === 1 + index) return;
    out.push(writeVariable(context, variable, given));
  });
}

function parameterValue(type: Type, index: number): Value {
  const representation = representationOf(type);
  return fromRepresentation(local(valueTypeOf(representation), 1 + index), representation, type);
}

/** `rest`: the parameter, and where among what is passed its elements begin. */
function restArray(
  context: FunctionContext,
  instance: Instance,
  { variable, index: from }: { readonly variable: Variable; readonly index: number },
  out: IrStatement[],
): Value {
  const object = objectOf(context.variableType(variable));
  if (object?.kind !== 'array') return undefinedValue();
  const layout = layoutOf(object);
  const extra = instance.parameters.slice(from);
  const pointer = allocateArray(context, layout, i32(extra.length), variable.span, out);
  extra.forEach((type, position) => {
    const value = asRepresentation(context, parameterValue(type, from + position), representationOf(object.element));
    out.push(store(layout.access, local('i32', pointer), ARRAY.SIZE_BYTES + (position << layout.shift), value));
  });
  return { kind: 'pointer', ir: local('i32', pointer) };
}

/** Whether every `return` of the root is a pair written out, so that no array needs to be made. */
function returnsPairs(root: Instance): boolean {
  const object = objectOf(root.result);
  if (object?.kind !== 'array' || root.result.mask !== 0 || (root.runs & AT_TOP) !== 0) return false;
  return everyReturn(root.closure.node.body);
}

function everyReturn(body: readonly Statement[]): boolean {
  return body.every((statement) => {
    switch (statement.kind) {
      case 'return':
        return (
          statement.value?.kind === 'array' &&
          statement.value.elements.length === 2 &&
          statement.value.elements.every((element) => !element.spread)
        );
      case 'block':
      case 'loop':
        return everyReturn(statement.body);
      case 'if':
        return everyReturn(statement.yes) && everyReturn(statement.no);
      case 'switch':
        return statement.cases.every((entry) => everyReturn(entry.body));
      default:
        return true;
    }
  });
}

/** No function of a patch takes such a number, so that none can be called in its place, or it in theirs. */
const RENDER_PARAMETERS: readonly ValueType[] = ['f32'];

/**
 * `render(base, frames)`: calls the default export once per frame. What one frame allocates is given back before the
 * next. In place of an environment, local 0 is the number of frames.
 */
function lowerRender(
  program: Program,
  variable: Variable,
  root: Instance,
  pairSymbol: string | null,
  beforeFrames: readonly Instance[],
): LoweredFunction {
  const context = new FunctionContext(program, root, RENDER_PARAMETERS.length, false);
  const header = (access: 'f64' | 'i32', field: number): IrExpression => load(access, i32(0), field);
  const setHeader = (access: 'f64' | 'i32', field: number, value: IrExpression): IrStatement =>
    store(access, i32(0), field, value);
  const index = context.newLocal('i32');
  const [left, right] = [context.newLocal('f64'), context.newLocal('f64')];
  const output = (field: number, value: IrExpression): IrStatement =>
    store(
      'f64',
      binary('i32.shl', binary('i32.and', local('i32', index), i32(MAX_BLOCK_FRAMES - 1)), i32(3)),
      field,
      value,
    );
  const time = binary('f64.div', header('f64', HEADER.CURRENT_FRAME), header('f64', HEADER.SAMPLE_RATE));
  const turn: IrStatement[] = [
    {
      op: 'if',
      test: binary('i32.ge_s', local('i32', index), local('i32', 0)),
      yes: [{ op: 'break', label: 'done' }],
      no: [],
    },
    setHeader('i32', HEADER.HEAP_POINTER, header('i32', HEADER.SCRATCH_START)),
    ...beforeFrames.flatMap((instance) => lowerCall(program, instance)),
    ...callRoot(context, program, variable, root, pairSymbol, time, left, right),
    ...traceOutput(context, root, [left, right]),
    output(HEADER.OUTPUT_LEFT, local('f64', left)),
    output(HEADER.OUTPUT_RIGHT, local('f64', right)),
    setHeader('f64', HEADER.CURRENT_FRAME, binary('f64.add', header('f64', HEADER.CURRENT_FRAME), f64(1))),
    set(index, binary('i32.add', local('i32', index), i32(1))),
    { op: 'continue', label: 'frames' },
  ];
  const body: IrStatement[] = [
    setHeader('i32', HEADER.FUEL, header('i32', HEADER.FUEL_PER_BLOCK)),
    set(index, i32(0)),
    {
      op: 'block',
      label: 'done',
      body: [{ op: 'loop', label: 'frames', body: turn, site: context.site('endless-loop', root.closure.node.span) }],
    },
  ];
  const ir = finish(context, RENDER_SYMBOL, RENDER_PARAMETERS, 'void', body);
  return {
    ir,
    unit: 'default',
    path: 'render',
    sites: context.sites,
    allocates: false,
    isLive: true,
    isRecursive: false,
  };
}

/** A call of a function without captures and parameters, for its effect. */
function lowerCall(program: Program, instance: Instance): IrStatement[] {
  const signature = program.signatureOf(instance);
  const target = program.symbolOf(instance);
  return [{ op: 'effect', value: { op: 'call', target, signature, args: [i32(0)] } }];
}
