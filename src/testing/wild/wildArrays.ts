/** Loops over arrays that change meanwhile, and lengths that are none. At the top level, where arrays may grow. */

import type { WildMaker } from './wildMaker.ts';
import { number, odd } from './wildValues.ts';

/** What a callback does to the array that it is called for. */
const change = (m: WildMaker, list: string): string =>
  m.random.pick([
    `${list}.pop()`,
    `${list}.pop()`,
    `${list}.shift()`,
    `${list}.splice(1, 1)`,
    `${list}.splice(0, 2)`,
    `(${list}.length < 8 && ${list}.push(9))`,
    `(${list}.length < 8 && ${list}.unshift(9))`,
    `(${list}.length > 1 && ${list}.splice(${m.random.below(3)}))`,
    `(${list}[${m.random.below(2)}] = 7)`,
    `${list}.reverse()`,
    `${list}.fill(3)`,
  ]);

/** A loop by a method, in which the array becomes shorter or longer. Declares a number. */
export function changedMeanwhile(m: WildMaker): string {
  const [list, sum, n] = [m.fresh('list'), m.fresh('v'), m.fresh('k')];
  const length = m.random.between(2, 6);
  const start = `const ${list} = [${Array.from({ length }, (_, position) => position + 1).join(', ')}];`;
  const when = m.random.pick([`${n}++ < 2`, `${n}++ === 1`, `${n}++ % 2 === 0 && ${n} < 9`, `${n}++ < 9`]);
  const act = `if (${when}) ${change(m, list)};`;
  const seen = m.random.pick([`${sum} * 3 + (e ?? 0.5)`, `${sum} * 3 + (e ?? 0.5) + i`, `${sum} + 1`]);
  const body = (result: string): string => `(e, i) => { ${sum} = ${seen}; ${act} ${result} }`;
  const test = m.random.pick(['return e > 2', 'return e > 99', 'return e < 99', 'return i === 3', 'return e === 3']);
  const value = m.random.pick(['return e', 'return i', 'return (e ?? 0) * 2', 'return e > 1 ? 1 : 0']);
  const loop = m.random.weighted<() => string>([
    [3, () => `${list}.forEach(${body('')});`],
    [2, () => `${sum} += ${list}.map(${body(value)}).length;`],
    [1, () => `${sum} += ${list}.map(${body(value)}).reduce((s, e) => s * 2 + (e ?? 0.25), 0);`],
    [2, () => `${sum} += ${list}.filter(${body(test)}).reduce((s, e) => s * 2 + (e ?? 0.25), 0);`],
    [1, () => `${sum} += ${list}.${m.random.pick(['some', 'every'])}(${body(test)}) ? 1 : 0;`],
    [2, () => `${sum} += ${list}.${m.random.pick(['findIndex', 'findLastIndex'])}(${body(test)});`],
    [1, () => `${sum} += ${list}.${m.random.pick(['find', 'findLast'])}(${body(test)}) ?? 0.5;`],
    [
      2,
      () =>
        `${sum} += ${list}.${m.random.pick(['reduce', 'reduceRight'])}((s, e, i) => { ${act} return s * 2 + (e ?? 0.5) + i }, 0);`,
    ],
    [
      1,
      () =>
        `${sum} += ${list}.${m.random.pick(['reduce', 'reduceRight'])}((s, e) => { ${act} return s * 2 + (e ?? 0.5) });`,
    ],
    [1, () => `${sum} += ${list}.flatMap((e) => { ${act} return [e, 1] }).length;`],
    [2, () => `for (const e of ${list}) { ${sum} = ${sum} * 3 + (e ?? 0.5); ${act} }`],
    [1, () => `for (const [i, e] of ${list}.entries()) { ${sum} = ${seen}; ${act} }`],
    [0.7, () => `for (const i of ${list}.keys()) { ${sum} = ${sum} * 3 + i; ${act} }`],
    [0.7, () => `${sum} += Array.from(${list}, (e) => { ${act} return e ?? 0.5 }).length;`],
    [0.7, () => `${list}.sort((a, b) => { ${act} return a - b });`],
    [
      0.5,
      () =>
        `${sum} += [0, ...${list}].map((e, i) => { ${act} return ${list}[i] ?? e }).reduce((s, e) => s * 2 + e, 0);`,
    ],
  ])();
  m.declare({ name: sum, kind: 'number', isMutable: true, isMaybe: false, isShared: true });
  m.declare({ name: list, kind: 'numbers', isMutable: false, isMaybe: false, isShared: true });
  return `${start}\nlet ${sum} = 0, ${n} = 0;\n${loop}\n${sum} += ${list}.length;`;
}

/** Lengths that JavaScript refuses, takes for others, or has as they are; none that takes much memory. */
const LENGTHS = [
  '-1',
  'NaN',
  'undefined',
  '0.5',
  '2.9',
  '-0.9',
  '2 ** 53',
  '1e300',
  '-0',
  '3',
  '0',
  '1',
  'Infinity',
  '7',
];

export function oddLength(m: WildMaker): string {
  const name = m.fresh('v');
  const length = m.random.pick(LENGTHS);
  const typed = m.typed;
  const [kind, text] = m.random.weighted<() => ['bytes' | 'numbers', string]>([
    [3, () => ['bytes', `new ${typed}(${length})`]],
    [1, () => ['bytes', `new ${typed}(4).subarray(${odd(m)}, ${odd(m)})`]],
    [1, () => ['numbers', `new Array(${m.random.pick(LENGTHS)}).fill(1)`]],
    [
      1,
      () => [
        'numbers',
        `Array.from({ length: ${m.random.pick(['-1', 'NaN', '2.9', '0', '3', '-0.5'])} }, (_, i) => i)`,
      ],
    ],
    [0.5, () => ['bytes', `new ${typed}([1, 2, 3, 4]).slice(${odd(m)})`]],
    [0.5, () => ['bytes', `${typed}.from({ length: ${m.random.pick(['2', '2.5', '0'])} }, (_, i) => i)`]],
  ])();
  m.declare({ name, kind, isMutable: false, isMaybe: false, isShared: true });
  return `const ${name} = ${text};`;
}

/** Arrays that double, or are put together from many, at the top level: their lengths stay moderate. */
export function grown(m: WildMaker): string {
  const name = m.fresh('v');
  const parts = m.random.between(2, 12);
  const source = m.random.pick([`new ${m.typed}(${m.random.between(0, 50)})`, '[1, 2, 3]', 'new Array(40).fill(2)']);
  const list = m.fresh('list');
  const text = m.random.pick([
    `[${Array.from({ length: parts }, () => `...${list}`).join(', ')}]`,
    `[...${list}].concat(${Array.from({ length: parts }, () => `[...${list}]`).join(', ')})`,
    `[${Array.from({ length: parts }, () => list).join(', ')}].map((x) => x.length)`,
    `[[...${list}], [...${list}]].flat()`,
  ]);
  m.declare({ name, kind: 'numbers', isMutable: false, isMaybe: false, isShared: true });
  return `const ${list} = ${source};\nconst ${name} = ${text};\n${name}.push(${number(m, 1)});`;
}
