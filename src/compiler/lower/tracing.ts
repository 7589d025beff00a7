/**
 * Code that looks for the first number that is not finite. Only patches compiled with `traces` have it, in one of two
 * kinds: where such a number is *kept*, written into state or returned by the default export while frames run, or where one
 * is *made*, by an operation, a call or a conversion, also at the top level. It traps at the expression that gave it.
 *
 * In between, numbers that are not finite are harmless: what JavaScript makes of them is what was meant. So one that is
 * made matters only if what is kept would be finite without it, which src/worker/findNonFinite.ts tries out.
 */

import type { NonFinite } from '../../language/diagnostics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, Target, Variable } from '../ast.ts';
import { headOf } from '../infer/infer.ts';
import { AT_TOP, type Instance, NUMBER, objectOf, UNDEFINED } from '../infer/types.ts';
import { binary, f64, type IrExpression, type IrStatement, local, set, tee, unary } from '../ir.ts';
import type { FunctionContext } from './context.ts';
import { elementPlace, type Indexable, isIndexable, readElement, withSetup } from './elements.ts';
import { asNumber, intValue, isNumberBox, numberValue, testAbsent, type Value } from './values.ts';

/** What a traced patch is to do. */
export interface TraceRequest {
  readonly trapsWhere: 'kept' | 'made';
  /** Expressions (see `placeKey`) that give something finite in the place of what is not. */
  readonly neutral: ReadonlySet<string>;
}

/** Names an expression by its place. */
export const placeKey = ({ start, end }: Span): string => `${start}:${end}`;

/** What the lowering of a traced patch needs to know. */
export interface Traces extends TraceRequest {
  readonly text: string;
  readonly root: Instance | null;
}

const MAX_QUOTED = 32;
/** Larger than what anybody compares with, and still finite. */
const LARGE = 1e300;

/** The value of an expression that may make a number that is not finite out of others that are. */
export function traceMade(context: FunctionContext, expression: Expression, value: Value): Value {
  const { traces } = context.program;
  // What is of the library has no place in the text.
  if (!traces || context.instance.site !== null || !isMaker(expression)) return value;
  if (value.kind !== 'number' && value.kind !== 'boxed') return value;
  const { span } = expression;
  // What is read past an array's end is undefined, and NaN as soon as somebody computes with it.
  const isElement =
    expression.kind === 'index' &&
    value.kind === 'boxed' &&
    (value.mask & NUMBER) !== 0 &&
    (value.mask & UNDEFINED) !== 0;
  if (traces.neutral.has(placeKey(span))) return neutral(context, value, isElement);
  if (traces.trapsWhere !== 'made') return value;
  const what = quoteOf(traces, span, 'this number');
  const made = traced(context, value, null, what, span, false);
  if (!isElement) return made;
  const trap: IrStatement = { op: 'trap', site: context.site('not-finite', span, [what, 'NaN']) };
  const index = context.newLocal('f64');
  const kept: Value = { ...made, ir: local('f64', index) };
  const check: IrStatement = { op: 'if', test: testAbsent(kept, UNDEFINED), yes: [trap], no: [] };
  return withSetup([set(index, made.ir), check], kept);
}

/** Whether an expression may give a number that is not finite without having been given one. */
const isMaker = (expression: Expression): boolean =>
  expression.kind === 'number' ? !Number.isFinite(expression.value) : true;

/** The value if it is finite, and something finite that is most like it if not. */
function neutral(context: FunctionContext, value: Value, replacesUndefined: boolean): Value {
  const index = context.newLocal('f64');
  const read = local('f64', index);
  const replace: IrStatement = {
    op: 'if',
    test: binary('f64.ne', read, read),
    yes: [set(index, f64(0))],
    no: [set(index, binary('f64.copysign', f64(LARGE), read))],
  };
  const finite = binary('f64.lt', unary('f64.abs', read), f64(Number.POSITIVE_INFINITY));
  const found: IrStatement = { op: 'if', test: finite, yes: [], no: [replace] };
  const check: IrStatement =
    value.kind !== 'boxed' ? found : { op: 'if', test: isNumberBox(read, value.mask), yes: [found], no: [] };
  const kept: Value = { ...value, ir: read };
  const defined: IrStatement[] = replacesUndefined
    ? [{ op: 'if', test: testAbsent(kept, UNDEFINED), yes: [set(index, f64(0))], no: [] }]
    : [];
  return withSetup([set(index, value.ir), ...defined, check], kept);
}

function quoteOf({ text }: Traces, { start, end }: Span, otherwise: string): string {
  const quoted = text.slice(start, end).replace(/\s+/g, ' ');
  return quoted.length <= MAX_QUOTED ? `\`${quoted}\`` : otherwise;
}

/** The value that is about to be written to a target, checked on the way if the target is state. */
export function traceWrite(context: FunctionContext, target: Target, value: Value, span: Span): Value {
  const { traces } = context.program;
  if (traces?.trapsWhere !== 'kept' || !isState(context, target)) return value;
  const what = context.instance.site ? STATE : quoteOf(traces, target.span, 'what is written here');
  const holder = target.kind === 'index' ? objectOf(context.typeOf(target.object)) : null;
  return traced(context, value, isIndexable(holder) ? holder : null, what, span);
}

