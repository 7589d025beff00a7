/**
 * Objects whose members are named while the program runs. A literal `{}` becomes such a dictionary once something is assigned to
 * it by a key that is not known; inference then begins again. In: reads, assignments and listings of one. Out: the same as calls
 * of what src/library/dictionaries.ts makes, as if the patch had written those.
 */

import type { Argument, Expression, Statement, Target, Variable } from '../ast.ts';
import type { Analysis } from './analysis.ts';
import { temporaryOf } from './temporaries.ts';
import { type ObjectType, objectOf, objectType, type RecordExpression, type RecordType, type Type } from './types.ts';

const MARK = 'is dictionary';

export const isDictionary = (object: ObjectType | null): boolean =>
  object?.kind === 'record' && object.fields.has(MARK);

/** What dictionaries and methods of arrays are made of. */
export const isInKernel = ({ current }: Analysis): boolean => current.closure.node.unit?.home === 'kernel';

/** Whether it is one. Literals that meet one, in a variable or elsewhere, are to be dictionaries, too. */
function isOne(analysis: Analysis, type: Type): boolean {
  const object = objectOf(type);
  if (object?.kind !== 'record' || !isDictionary(object)) return false;
  for (const literal of object.literals) analysis.foundDictionaries.add(literal);
  return true;
}

/**
 * Whether what makes an object may make a dictionary instead, which is then noted. `{}` always may; others only where something is
 * asked of them that no other object has.
 */
export function becomesDictionary(analysis: Analysis, record: RecordType, isAny = false): boolean {
  if (isOne(analysis, objectType(record))) return true;
  const literals = [...record.literals].filter(({ entries }) => isAny || entries.length === 0);
  for (const literal of literals) if (!analysis.dictionaries.has(literal)) analysis.foundDictionaries.add(literal);
  return literals.length > 0;
}

type Evaluate = (analysis: Analysis, expression: Expression) => Type;

/** What a read of a member, or a call of one, becomes; `null`: the object is none, or the call is one of those made here. */
export function ofDictionary(
  analysis: Analysis,
  expression: Expression & { readonly kind: 'member' | 'index' | 'method' },
  holder: Type,
  evaluate: Evaluate,
): Type | null {
  if (own.has(expression) || isInKernel(analysis) || !isOne(analysis, holder)) return null;
  return rewritten(analysis, expression, evaluate, ({ call, let: bind, node, read }) => {
    const { object, span } = expression;
    if (expression.kind === 'index') return call(object, 'get', [expression.index], expression.optional);
    const name = node({ kind: 'string', value: expression.name });
    if (expression.kind === 'member') return call(object, 'get', [name], expression.optional);
    const held = bind('object', object);
    const callee = call(read(held.variable), 'get', [name], expression.optional);
    const { args, optional } = expression;
    return { ...node({ kind: 'let', statements: [held.statement], value: callOf(callee, read(held.variable)) }), span };

    function callOf(callee: Expression, receiver: Expression): Expression {
      return node({ kind: 'call', callee, receiver, args, optional });
    }
  });
}

/** What an assignment to a member becomes. */
export function assignToDictionary(
  analysis: Analysis,
  expression: Expression & { readonly kind: 'assign' | 'update' },
  holder: Type,
  evaluate: Evaluate,
): Type | null {
  const { target } = expression;
  if (target.kind === 'variable' || !isOne(analysis, holder)) return null;
  return rewritten(analysis, expression, evaluate, (make) => {
    const { call, let: bind, node, read } = make;
    const object = bind('object', target.object);
    const key = bind('key', keyOf(target, make));
    const set = (value: Expression): Expression => call(read(object.variable), 'set', [read(key.variable), value]);
    const get = (): Expression => call(read(object.variable), 'get', [read(key.variable)]);
    const statements = [object.statement, key.statement];
    if (expression.kind === 'update') {
      const old = bind('old', node({ kind: 'unary', operator: '+', operand: get() }));
      const step = node({ kind: 'number', value: -expression.step });
      const next = set(node({ kind: 'binary', operator: '-', left: read(old.variable), right: step }));
      const value = expression.prefix ? next : node({ kind: 'sequence', effects: [next], value: read(old.variable) });
      return node({ kind: 'let', statements: [...statements, old.statement], value });
    }
    const { operator, value: right } = expression;
    if (operator === null) return node({ kind: 'let', statements, value: set(right) });
    if (operator === '&&' || operator === '||' || operator === '??') {
      return node({
        kind: 'let',
        statements,
        value: node({ kind: 'logical', operator, left: get(), right: set(right) }),
      });
    }
    const value = set(node({ kind: 'binary', operator, left: get(), right }));
    return node({ kind: 'let', statements, value });
  });
}

