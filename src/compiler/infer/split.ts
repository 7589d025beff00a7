/**
 * Reads of values of several kinds more than one of which has what is read: `x[i]` of a list or a string. In: the expression.
 * Out: the same as a choice between the kinds, each with a read of its own, as if the patch had told them apart itself:
 * `const v = x, n = i; typeof v === 'string' ? v[n] : v[n]`. What has no members gives `undefined`, as JavaScript has it.
 */

import { ARRAY_METHODS } from '../../language/intrinsics.ts';
import type { Expression, Statement, Variable } from '../ast.ts';
import { FOLDED_METHODS } from '../resolve/texts.ts';
import type { Analysis } from './analysis.ts';
import { isDictionary } from './dictionaries.ts';
import { temporaryOf } from './temporaries.ts';
import {
  BOOLEAN,
  FUNCTION,
  isMixed,
  kindsOfType,
  LIST,
  NOTHING,
  NULL,
  NUMBER,
  OBJECTS,
  partOf,
  RECORD,
  STRING,
  TYPED,
  type Type,
  UNDEFINED,
} from './types.ts';

export type SplitExpression = Expression & { readonly kind: 'member' | 'index' | 'method' };

const KINDS: readonly (readonly [bit: number, name: string])[] = [
  [NUMBER, 'number'],
  [BOOLEAN, 'boolean'],
  [STRING, 'string'],
  [FUNCTION, 'function'],
];

const PROTOTYPES: readonly (readonly [bit: number, prototype: object])[] = [
  [NUMBER, Number.prototype],
  [BOOLEAN, Boolean.prototype],
  [STRING, String.prototype],
  [FUNCTION, Function.prototype],
  [LIST, Array.prototype],
  [TYPED, Float64Array.prototype],
  [RECORD, Object.prototype],
];

/** Whether every value of one of these kinds has something of this name from JavaScript, such as the `length` of a function. */
const isInherited = (name: string, kinds: number): boolean =>
  PROTOTYPES.some(([bit, prototype]) => (kinds & bit) !== 0 && name in prototype);

/** Whether a member is `undefined` whatever the value is. */
export function isLackedByAll(expression: Expression & { readonly kind: 'member' }, type: Type): boolean {
  const kinds = kindsOfType(type) & ~(UNDEFINED | NULL);
  // A value that may be absent and is no object has no pointer to look at first.
  if (kinds === 0 || (type.object === null && type.mask !== kinds && !expression.optional)) return false;
  return (kinds & havingKinds(expression, type)) === 0 && !isInherited(expression.name, kinds);
}

/** Strings, numbers and booleans in one place, and no objects; a `null` among them has to be asked for by `?.`. */
const isSometimesText = (type: Type, isOptional: boolean): boolean =>
  type.object === null &&
  (type.mask & STRING) !== 0 &&
  (type.mask & (NUMBER | BOOLEAN)) !== 0 &&
  (isOptional || (type.mask & NULL) === 0);

/** Which kinds of a value have what is read of it. */
function havingKinds(expression: SplitExpression, type: Type): number {
  const record = partOf(type, RECORD);
  const mayHave = (name: string): boolean =>
    record?.kind === 'record' && (record.fields.has(name) || isDictionary(record));
  if (expression.kind === 'index') {
    const { exact, index } = expression;
    const ofRecords = index.kind === 'number' ? mayHave(String(index.value)) : !exact;
    return LIST | TYPED | STRING | (ofRecords ? RECORD : 0);
  }
  const { name } = expression;
  const ofRecord = mayHave(name) ? RECORD : 0;
  if (expression.kind === 'member') return ofRecord | (name === 'length' ? LIST | TYPED | STRING : 0);
  const method = Object.hasOwn(ARRAY_METHODS, name) ? ARRAY_METHODS[name]! : null;
  const ofArrays = method ? (method.of === 'typed' ? 0 : LIST) | (method.of === 'plain' ? 0 : TYPED) : 0;
  return ofRecord | ofArrays | (FOLDED_METHODS.has(name) ? STRING : 0);
}

/**
 * The choice that a read of a value of this type is; `null`: it needs none, or cannot be told apart so. `throws`: whether
 * JavaScript throws for kinds that lack what is read, as for a method or in `for … of`.
 */
function splitOf(analysis: Analysis, expression: SplitExpression, type: Type, throws: boolean): Expression | null {
  if (!isMixed(type) && !isSometimesText(type, expression.optional)) return null;
  const having = type.mask & havingKinds(expression, type);
  const lacking = throws ? 0 : type.mask & (NUMBER | BOOLEAN | STRING | OBJECTS) & ~having;
  const isOne = (having & (having - 1)) === 0;
  if (isOne && lacking === 0) return null;
  // What none of them has is most often misspelt, unless the patch asks whether it is there.
  if (having === 0 && !(isMixed(type) && analysis.asked.has(expression))) return null;
  if (expression.kind !== 'index' && isInherited(expression.name, lacking)) return null;
  const untold = type.mask & (RECORD | TYPED);
  if (untold === (RECORD | TYPED)) return null;
  const known = made.get(expression);
  const key = (having * 1024 + lacking) * 16 + (type.mask & (UNDEFINED | NULL));
  if (known?.key === key) return known.split;
  const split = new Splitter(analysis, expression).split(having, lacking, (type.mask & (UNDEFINED | NULL)) !== 0);
  made.set(expression, { key, split });
  return split;
}

