/** Calls, and the functions that are written where they are used. */

import { access } from './access.ts';
import { type FunctionKind, isNumbers, isPrimitive, isSame, type Kind, NUMBER, type Region } from './kinds.ts';
import type { Callable, Maker, Name } from './maker.ts';
import { kept, literal, number } from './numbers.ts';
import { value } from './objects.ts';
import { boolean, mixed } from './primitives.ts';
import { statements } from './statements.ts';

/** A call that gives this kind; `region`: where what it gives has to live. `null`: nothing in sight can be called. */
export function callOf(m: Maker, kind: Kind, depth: number, region: Region | null = null): string | null {
  if (m.isPure) return null;
  const isGood = (callable: Callable): boolean =>
    isSame(callable.result, kind) &&
    (isPrimitive(kind) || callable.region === region) &&
    m.mayCall(callable.phase, callable.level);
  const declared = m.visible((name) => name.callable !== null && isGood(name.callable));
  if (declared.length > 0 && m.random.chance(0.6)) return callDeclared(m, m.random.pick(declared), depth);
  if (!isPrimitive(kind)) return null;
  const isFunction = (one: Kind): one is FunctionKind =>
    one.kind === 'function' &&
    m.mayCall(one.phase, one.level) &&
    (isSame(one.result, kind) || (one.result.kind === 'function' && isFunction(one.result)));
  const known = access(m, isFunction, depth, 'read', null);
  if (known && isFunction(known.kind)) {
    let { text } = known;
    for (let one: Kind = known.kind; one.kind === 'function'; one = one.result) {
      m.call(one.level);
      text += `(${looseArguments(m, one, depth)})`;
    }
    return text;
  }
  const isPlain = (one: Kind): boolean => isFunction(one) && isSame(one.result, kind);
  const optional = access(m, (one) => one.kind === 'maybe' && isPlain(one.of), depth, 'read', null);
  if (optional?.kind.kind !== 'maybe' || optional.kind.of.kind !== 'function') return null;
  m.call(optional.kind.of.level);
  const call = `${optional.text}?.(${looseArguments(m, optional.kind.of, depth)})`;
  if (kind.kind === 'number') return `(${call})`;
  return `(${call} ?? ${kind.kind === 'boolean' ? 'false' : 'null'})`;
}

/** As many numbers as there are parameters, or one more or less. */
function looseArguments(m: Maker, kind: FunctionKind, depth: number): string {
  const extra = m.random.weighted([
    [8, 0],
    [1, 1],
    [1, -1],
  ]);
  const count = Math.max(0, kind.parameters.length + extra);
  return Array.from({ length: count }, () => number(m, depth)).join(', ');
}

function callDeclared(m: Maker, { name, callable }: Name, depth: number): string | null {
  if (!callable) return null;
  m.call(callable.level);
  const args: string[] = [];
  const canOmit = callable.parameters.findLastIndex((parameter) => !parameter.hasDefault) + 1;
  const count =
    m.random.chance(0.4) && !callable.hasRest
      ? m.random.between(canOmit, callable.parameters.length)
      : callable.parameters.length;
  for (const [position, parameter] of callable.parameters.slice(0, count).entries()) {
    if (position === 0 && callable.isRecursive) {
      args.push(m.random.chance(0.5) ? String(m.random.below(4)) : `(${number(m, depth)}) & 3`);
      continue;
    }
    const isLoose = parameter.kind.kind === 'number' && !parameter.isAnnotated;
    const arg = m.random.weighted<() => string | null>([
      [8, () => (parameter.isAnnotated ? kept(m, depth) : value(m, parameter.kind, parameter.region, depth))],
      [isLoose ? 1 : 0, () => boolean(m, depth)],
      [isLoose && !m.hasMixedTexts ? 0.5 : 0, () => mixed(m, depth)],
      [isLoose && m.hasMixedTexts ? 0.5 : 0, () => `+${mixed(m, depth)}`],
      [parameter.hasDefault ? 1 : 0, () => 'undefined'],
    ])();
    if (arg === null) return null;
    args.push(arg);
  }
  const spread = callable.hasRest && m.random.chance(0.4) ? access(m, isNumbers, depth, 'read', null) : null;
  if (spread) args.push(`...${spread.text}`);
  const extra = callable.hasRest ? m.random.below(4) : m.random.chance(0.1) ? 1 : 0;
  if (count === callable.parameters.length) for (let n = 0; n < extra; n++) args.push(number(m, depth));
  return `${name}(${args.join(', ')})`;
}

