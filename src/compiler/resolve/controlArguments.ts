/**
 * Arguments of controls that are wrong as they stand: options in place of the value, a text for a number, an option that there is
 * not. In: a call. Out: reports at the argument, before the library's own code would stumble over it. What is not written out here is
 * left to the types. Pure.
 */

import { nearestName } from '../../language/nearestName.ts';
import type { Argument, Expression } from '../ast.ts';
import type { Context } from './context.ts';

type Kind = 'a number' | 'a string' | 'true or false' | 'an array' | 'an object' | 'a function' | 'null';

interface Wanted {
  /** As it is called in a message. */
  readonly what: string;
  readonly kinds: readonly Kind[];
}

type Options = Readonly<Record<string, readonly Kind[]>>;

interface Signature {
  /** Behind the name, without the options. */
  readonly values: readonly Wanted[];
  readonly options: Options | null;
  /** How the options are given. */
  readonly example: string;
}

const NUMBER = { what: 'The value', kinds: ['a number'] } as const;
const RANGE: Options = {
  ...{ min: ['a number'], max: ['a number'], step: ['a number'], curve: ['a number', 'a string'] },
  ...{ unit: ['a string'], smooth: ['a number'] },
};

const SIGNATURES: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ['slider', { values: [NUMBER], options: RANGE, example: "slider('name', 0.5, { min: 0, max: 1 })" }],
  ['knob', { values: [NUMBER], options: RANGE, example: "knob('name', 0.5, { min: 0, max: 1 })" }],
  ['toggle', { values: [{ what: 'The state', kinds: ['a number', 'true or false'] }], options: null, example: '' }],
  [
    'select',
    {
      values: [
        { what: 'The list of options', kinds: ['an array'] },
        { what: 'The index', kinds: ['a number'] },
      ],
      options: null,
      example: '',
    },
  ],
  [
    'xy',
    {
      values: [
        { what: 'The value of x', kinds: ['a number'] },
        { what: 'The value of y', kinds: ['a number'] },
      ],
      options: { smooth: ['a number'] },
      example: "xy('name', 0.5, 0.5, { smooth: 0.02 })",
    },
  ],
]);

/** Whether it has reported something. `args`: all of them, the name first. */
export function reportControlArguments(context: Context, by: string, args: readonly Argument[]): boolean {
  const signature = SIGNATURES.get(by);
  if (!signature || args.some(({ spread }) => spread)) return false;
  const { values, options, example } = signature;
  for (const [index, { what, kinds }] of values.entries()) {
    const value = args[1 + index]?.value;
    const kind = value && kindOf(value);
    if (!value || !kind || kinds.includes(kind)) continue;
    const hint = options !== null && kind === 'an object' ? ` Its options come last: \`${example}\`.` : '';
    context.report(value.span, 'control-argument', `${what} of \`${by}\``, listOf(kinds), kind, hint);
    return true;
  }
  const last = options && args[1 + values.length]?.value;
  if (!last) return false;
  const kind = kindOf(last);
  if (kind && kind !== 'an object') {
    const hint = ` As in \`${example}\`.`;
    context.report(last.span, 'control-argument', `What \`${by}\` takes last`, 'an object', kind, hint);
    return true;
  }
  return last.kind === 'record' && reportOptions(context, by, last, options);
}

function reportOptions(
  context: Context,
  by: string,
  { entries }: Extract<Expression, { kind: 'record' }>,
  options: Options,
): boolean {
  for (const entry of entries) {
    if (entry.kind === 'spread' || entry.isMethod) continue;
    const { name, value } = entry;
    const kinds = Object.hasOwn(options, name) ? options[name] : undefined;
    const kind = kindOf(value);
    if (!kinds) {
      const known = Object.keys(options);
      context.report(value.span, 'control-option', by, name, known, nearestName(name, known));
      return true;
    }
    const isCurve = name === 'curve' && value.kind === 'string' && !['log', 'linear'].includes(value.value);
    if (!isCurve && (!kind || kinds.includes(kind))) continue;
    const wanted = name === 'curve' ? "'linear', 'log' or a number" : listOf(kinds);
    const got = isCurve ? `'${value.value}'` : (kind ?? '');
    context.report(value.span, 'control-argument', `\`${name}\` of \`${by}\``, wanted, got, '');
    return true;
  }
  return false;
}

const listOf = (kinds: readonly Kind[]): string => kinds.join(' or ');

/** Null where only the types know. */
function kindOf(expression: Expression): Kind | null {
  switch (expression.kind) {
    case 'number':
      return 'a number';
    case 'string':
      return 'a string';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'an array';
    case 'record':
      return 'an object';
    case 'closure':
      return 'a function';
    case 'null':
      return 'null';
    default:
      return null;
  }
}