/**
 * The type of a read if it is such a choice, or else that of its holder. `rewrites` of the specialisation says which choice
 * stands for a read, for lower and for later passes.
 */
export function evaluateSplit(
  analysis: Analysis,
  expression: SplitExpression,
  throws: boolean,
  evaluate: (analysis: Analysis, expression: Expression) => Type,
): { readonly result: Type | null; readonly holder: Type } {
  const { rewrites, types } = analysis.current;
  // What reads of dictionaries become is none of ours.
  const known = made.has(expression) ? rewrites.get(expression.id) : undefined;
  if (known) {
    const result = evaluate(analysis, known);
    const holder = types.get(expression.object.id) ?? NOTHING;
    if (splitOf(analysis, expression, holder, throws) === known) return { result, holder };
  }
  const holder = evaluate(analysis, expression.object);
  const split = splitOf(analysis, expression, holder, throws);
  if (!split) {
    if (known) rewrites.delete(expression.id);
    return { result: null, holder };
  }
  rewrites.set(expression.id, split);
  analysis.unifier.changed = true;
  return { result: evaluate(analysis, split), holder };
}

/** A choice is the same object from pass to pass, so that what inference notes of it stays. */
const made = new WeakMap<Expression, { readonly key: number; readonly split: Expression }>();

class Splitter {
  private readonly expression: SplitExpression;
  private readonly holder: Variable;
  private readonly index: Variable;

  constructor({ current }: Analysis, expression: SplitExpression) {
    const { node } = current.closure;
    this.expression = expression;
    const temporary = (name: string): Variable => temporaryOf(this.freshId(), name, expression.object.span, node);
    this.holder = temporary('holder');
    holders.add(this.holder);
    this.index = temporary('index');
  }

  private freshId(): number {
    return nextId++;
  }

  split(having: number, lacking: number, mayLack: boolean): Expression {
    const { object, span } = this.expression;
    const statements: Statement[] = [{ kind: 'declare', span: object.span, variable: this.holder, value: object }];
    if (this.expression.kind === 'index' && this.expression.index.kind !== 'number') {
      statements.push({ kind: 'declare', span, variable: this.index, value: this.expression.index });
    }
    const all = having | lacking;
    const order = [...KINDS.map(([bit]) => bit), LIST, TYPED, RECORD].filter((bit) => (all & bit) !== 0);
    const outcome = (bit: number): Expression => ((having & bit) !== 0 ? this.read() : this.nothing());
    // The last kind is what is left after all tests: read as it is, it traps where it is absent.
    const last = order.pop()!;
    const choice = order.reduceRight<Expression>(
      (no, bit) => ({
        ...{ id: this.freshId(), span, kind: 'conditional', test: this.test(bit), yes: outcome(bit), no },
      }),
      outcome(last),
    );
    const value = mayLack && (having & last) === 0 ? this.unlessAbsent(choice) : choice;
    return { id: this.freshId(), span, kind: 'let', statements, value };
  }

  private nothing(): Expression {
    return { id: this.freshId(), span: this.expression.span, kind: 'undefined' };
  }

  private variable(variable: Variable): Expression {
    return { id: this.freshId(), span: variable.span, kind: 'variable', variable };
  }

  /** Whether the value is of a kind. */
  private test(bit: number): Expression {
    const { span } = this.expression;
    const args = [{ value: this.variable(this.holder), spread: false }];
    if (bit === LIST) return { id: this.freshId(), span, kind: 'builtin', name: 'Array.isArray', args };
    const operand = this.variable(this.holder);
    const left: Expression = { id: this.freshId(), span, kind: 'unary', operator: 'typeof', operand };
    const name = KINDS.find(([kind]) => kind === bit)?.[1] ?? 'object';
    const right: Expression = { id: this.freshId(), span, kind: 'string', value: name };
    return { id: this.freshId(), span, kind: 'binary', operator: '===', left, right };
  }

  /** What is absent is read as it is, which is a trap, or `undefined` after `?.`. */
  private unlessAbsent(no: Expression): Expression {
    const { span } = this.expression;
    const left = this.variable(this.holder);
    const right: Expression = { id: this.freshId(), span, kind: 'null' };
    const test: Expression = { id: this.freshId(), span, kind: 'binary', operator: '==', left, right };
    return { id: this.freshId(), span, kind: 'conditional', test, yes: this.read(), no };
  }

  private read(): Expression {
    const object = this.variable(this.holder);
    const id = this.freshId();
    const { expression } = this;
    return expression.kind === 'index'
      ? {
          ...expression,
          id,
          object,
          index: expression.index.kind === 'number' ? expression.index : this.variable(this.index),
        }
      : { ...expression, id, object };
  }
}

/** Variables of such choices: reads of them where they are absent are meant. */
const holders = new WeakSet<Variable>();

export const isHolder = (variable: Variable): boolean => holders.has(variable);

/** Ids that no text is long enough for, of which the parts are exact, too. */
let nextId = 2 ** 30;
