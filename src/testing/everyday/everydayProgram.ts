/**
 * Whole patches as people write them: classes, maps and sets, objects read by keys, texts, values of several kinds, what is
 * thrown and caught, what is taken apart and spread. Nothing in them is an exception of JavaScript's own, and all of them
 * end. Tests only.
 */

import { declareClass } from './everydayClasses.ts';
import { fresh } from './everydayFresh.ts';
import { idiom } from './everydayIdioms.ts';
import { CLOSURE_COST, type EverydayKind, EverydayMaker, FRAME_LIMIT, KEYS } from './everydayMaker.ts';
import { condition, number } from './everydayNumbers.ts';
import { statements } from './everydayStatements.ts';
import { throwing } from './everydayThrows.ts';

/** What anything is as a number, by what it is. */
const PROLOGUE = `
const KEYS = [${KEYS.map((key) => `'${key}'`).join(', ')}];
const num = (x) => {
  if (typeof x === 'number') return x === x && x < 1e6 && x > -1e6 ? +x : 7
  if (typeof x === 'string') return x.length + (x.charCodeAt(0) || 0) / 256
  if (typeof x === 'boolean') return x ? 0.25 : 0.125
  if (x === null) return -0.25
  if (x === undefined) return -0.5
  if (Array.isArray(x)) return 100 + x.length
  return typeof x === 'function' ? 200 : 300
};`.trim();

const FAULT = 'class Fault extends Error { constructor(text, code) { super(text); this.code = code } };';

const KINDS: readonly (readonly [weight: number, kind: EverydayKind])[] = [
  [3, 'number'],
  [2, 'text'],
  [4, 'box'],
  [1.5, 'list'],
  [1, 'texts'],
  [2, 'boxes'],
  [1, 'record'],
  [1.5, 'table'],
  [1.5, 'numbersByText'],
  [0.5, 'numbersByNumber'],
  [1, 'boxesByText'],
  [1, 'set'],
  [1, 'function'],
  [2, 'object'],
  [1, 'objects'],
];

/** The text of the patch that this seed stands for. */
export function everydayProgram(seed: number): string {
  // Other seeds than those of the other generators.
  const m = new EverydayMaker(seed ^ 0x0e7e_0000);
  const items = m.hasTry ? [PROLOGUE, FAULT] : [PROLOGUE];
  const put = (text: string | null): void => {
    if (text !== null) items.push(text);
  };
  put(declareVariable(m, 'number'));
  for (let count = m.random.between(5, 10); count > 0; count--) {
    m.statementsLeft = 4;
    m.cost = 0;
    m.random.weighted<() => void>([
      [6, () => put(declareVariable(m, m.random.weighted(KINDS)))],
      [m.classes.length < 3 ? 1.5 : 0, () => put(declareClass(m))],
      [2, () => put(declareFunction(m))],
      [1.5, () => put(statements(m, 2))],
    ])();
  }
  if (m.random.chance(0.6)) put(idiom(m));
  const body = frameOf(m);
  items.push(`export default (t) => {\n${body}\n}`);
  return items.join('\n');
}

function declareVariable(m: EverydayMaker, kind: EverydayKind): string | null {
  m.phase = 'top';
  const one = (kind === 'object' || kind === 'objects') && m.classes.length > 0 ? m.random.pick(m.classes) : null;
  if (!one && (kind === 'object' || kind === 'objects')) return declareClass(m);
  const value = one ? instances(m, kind, one) : fresh(m, kind, 2);
  if (value === null) return null;
  const name = m.fresh(kind === 'number' ? 'y' : kind === 'box' ? 'b' : 'g');
  const isMutable = ['number', 'text', 'box'].includes(kind)
    ? m.random.chance(0.85)
    : kind === 'object' && m.random.chance(0.4);
  const isEmpty = isMutable && kind === 'box' && m.random.chance(0.2);
  m.declare(name, kind, { isMutable, isKept: true, class: one, cost: kind === 'function' ? CLOSURE_COST : 1 });
  return `${isMutable ? m.random.pick(['let', 'let', 'var']) : 'const'} ${name}${isEmpty ? '' : ` = ${value}`};`;
}

