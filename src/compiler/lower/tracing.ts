/**
 * Code that looks for the first number that is not finite: where one is written into state or returned by the default
 * export while frames run, it traps at the expression that gave it. Only patches compiled with `traces` have it.
 *
 * In between, numbers that are not finite are harmless: what JavaScript makes of them is what was meant.
 */

import type { NonFinite } from '../../language/diagnostics.ts';
import type { Span } from '../../protocol/diagnostic.ts';
import type { Expression, Target, Variable } from '../ast.ts';
import { headOf } from '../infer/infer.ts';
import { AT_TOP, type Instance, objectOf } from '../infer/types.ts';
import { binary, f64, type IrExpression, type IrStatement, local, set, tee, unary } from '../ir.ts';
import type { FunctionContext } from './context.ts';
import { elementPlace, type Indexable, isIndexable, readElement, withSetup } from './elements.ts';
import { asNumber, intValue, isNumberBox, numberValue, type Value } from './values.ts';

/** What the lowering of a traced patch needs to know. */
export interface Traces {
  readonly text: string;
  readonly root: Instance | null;
}

const MAX_QUOTED = 32;

/** The value that is about to be written to a target, checked on the way if the target is state. */
export function traceWrite(context: FunctionContext, target: Target, value: Value, span: Span): Value {
  const { traces } = context.program;
  if (!traces || !isState(context, target)) return value;
  const quoted = traces.text.slice(target.span.start, target.span.end).replace(/\s+/g, ' ');
  const what = quoted.length <= MAX_QUOTED ? `\`${quoted}\`` : 'what is written here';
  const holder = target.kind === 'index' ? objectOf(context.typeOf(target.object)) : null;
  return traced(context, value, isIndexable(holder) ? holder : null, what, span);
}

/** The same for a method of arrays that writes elements: the place is its call in the patch. */
export function traceElement(context: FunctionContext, object: Indexable, value: Value, span: Span): Value {
  const isWatched = context.program.traces !== null && context.instance.site !== null && (object.made & AT_TOP) !== 0;
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
  return { kind: 'pointer', ir: { op: 'sequence', effects: [set(pointer, value.ir), ...checks], value: array } };
}

/** One channel of a pair that the default export writes out. */
export function traceChannel(context: FunctionContext, channel: number, ir: IrExpression, span: Span): IrExpression {
  if (!returnsSound(context)) return ir;
  return traced(context, numberValue(ir), null, CHANNELS[channel]!, span).ir;
}

/** What is left to check once the default export is back: that it returned anything. */
export function traceOutput(context: FunctionContext, root: Instance, channels: readonly number[]): IrStatement[] {
  const { traces } = context.program;
  if (!traces) return [];
  const span = headOf(traces.text, root.closure.node.span);
  return channels.map((index) => ({
    op: 'effect',
    value: traced(context, numberValue(local('f64', index)), null, RESULT, span).ir,
  }));
}

const RESULT = 'the result';
const CHANNELS = ['the left channel', 'the right channel'] as const;

const returnsSound = (context: FunctionContext): boolean =>
  context.program.traces !== null && context.program.traces.root === context.instance;

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

function traced(context: FunctionContext, value: Value, holder: Indexable | null, what: string, span: Span): Value {
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
  const isNumber = isTyped || value.kind === 'number' ? null : isNumberBox(local('f64', exact));
  const missing: IrExpression = binary('f64.ne', local('f64', exact), local('f64', exact));
  const finite = binary('f64.lt', unary('f64.abs', tee('f64', exact, held)), f64(Number.POSITIVE_INFINITY));
  const report: IrStatement = { op: 'if', test: missing, yes: [trap('NaN')], no: [trap('infinite')] };
  const found: IrStatement = isNumber ? { op: 'if', test: isNumber, yes: [report], no: [] } : report;
  const check: IrStatement = { op: 'ifLive', yes: [{ op: 'if', test: finite, yes: [], no: [found] }] };
  return withSetup([set(index, value.ir), check], kept);
}