/** The same for a method of arrays that writes elements: the place is its call in the patch. */
export function traceElement(context: FunctionContext, object: Indexable, value: Value, span: Span): Value {
  const isTraced = context.program.traces?.trapsWhere === 'kept';
  const isWatched = isTraced && isOfKernel(context) && (object.made & AT_TOP) !== 0;
  return isWatched ? traced(context, value, object, 'an element of the array', span) : value;
}

/** What a `return` gives, checked if it is the default export that returns. */
export function traceResult(context: FunctionContext, expression: Expression, value: Value): Value {
  if (!returnsSound(context)) return value;
  const object = objectOf(context.typeOf(expression));
  if (!isIndexable(object)) return traced(context, value, null, RESULT, expression.span);
  const spans = expression.kind === 'array' && expression.elements.every(({ spread }) => !spread);
  const pointer = context.newLocal('i32');
  const array = local('i32', pointer);
  const checks = CHANNELS.map((what, position): IrStatement => {
    const element = readElement(
      context,
      elementPlace(context, object, array, intValue({ op: 'const', type: 'i32', value: position }, position, position)),
      true,
    );
    const span = (spans ? expression.elements[position]?.value.span : undefined) ?? expression.span;
    return { op: 'effect', value: traced(context, numberValue(asNumber(context, element)), null, what, span).ir };
  });
  return { kind: 'pointer', ir: { op: 'block', effects: [set(pointer, value.ir), ...checks], value: array } };
}

/** One channel of a pair that the default export writes out. */
export function traceChannel(context: FunctionContext, channel: number, ir: IrExpression, span: Span): IrExpression {
  if (!returnsSound(context)) return ir;
  return traced(context, numberValue(ir), null, CHANNELS[channel]!, span).ir;
}

/** What is left to check once the default export is back: that it returned anything. */
export function traceOutput(context: FunctionContext, root: Instance, channels: readonly number[]): IrStatement[] {
  const { traces } = context.program;
  if (traces?.trapsWhere !== 'kept') return [];
  const span = headOf(traces.text, root.closure.node.span);
  return channels.map((index) => ({
    op: 'effect',
    value: traced(context, numberValue(local('f64', index)), null, RESULT, span).ir,
  }));
}

/** What a function of the library keeps has no name that the patch knows. */
const STATE = 'what is kept';
const RESULT = 'the result';
const CHANNELS = ['the left channel', 'the right channel'] as const;

const isOfKernel = ({ instance }: FunctionContext): boolean => instance.closure.node.unit?.home === 'kernel';

const returnsSound = ({ program: { traces }, instance }: FunctionContext): boolean =>
  traces?.trapsWhere === 'kept' && traces.root === instance;

/** Whether what is written to a target is still there in the next frame. */
function isState(context: FunctionContext, target: Target): boolean {
  if (target.kind !== 'variable') {
    const object = objectOf(context.typeOf(target.object));
    return object !== null && (object.made & AT_TOP) !== 0;
  }
  const { variable } = target;
  if (variable.storage !== 'cell') return variable.storage === 'global';
  return (ownerOf(context, variable).runs & AT_TOP) !== 0;
}

function ownerOf(context: FunctionContext, variable: Variable): Instance {
  let owner = context.instance;
  while (owner.closure.node !== variable.owner && owner.closure.parent) owner = owner.closure.parent;
  return owner;
}

function traced(
  context: FunctionContext,
  value: Value,
  holder: Indexable | null,
  what: string,
  span: Span,
  onlyLive = true,
): Value {
  const isTyped = holder?.kind === 'typedArray';
  if (isTyped && holder.name !== 'Float32Array' && holder.name !== 'Float64Array') return value;
  if (!isTyped && value.kind !== 'number' && value.kind !== 'boxed') return value;
  if (value.kind === 'int' || value.kind === 'boolean') return value;
  const type = value.kind === 'number' || value.kind === 'boxed' ? 'f64' : 'i32';
  const index = context.newLocal(type);
  const kept: Value = { ...value, ir: local(type, index) };
  const exact = context.newLocal('f64');
  const number = isTyped ? asNumber(context, kept) : kept.ir;
  // A typed array holds numbers only, and may round a large one to infinity.
  const held = isTyped && holder.name === 'Float32Array' ? unary('f64.promote', unary('f32.demote', number)) : number;
  const trap = (why: NonFinite): IrStatement => ({ op: 'trap', site: context.site('not-finite', span, [what, why]) });
  const isNumber = isTyped || value.kind !== 'boxed' ? null : isNumberBox(local('f64', exact), value.mask);
  const missing: IrExpression = binary('f64.ne', local('f64', exact), local('f64', exact));
  const finite = binary('f64.lt', unary('f64.abs', tee('f64', exact, held)), f64(Number.POSITIVE_INFINITY));
  const report: IrStatement = { op: 'if', test: missing, yes: [trap('NaN')], no: [trap('infinite')] };
  const found: IrStatement = isNumber ? { op: 'if', test: isNumber, yes: [report], no: [] } : report;
  const check: IrStatement = { op: 'if', test: finite, yes: [], no: [found] };
  return withSetup([set(index, value.ir), onlyLive ? { op: 'ifLive', yes: [check] } : check], kept);
}