function instances(m: EverydayMaker, kind: EverydayKind, one: EverydayMaker['classes'][number]): string {
  if (kind === 'object') return `new ${one.name}(${number(m, 1)})`;
  // Those that extend it are of it as well.
  const classes = m.classes.filter(({ name, parent }) => name === one.name || parent?.name === one.name);
  return `[${Array.from({ length: m.random.between(2, 3) }, () => `new ${m.random.pick(classes).name}(${number(m, 0)})`).join(', ')}]`;
}

/** A function of the top level that frames call as well. */
function declareFunction(m: EverydayMaker): string {
  const name = m.fresh('f');
  const [a, b] = [m.fresh('p'), m.fresh('p')];
  const form = m.random.below(7);
  const { made, cost } = m.inFunction('both', () => {
    for (const one of [a, b]) m.declare(one, 'number', { isMutable: true, isKept: false });
    const before =
      form === 2
        ? `let ${b} = num(rest[1]) + rest.length;`
        : form === 4
          ? `var ${b} = arguments.length > 1 ? num(arguments[1]) : 3;`
          : '';
    const early = m.random.chance(0.3) ? `if (${condition(m, 1)}) return ${number(m, 1)};` : '';
    return `${before} ${statements(m, 3)}\n${early} return num(${number(m, 2)})`;
  });
  const declare = (least: number, most: number, factor = 1): void =>
    m.declare(name, 'function', { isKept: true, cost: cost * factor + 1, arity: [least, most] });
  switch (form) {
    case 0:
      declare(1, 2);
      return `function ${name}(${a}, ${b} = ${a} * 2) { ${made} }`;
    case 1:
      declare(2, 2);
      return `const ${name} = (${a}, ${b}) => { ${made} };`;
    case 2:
      declare(1, 4);
      return `function ${name}(${a}, ...rest) { ${made} }`;
    case 3:
      declare(1, 1, 3);
      return `function ${name}(${a}, ${b} = 2) { if (${b} <= 0) return ${a}; return num(((${a}, ${b}) => { ${made} })(${a}, ${b}) + ${name}(${a}, ${b} - 1)) }`;
    case 4:
      declare(1, 3);
      return `function ${name}(${a}) { ${made} }`;
    case 5:
      declare(1, 1);
      return `const ${name} = (function (${b}, ${a}) { ${made} }).bind(null, ${m.random.below(3)});`;
    default:
      declare(1, 1);
      return `const ${name} = (() => { let ${b} = ${m.random.below(3)}; return function (${a}) { ${made} } })();`;
  }
}

function frameOf(m: EverydayMaker): string {
  m.phase = 'frame';
  m.statementsLeft = m.random.between(6, 16);
  Object.assign(m, { cost: 0, limit: FRAME_LIMIT, turns: 1 });
  return m.inScope(() => {
    const text = statements(m, m.random.between(4, 8));
    const uncaught = !m.hasTry && m.random.chance(0.1) ? `if (currentFrame > 20) { ${throwing(m)} }\n` : '';
    return `${text}\n${uncaught}return [num(${number(m, 2)}), ${probes(m)}]`;
  });
}

/** What the variables of the top level hold, one after the other. */
function probes(m: EverydayMaker): string {
  const seen = m.names.flatMap(({ name, kind, class: one }) => {
    switch (kind) {
      case 'number':
      case 'text':
      case 'box':
        return [`num(${name})`];
      case 'list':
      case 'boxes':
      case 'texts':
        return [0, 1, 2].map((n) => `num(${name}[${n}])`);
      case 'record':
        return [`num(${name}.p)`, `num(${name}.q)`];
      case 'table':
        return [`num(${name}['a'])`, `num(Object.values(${name})[0])`];
      case 'numbersByText':
      case 'boxesByText':
        return [`num(${name}.get('a'))`, `${name}.size`, `num([...${name}.keys()][0])`];
      case 'set':
        return [`${name}.size`, `num([...${name}][0])`];
      case 'object':
        return one ? one.fields.map((field) => `num(${name}.${field.name})`) : [];
      case 'objects':
        return [`num(${name}[0].n0)`, `num(${name}[1].n0)`];
      default:
        return [];
    }
  });
  const some = m.random.shuffled(seen).slice(0, 8);
  return some.reduce((rest, text, n) => `currentFrame % ${some.length} === ${n} ? ${text} : ${rest}`, '0');
}
