/** Loops over lists, maps, sets, tables and instances, in all the ways in which people write them. */

import type { EverydayMaker, EverydayName } from './everydayMaker.ts';
import { looped, statements } from './everydayStatements.ts';

/** Parts of a loop: what it is called on and what is known of its variables. */
interface Walk {
  readonly head: string;
  readonly names: readonly (readonly [name: string, kind: 'number' | 'text' | 'box' | 'object'])[];
  /** Behind the body, where that is a function's. */
  readonly end?: string;
}

/** Turns that no such loop takes more of. */
const TURNS = 5;

export function overTable(m: EverydayMaker): string | null {
  const walk = walkOf(m);
  if (!walk) return null;
  const { head, names, end } = walk;
  const body = (): string => {
    for (const [name, kind] of names) {
      const isKept = kind !== 'number';
      m.declare(name, kind, { isKept, class: kind === 'object' ? (m.find('objects')?.class ?? null) : null });
    }
    return `{ ${statements(m, 2)} }`;
  };
  if (end === undefined) {
    const label = m.random.chance(0.2) ? m.fresh('L') : null;
    return `${label ? `${label}: ` : ''}${head} ${looped(m, TURNS, label, body)}`;
  }
  // A function of its own: what is around it is not left by jumps, and what it throws is not caught.
  const { labels, isInLoop, isInTry } = m;
  Object.assign(m, { labels: [], isInLoop: false, isInTry: false });
  m.walks++;
  const text = m.repeated(TURNS, () => m.inScope(body));
  m.walks--;
  Object.assign(m, { labels, isInLoop, isInTry });
  return `${head} ${text}${end}`;
}

function walkOf(m: EverydayMaker): Walk | null {
  const [a, b] = [m.fresh('e'), m.fresh('e')];
  const kinds = ['list', 'texts', 'boxes', 'objects', 'numbersByText', 'boxesByText', 'set', 'table'] as const;
  const found = m.random.shuffled(kinds).map((kind) => m.find(kind));
  const first = found.find((one): one is EverydayName => one !== null);
  if (!first) return null;
  const { name, kind } = first;
  switch (kind) {
    case 'list':
    case 'boxes':
    case 'texts': {
      const element = kind === 'list' ? 'number' : kind === 'boxes' ? 'box' : 'text';
      return m.random.pick<Walk>([
        { head: `for (const ${a} of ${name})`, names: [[a, element]] },
        {
          head: `for (const [${b}, ${a}] of ${name}.entries())`,
          names: [
            [a, element],
            [b, 'number'],
          ],
        },
        {
          head: `${name}.forEach((${a}, ${b}) =>`,
          names: [
            [a, element],
            [b, 'number'],
          ],
          end: ');',
        },
      ]);
    }
    case 'objects':
      return m.random.pick<Walk>([
        { head: `for (const ${a} of ${name})`, names: [[a, 'object']] },
        { head: `${name}.forEach((${a}) =>`, names: [[a, 'object']], end: ');' },
      ]);
    case 'numbersByText':
    case 'boxesByText': {
      const value = kind === 'numbersByText' ? 'number' : 'box';
      const both: Walk['names'] = [
        [a, 'text'],
        [b, value],
      ];
      return m.random.pick<Walk>([
        { head: `for (const [${a}, ${b}] of ${name})`, names: both },
        { head: `for (const [${a}, ${b}] of ${name}.entries())`, names: both },
        { head: `for (const ${a} of ${name}.keys())`, names: [[a, 'text']] },
        { head: `for (const ${b} of ${name}.values())`, names: [[b, value]] },
        { head: `${name}.forEach((${b}, ${a}) =>`, names: both, end: ');' },
      ]);
    }
    case 'set':
      return m.random.pick<Walk>([
        { head: `for (const ${a} of ${name})`, names: [[a, 'text']] },
        { head: `${name}.forEach((${a}) =>`, names: [[a, 'text']], end: ');' },
      ]);
    default:
      return m.random.pick<Walk>([
        { head: `for (const ${a} in ${name})`, names: [[a, 'text']] },
        { head: `for (const ${a} of Object.keys(${name}))`, names: [[a, 'text']] },
        {
          head: `for (const [${a}, ${b}] of Object.entries(${name}))`,
          names: [
            [a, 'text'],
            [b, 'number'],
          ],
        },
        { head: `for (const ${b} of Object.values(${name}))`, names: [[b, 'number']] },
      ]);
  }
}