/** A function literal, in parentheses. */
export function closure(m: Maker, kind: FunctionKind, depth: number): string {
  return inFunction(m, kind, (list, result) => {
    const style = m.random.below(10);
    if (style === 0) return `(function (${list}) ${block(m, result, depth)})`;
    return `((${list}) => ${body(m, result, depth)})`;
  });
}

/** What stands behind the name of a method. */
export const method = (m: Maker, kind: FunctionKind, depth: number): string =>
  inFunction(m, kind, (list, result) => `(${list}) ${block(m, result, depth)}`);

function inFunction(m: Maker, kind: FunctionKind, write: (list: string, result: Result) => string): string {
  const phase = m.fn.phase === 'both' ? 'both' : kind.phase;
  const result = { kind: kind.result, region: 'frame' as const };
  const fn = { phase, level: kind.level, result, labels: [], isInLoop: false, isInSwitch: false };
  return m.inFunction(fn, 1, () => {
    const parameters = kind.parameters.map(() => {
      const name = m.fresh('p');
      const fallback = m.random.chance(0.15) ? ` = ${literal(m)}` : '';
      m.declare(name, NUMBER, { isMutable: m.random.chance(0.7) });
      return `${name}${fallback}`;
    });
    return write(parameters.join(', '), result);
  });
}

interface Result {
  readonly kind: Kind;
  readonly region: Region;
}

/** What stands behind `=>`: an expression or a block. */
function body(m: Maker, result: Result, depth: number): string {
  if (m.random.chance(0.5) || m.statementsLeft < 2) {
    const text = value(m, result.kind, result.region, depth + 1) ?? 'undefined';
    return text.startsWith('{') ? `(${text})` : text;
  }
  return block(m, result, depth);
}

/** A body in braces that returns a value on every way. */
export function block(m: Maker, result: Result, depth: number): string {
  return m.inScope(() => {
    const text = statements(m, m.random.between(1, 4));
    // Without a `return` at its end, a function gives `undefined`.
    if (result.kind.kind === 'number' && m.random.chance(0.05)) {
      return `{ ${text} if (${boolean(m, 1)}) return ${number(m, depth)} }`;
    }
    return `{ ${text} return ${value(m, result.kind, result.region, depth + 1) ?? 'undefined'} }`;
  });
}

/** A function that is called where it is written. */
export function immediateCall(m: Maker, kind: Kind, depth: number): string | null {
  const result = { kind, region: 'frame' as const };
  if (kind.kind === 'number' && m.random.chance(0.15)) {
    const [self, count] = [m.fresh('f'), m.fresh('n')];
    return m.inCallback(result, 4, () => {
      m.declare(count, NUMBER);
      return `(function ${self}(${count}) { return ${count} > 0 ? ${number(m, depth)} + ${self}(${count} - 1) : 1 })(3)`;
    });
  }
  const count = m.random.below(3);
  const args = Array.from({ length: count }, () => number(m, depth));
  return m.inCallback(result, 1, () => {
    const parameters = Array.from({ length: count + m.random.below(2) }, (_, position) => {
      const name = m.fresh('p');
      const fallback = position >= count || m.random.chance(0.2) ? ` = ${number(m, depth)}` : '';
      m.declare(name, NUMBER, { isMutable: true });
      return `${name}${fallback}`;
    });
    return `((${parameters.join(', ')}) => ${body(m, result, depth)})(${args.join(', ')})`;
  });
}