const METHODS: Readonly<Record<string, string>> = {
  'Object.keys': 'keys',
  'Object.values': 'values',
  'Object.entries': 'entries',
  'Object.hasOwn': 'has',
  delete: 'delete',
};

type Builtin = Expression & { readonly kind: 'builtin' };

/** What `Object.keys` and its like become. */
export function listingOf(analysis: Analysis, expression: Builtin, holder: Type, evaluate: Evaluate): Type | null {
  if (!isOne(analysis, holder)) return null;
  const [object, ...others] = expression.args.map(({ value }) => value);
  return rewritten(analysis, expression, evaluate, ({ call, let: bind, node, read }) => {
    const method = METHODS[expression.name];
    if (method) return call(object!, method, others);
    const held = bind('object', object!);
    const filled = others.map((source) => fill(source, { node, read }, held.variable));
    return node({ kind: 'let', statements: [held.statement, ...filled], value: read(held.variable) });
  });
}

/** What a literal becomes that is a dictionary. */
export function dictionaryOf(analysis: Analysis, expression: RecordExpression, evaluate: Evaluate): Type | null {
  if (!analysis.dictionaries.has(expression)) return null;
  return rewritten(analysis, expression, evaluate, ({ call, let: bind, node, read }) => {
    const made = bind('object', node({ kind: 'builtin', name: 'Object.fromEntries', args: [] }));
    const entries = expression.entries.flatMap((entry): Statement[] => {
      const { span } = entry.value;
      const each = (method: string, name: string, others: readonly Expression[]): Statement => {
        const key = node({ kind: 'string', value: name });
        return { kind: 'expression', span, expression: call(read(made.variable), method, [key, ...others]) };
      };
      if (entry.kind === 'field') return [each('set', entry.name, [entry.value])];
      const without = entry.without ?? [];
      return [fill(entry.value, { node, read }, made.variable), ...without.map((name) => each('delete', name, []))];
    });
    return node({ kind: 'let', statements: [made.statement, ...entries], value: read(made.variable) });
  });
}

function fill(source: Expression, { node, read }: Pick<Maker, 'node' | 'read'>, variable: Variable): Statement {
  const entries = node({ kind: 'builtin', name: 'Object.entries', args: [{ value: source, spread: false }] });
  const args = [read(variable), entries].map((value): Argument => ({ value, spread: false }));
  const expression = node({ kind: 'builtin', name: 'intrinsic.fillDictionary', args });
  return { kind: 'expression', span: source.span, expression };
}

const keyOf = (target: Exclude<Target, { kind: 'variable' }>, { node }: Maker): Expression =>
  target.kind === 'index' ? target.index : node({ kind: 'string', value: target.name });

/** An expression without its id and span; one kind at a time, so that each has its own members. */
type Bare<Kind = Expression> = Kind extends Expression ? Omit<Kind, 'id' | 'span'> : never;

interface Maker {
  node(bare: Bare): Expression;
  read(variable: Variable): Expression;
  call(object: Expression, name: string, args: readonly Expression[], optional?: boolean): Expression;
  let(name: string, value: Expression): { readonly variable: Variable; readonly statement: Statement };
}

/** Calls that are made here: they mean what a dictionary is made of, and not its members. */
const own = new WeakSet<Expression>();
const made = new WeakMap<Expression, Expression>();

function rewritten(
  analysis: Analysis,
  expression: Expression,
  evaluate: Evaluate,
  build: (make: Maker) => Expression,
): Type {
  const { current } = analysis;
  let to = made.get(expression);
  if (!to) {
    to = build(makerFor(analysis, expression));
    made.set(expression, to);
  }
  if (current.rewrites.get(expression.id) !== to) {
    current.rewrites.set(expression.id, to);
    analysis.unifier.changed = true;
  }
  return evaluate(analysis, to);
}

function makerFor({ current }: Analysis, { span }: Expression): Maker {
  const { node: owner } = current.closure;
  const node = (bare: Bare): Expression => ({ id: nextId++, span, ...bare }) as Expression;
  const read = (variable: Variable): Expression => node({ kind: 'variable', variable });
  return {
    node,
    read,
    call(object, name, values, optional = false) {
      const args = values.map((value) => ({ value, spread: false }));
      const method = { ...node({ kind: 'method', object, name, args, optional }), span };
      own.add(method);
      return method;
    },
    let(name, value) {
      const variable = temporaryOf(nextId++, name, value.span, owner);
      return { variable, statement: { kind: 'declare', span: value.span, variable, value } };
    },
  };
}

/** As in split.ts and keyed.ts, and apart from those. */
let nextId = 2 ** 31 + 2 ** 30;
