/** Functions that are declared: with parameters of all forms, recursive ones, factories. */

import { block } from './calls.ts';
import {
  BOOLEAN,
  type FunctionKind,
  isPrimitive,
  isSame,
  type Kind,
  MIXED,
  NUMBER,
  type Phase,
  type Region,
} from './kinds.ts';
import type { Callable, FunctionState, Maker, Parameter } from './maker.ts';
import { index, number } from './numbers.ts';
import { value } from './objects.ts';
import { arrayPattern, recordPattern } from './patterns.ts';
import { statements } from './statements.ts';

export interface Declared {
  readonly text: string;
  /** A function declaration, which may stand anywhere in its block. */
  readonly isHoisted: boolean;
}

interface Wanted {
  readonly phase: Phase;
  readonly level: number;
  readonly result: Kind;
  /** Where what it returns lives. */
  readonly region: Region;
}

const stateOf = ({ phase, level, result, region }: Wanted): FunctionState => ({
  phase,
  level,
  result: { kind: result, region },
  labels: [],
  isInLoop: false,
  isInSwitch: false,
});

/** What a function of this phase may return. */
export function resultFor(m: Maker, phase: Phase): { result: Kind; region: Region } {
  if (phase === 'both' || m.random.chance(0.7)) {
    return { result: m.random.pick([NUMBER, NUMBER, NUMBER, BOOLEAN, MIXED]), region: 'frame' };
  }
  return { result: m.pool.object(m.random), region: phase === 'top' ? 'top' : 'frame' };
}

/** A function declaration or a constant that holds a function; its name is in sight from here on. */
export function declareFunction(m: Maker, wanted: Wanted): Declared {
  if (wanted.phase !== 'top' && isPrimitive(wanted.result) && m.random.chance(0.25)) return declareRecursive(m, wanted);
  const name = m.fresh('f');
  const { phase, level, result, region } = wanted;
  const kind = m.random.chance(0.35) ? poolKind(m, wanted) : null;
  const written = m.inFunction(stateOf(wanted), 1, () => {
    const { list, parameters, prologue, hasRest } = kind ? plainParameters(m, kind) : parametersOf(m, phase);
    const body = block(m, { kind: result, region }, 2);
    return { list, parameters, hasRest, body: prologue === '' ? body : `{ ${prologue} ${body.slice(1)}` };
  });
  const { parameters, hasRest } = written;
  const callable: Callable = { parameters, hasRest, result, region, level, phase, isRecursive: false };
  const declared = named(m, name, written.list, written.body);
  m.declare(name, kind ?? { kind: 'opaque' }, { region: m.regionOfNew(), callable });
  return declared;
}

/** The kind that the function would have as a value, if the program has values of such a kind. */
function poolKind(m: Maker, { phase, level, result }: Wanted): FunctionKind | null {
  const isSuch = (kind: FunctionKind): boolean =>
    kind.phase === phase && kind.level === level && isSame(kind.result, result);
  const kinds = m.pool.functions.filter(isSuch);
  return kinds.length > 0 ? m.random.pick(kinds) : null;
}

function named(m: Maker, name: string, list: string, body: string): Declared {
  return m.random.weighted<Declared>([
    [5, { text: `function ${name}(${list}) ${body}`, isHoisted: true }],
    [4, { text: `const ${name} = (${list}) => ${body};`, isHoisted: false }],
    [1, { text: `const ${name} = function (${list}) ${body};`, isHoisted: false }],
  ]);
}

interface Written {
  readonly list: string;
  readonly parameters: readonly Parameter[];
  /** Statements in front of the body. */
  readonly prologue: string;
  readonly hasRest: boolean;
}

function plainParameters(m: Maker, kind: FunctionKind): Written {
  const names = kind.parameters.map(() => m.fresh('p'));
  for (const name of names) m.declare(name, NUMBER, { isMutable: true });
  const parameters = names.map(() => ({ kind: NUMBER, region: 'top', hasDefault: false, isAnnotated: false }) as const);
  return { list: names.join(', '), parameters, prologue: '', hasRest: false };
}

