/** Loops, each of which ends after a few turns. */

import { access } from './access.ts';
import { changeable } from './declarations.ts';
import { CHARACTER, isNumbers, isPrimitive, type Kind, NUMBER } from './kinds.ts';
import type { Maker } from './maker.ts';
import { number } from './numbers.ts';
import { arrayPattern, recordPattern } from './patterns.ts';
import { place } from './places.ts';
import { boolean } from './primitives.ts';
import { braced } from './statements.ts';

/** The body of a loop that takes at most `turns` turns, with the label in front of the loop. */
function loop(m: Maker, turns: number, write: (body: () => string) => string): string {
  const { labels, isInLoop, isInSwitch } = m.fn;
  const label = m.random.chance(0.4) ? m.fresh('loop') : null;
  const body = (): string => {
    if (label) m.fn.labels = [...labels, { name: label, isLoop: true }];
    m.fn.isInLoop = true;
    m.fn.isInSwitch = false;
    const text = m.repeated(turns, () => braced(m));
    Object.assign(m.fn, { labels, isInLoop, isInSwitch });
    return text;
  };
  const text = m.inScope(() => write(body));
  return label ? `${label}: ${text}` : text;
}

export function forLoop(m: Maker): string {
  const turns = m.random.between(1, 4);
  const i = m.fresh('i');
  return loop(m, turns, (body) => {
    const start = m.random.pick(['0', '0', '1', '-1', '0.5']);
    const step = m.random.pick([`${i}++`, `++${i}`, `${i} += 1`, `${i} += 2`]);
    // Steps forward only, so that the body may take some as well.
    const skip = m.random.chance(0.1) ? ` ${i}++;` : '';
    const up = (): string => {
      m.declare(i, NUMBER);
      const text = body();
      return `for (${changeable(i)} ${i} = ${start}; ${i} < ${turns}; ${step}) ${text.slice(0, -1)}${skip} }`;
    };
    const down = (): string => {
      m.declare(i, NUMBER);
      const head = m.random.pick([`${i}--;`, `${i} > 0; ${i}--`, `${i} >= 1; ${i} -= 1`]);
      return `for (${changeable(i)} ${i} = ${turns}; ${head}) ${body()}`;
    };
    const both = (): string => {
      const j = m.fresh('j');
      m.declare(i, NUMBER);
      m.declare(j, NUMBER);
      const test = m.random.chance(0.5) ? `${i} < ${j}` : `${i} < ${j} && ${boolean(m, 1)}`;
      return `for (${changeable(i)} ${i} = 0, ${j} = ${turns}; ${test}; ${i}++, ${j}--) ${body()}`;
    };
    return m.random.weighted<() => string>([
      [5, up],
      [2, down],
      [1, both],
    ])();
  });
}

export function whileLoop(m: Maker): string {
  const turns = m.random.between(1, 4);
  const n = m.fresh('n');
  return `{ let ${n} = ${turns}; ${loop(m, turns, (body) => {
    m.declare(n, NUMBER);
    const test = m.random.pick([`${n}-- > 0`, `${n}--`, `${n}-- > 0 && ${boolean(m, 1)}`, `--${n} >= 0`]);
    return `while (${test}) ${body()}`;
  })} }`;
}

export function doLoop(m: Maker): string {
  const turns = m.random.between(1, 4);
  const n = m.fresh('n');
  return `{ let ${n} = ${turns}; ${loop(m, turns, (body) => {
    m.declare(n, NUMBER);
    const text = body();
    return `do ${text} while (${m.random.pick([`--${n} > 0`, `--${n}`, `--${n} > 0 && ${boolean(m, 1)}`])});`;
  })} }`;
}

/** A loop over a variable that is declared in front of it. */
export function countLoop(m: Maker): string {
  const turns = m.random.between(1, 4);
  const i = m.fresh('i');
  return `{ let ${i} = 0; ${loop(m, turns, (body) => {
    m.declare(i, NUMBER);
    return `for (; ${i} < ${turns}; ${i}++) ${body()}`;
  })} }`;
}

/** A loop without a test that a `break` ends. */
export function endlessLoop(m: Maker): string {
  const turns = m.random.between(1, 3);
  const n = m.fresh('n');
  return `{ let ${n} = 0; ${loop(m, turns, (body) => {
    m.declare(n, NUMBER);
    const head = m.random.pick(['for (;;)', 'while (true)', `for (let ${m.fresh('u')} = 0; ; )`]);
    return `${head} { if (${n}++ >= ${turns}) break; ${body()} }`;
  })} }`;
}

export function forOf(m: Maker): string | null {
  if (m.random.chance(0.15)) {
    return overElements(m, `[${Array.from({ length: 3 }, () => number(m, 1)).join(', ')}]`, NUMBER, 'frame', 3);
  }
  if (m.random.chance(0.1))
    return overElements(m, JSON.stringify(m.random.pick(['x-3', 'A', '', '01'])), CHARACTER, 'frame', 3);
  if (m.random.chance(0.15)) return overEntries(m);
  const isList = (kind: Kind): boolean => kind.kind === 'array' || isNumbers(kind);
  const found = access(m, isList, 1, 'read', null);
  if (found?.kind.kind === 'numbers') return overElements(m, found.text, NUMBER, found.region, 8);
  if (found?.kind.kind === 'typed') return overElements(m, found.text, NUMBER, found.region, found.kind.length);
  if (found?.kind.kind !== 'array') return null;
  return overElements(m, found.text, found.kind.element, found.region, found.kind.length);
}

/** Over indices, or over indices with their elements. */
function overEntries(m: Maker): string | null {
  const found = access(m, (kind) => kind.kind === 'array' || kind.kind === 'typed', 1, 'read', null);
  if (found?.kind.kind !== 'array' && found?.kind.kind !== 'typed') return null;
  const { text, kind, region } = found;
  const element = kind.kind === 'array' ? kind.element : NUMBER;
  const [position, name] = [m.fresh('i'), m.fresh('e')];
  return loop(m, kind.length, (body) => {
    m.declare(position, NUMBER);
    if (m.random.chance(0.4)) return `for (const ${position} of ${text}.keys()) ${body()}`;
    m.declare(name, element, { region });
    return `for (const [${position}, ${name}] of ${text}.entries()) ${body()}`;
  });
}

function overElements(m: Maker, list: string, element: Kind, region: 'top' | 'frame', turns: number): string {
  return loop(m, turns, (body) => {
    const isMutable = m.random.chance(0.4);
    const names: (() => void)[] = [];
    const bind = (kind: Kind): string => {
      const name = m.fresh('e');
      const isAssignable = isMutable && (isPrimitive(kind) || m.fn.phase !== 'both' || region === 'top');
      names.push(() => m.declare(name, kind, { region, isMutable: isAssignable }));
      return name;
    };
    const target = element.kind === 'number' && m.random.chance(0.15) ? place(m, NUMBER, 1) : null;
    if (target) return `for (${target.text} of ${list}) ${body()}`;
    const isTaken = m.random.chance(0.5);
    const pattern =
      isTaken && element.kind === 'record'
        ? recordPattern(m, element, bind)
        : isTaken && (element.kind === 'tuple' || element.kind === 'array')
          ? arrayPattern(m, element, bind)
          : bind(element);
    for (const declare of names) declare();
    return `for (${isMutable ? changeable(pattern) : 'const'} ${pattern} of ${list}) ${body()}`;
  });
}