function parametersOf(m: Maker, phase: Phase): Written {
  const parameters: Parameter[] = [];
  const list: string[] = [];
  for (let left = m.random.below(4); left > 0; left--) {
    const kind: Kind = m.random.weighted<() => Kind>([
      [6, () => NUMBER],
      [3.5, () => m.pool.any(m.random)],
      [1, () => ({ kind: 'numbers' })],
    ])();
    const region = phase === 'frame' ? m.random.pick(['top', 'frame'] as const) : 'top';
    const hasDefault = kind.kind === 'number' && m.random.chance(0.25);
    // A default may be made of another parameter, to which a caller gives something else.
    const isAnnotated = kind.kind === 'number' && m.random.chance(0.3) && !hasDefault;
    const fallback = hasDefault ? ` = ${number(m, 1)}` : '';
    list.push(`${parameterName(m, kind, region, !isAnnotated)}${isAnnotated ? ': number' : ''}${fallback}`);
    parameters.push({ kind, region, hasDefault, isAnnotated });
  }
  if (m.random.chance(0.85)) return { list: list.join(', '), parameters, prologue: '', hasRest: false };
  const rest = m.fresh('rest');
  const [sum, one] = [m.fresh('v'), m.fresh('v')];
  const position = index(m, 1);
  m.declare(sum, NUMBER, { isMutable: true });
  m.declare(one, NUMBER, { isMutable: true });
  const prologue = `let ${sum} = ${rest}.reduce((s, e) => s * 3 + e, ${rest}.length), ${one} = ${rest}[${position}];`;
  return { list: [...list, `...${rest}`].join(', '), parameters, prologue, hasRest: true };
}

/** A new name for a parameter, or a pattern that takes it apart. */
function parameterName(m: Maker, kind: Kind, region: Region, mayChange: boolean): string {
  const isAssignable = (one: Kind): boolean =>
    mayChange && (isPrimitive(one) || m.fn.phase !== 'both' || region === 'top');
  const bind = (one: Kind): string => {
    const name = m.fresh('p');
    m.declare(name, one, { region, isMutable: m.random.chance(0.6) && isAssignable(one) });
    return name;
  };
  if (kind.kind === 'record' && m.random.chance(0.4)) return recordPattern(m, kind, bind);
  if ((kind.kind === 'tuple' || kind.kind === 'array') && m.random.chance(0.4)) return arrayPattern(m, kind, bind);
  return bind(kind);
}

/** One or two functions that call themselves or each other, a few levels deep. */
function declareRecursive(m: Maker, wanted: Wanted): Declared {
  const { phase, level, result, region } = wanted;
  const names = m.random.chance(0.3) ? [m.fresh('f'), m.fresh('f')] : [m.fresh('f')];
  const calls = m.random.between(1, 2);
  const texts = names.map((name, position) => {
    const other = names[(position + 1) % names.length]!;
    const [count, argument] = [m.fresh('n'), m.fresh('p')];
    // At most three levels below the first, each with up to two calls.
    const body = m.inFunction(stateOf(wanted), 15, () => {
      m.declare(count, NUMBER);
      m.declare(argument, NUMBER, { isMutable: true });
      const end = value(m, result, region, 1) ?? 'undefined';
      const before = statements(m, 2);
      const results = Array.from({ length: calls }, () => {
        const made = m.fresh('v');
        const text = `const ${made} = ${other}(${count} - 1, ${number(m, 1)});`;
        m.declare(made, result);
        return text;
      });
      const after = statements(m, 2);
      const last = value(m, result, region, 2) ?? 'undefined';
      return `{ if (!(${count} > 0)) return ${end};\n${before}\n${results.join(' ')}\n${after}\nreturn ${last} }`;
    });
    return { name, list: `${count}, ${argument}`, body };
  });
  const parameter = { kind: NUMBER, region: 'top', hasDefault: false, isAnnotated: false } as const;
  const callable = {
    parameters: [parameter, parameter],
    hasRest: false,
    result,
    region,
    level,
    phase,
    isRecursive: true,
  };
  const isHoisted = texts.length > 1 || m.random.chance(0.6);
  const text = texts.map(({ name, list, body }) =>
    isHoisted ? `function ${name}(${list}) ${body}` : `const ${name} = (${list}) => ${body};`,
  );
  for (const name of names) m.declare(name, { kind: 'opaque' }, { region: m.regionOfNew(), callable });
  return { text: text.join('\n'), isHoisted };
}

/** A function in a function. */
export function nestedFunction(m: Maker): Declared | null {
  if (m.fn.level <= 1) return null;
  const phase = m.fn.phase === 'top' ? m.random.pick(['top', 'both'] as const) : m.fn.phase;
  const result = m.random.pick([NUMBER, BOOLEAN]);
  const region: Region = phase === 'top' ? 'top' : 'frame';
  const level = m.random.between(1, m.fn.level - 1);
  return declareFunction(m, { phase, level, result, region });
}
