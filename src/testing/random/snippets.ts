/** Ways of writing that random choice alone would hardly come upon, with random parts: each declares names of its own. */

import { closure } from './calls.ts';
import { classSnippets } from './classSnippets.ts';
import { everydaySnippets } from './everydaySnippets.ts';
import { type Kind, NUMBER } from './kinds.ts';
import type { Maker } from './maker.ts';
import { kept, number } from './numbers.ts';
import { callable, functionOf, over, type Snippet } from './snippetParts.ts';

/** A list of records, each with the next, and what goes through it. */
const linkedList: Snippet = (m) => {
  const [list, sum, walk] = [m.fresh('list'), m.fresh('sum'), m.fresh('walk')];
  const step = over(m, ['x', 'i'], 1);
  const text = `let ${list} = null;
for (let i = 0; i < ${m.random.between(1, 4)}; i++) ${list} = { v: ${over(m, ['i'])}, next: ${list} };
const ${sum} = (node) => (node ? node.v + ${sum}(node.next) : ${kept(m, 1)});
const ${walk} = (x) => { let i = 0; for (let p = ${list}; p; p = p.next) { p.v = keep(p.v + ${step}); i++ } return ${sum}(${list}) + i };`;
  callable(m, walk, 1);
  return text;
};

/** Two closures over one variable. */
const sharedCounter: Snippet = (m) => {
  const name = m.fresh('pair');
  const isGetter = m.random.chance(0.3);
  const text = `const ${name} = (() => {
  let n = ${kept(m, 1)};
  const half = () => n / 2;
  return { inc: (d) => (n = keep(n + d * ${over(m, ['d', 'n'], 1)})), ${isGetter ? 'get now() { return half() }' : 'now: () => half()'} }
})();`;
  const now: Kind = isGetter ? NUMBER : functionOf(0);
  const kind: Kind = { kind: 'record', fields: { inc: functionOf(1), ...(isGetter ? {} : { now }) } };
  m.declare(name, kind, { region: 'top' });
  if (!isGetter) return text;
  const read = m.fresh('read');
  callable(m, read, 0);
  return `${text}\nconst ${read} = () => ${name}.now;`;
};

const composed: Snippet = (m) => {
  const [compose, name] = [m.fresh('compose'), m.fresh('f')];
  const parts = Array.from({ length: m.random.between(1, 3) }, () => closure(m, functionOf(1), 2));
  const text = `const ${compose} = (...fs) => (x) => fs.reduce((y, f) => f(y), x);
const ${name} = ${compose}(${parts.join(', ')});`;
  callable(m, name, 1, 2);
  return text;
};

/** Rows made by a callback in a callback. */
const grid: Snippet = (m) => {
  const name = m.fresh('grid');
  const cell = over(m, ['i', 'j', 'x']);
  const text = `const ${name} = [0, 1].map((x, i) => [1, 2, 3, 4].map((y, j) => ${cell} + y));`;
  m.declare(
    name,
    { kind: 'array', element: { kind: 'array', element: NUMBER, length: 4 }, length: 2 },
    { region: 'top' },
  );
  return text;
};

/** An array that grows while the top level runs. */
const pushed: Snippet = (m) => {
  const name = m.fresh('stack');
  const length = m.random.pick([2, 4, 8]);
  const value = over(m, ['i']);
  const text = `const ${name} = [];
for (let i = 0; i < ${length}; i++) { ${name}.push(${value}, i); ${m.random.chance(0.5) ? `${name}.pop()` : `${name}.shift()`} }`;
  m.declare(name, { kind: 'array', element: NUMBER, length }, { region: 'top' });
  return text;
};

/** A variable that holds one of two functions, which change it. */
const states: Snippet = (m) => {
  const [state, one, two] = [m.fresh('state'), m.fresh('one'), m.fresh('two')];
  const text = `let ${state} = (x) => x;
const ${one} = (x) => { ${state} = ${two}; return ${over(m, ['x'])} };
function ${two}(x) { if (x > ${number(m, 1)}) ${state} = ${one}; return ${over(m, ['x'])} }
${state} = ${one};`;
  callable(m, state, 1, 1, 'frame');
  return text;
};

const sequence: Snippet = (m) => {
  const [make, name] = [m.fresh('seq'), m.fresh('next')];
  const notes = Array.from({ length: m.random.between(1, 5) }, () => number(m, 1));
  const text = `const ${make} = (...notes) => { let i = ${m.random.below(3)}; return () => notes[i++ % notes.length] };
const ${name} = ${make}(${notes.join(', ')});`;
  callable(m, name, 0);
  return text;
};

const delayLine: Snippet = (m) => {
  const [make, name] = [m.fresh('delay'), m.fresh('d')];
  const type = m.random.pick(['Float32Array', 'Float64Array', 'Int16Array', 'Uint8ClampedArray']);
  const text = `function ${make}(length, feedback) {
  const line = new ${type}(length)
  let at = 0
  return (x) => { const old = line[at]; line[at] = ${over(m, ['x', 'old', 'feedback'])}; at = (at + 1) % line.length; return old }
}
const ${name} = ${make}(${m.random.between(1, 5)}, ${number(m, 1)});`;
  callable(m, name, 1, 1, 'both');
  return text;
};

const song: Snippet = (m) => {
  const name = m.fresh('song');
  const text = `const ${name} = ['AC${m.random.below(9)}-', '7-${m.random.below(9)}f'].map((row) => [...row].map((c) => parseInt(c, 36) || ${number(m, 1)}));`;
  m.declare(
    name,
    { kind: 'array', element: { kind: 'array', element: NUMBER, length: 4 }, length: 2 },
    { region: 'top' },
  );
  return text;
};

/** Options with defaults, called in all ways. */
const options: Snippet = (m) => {
  const [opt, name] = [m.fresh('opt'), m.fresh('f')];
  const calls = [
    `${opt}()`,
    `${opt}({})`,
    `${opt}({ a: x })`,
    `${opt}({ b: x, a: undefined })`,
    `${opt}({ c: 1, b: 2 })`,
  ];
  const text = `const ${opt} = ({ a = ${number(m, 1)}, b = a * 2 } = {}) => ${over(m, ['a', 'b'])};
const ${name} = (x) => ${m.random.shuffled(calls).slice(0, 3).join(' + ')};`;
  callable(m, name, 1, 2);
  return text;
};

/** Arguments that are spread, and parameters that take the rest. */
const spreading: Snippet = (m) => {
  const [first, rest, name, pair] = [m.fresh('first'), m.fresh('rest'), m.fresh('f'), m.fresh('pair')];
  const ways = [
    `${first}(...[x, ${number(m, 1)}, 3])`,
    `${first}(x, ...[${number(m, 1)}])`,
    `${rest}(...[1, x], ${number(m, 1)})`,
    `${rest}(...new Float32Array([x, 2, ${number(m, 1)}]))`,
    `${rest}(x)`,
    `${first}(...${pair}(x))`,
    `${rest}(...${pair}(2), x)`,
    `Math.max(...[x, ${number(m, 1)}].map((y) => y * 2))`,
  ];
  const text = `const ${pair} = (x) => [x, ${number(m, 1)}];
const ${first} = (a, b = ${number(m, 1)}, c) => ${over(m, ['a', 'b'])} + (c ?? 1);
const ${rest} = (a, ...others) => ${first}(...others, a) + others.length;
const ${name} = (x) => ${m.random.shuffled(ways).slice(0, 3).join(' + ')};`;
  callable(m, name, 1, 2);
  return text;
};

/** Arrays made of nothing but a length. */
const counted: Snippet = (m) => {
  const name = m.fresh('count');
  const ways = [
    `[...Array(4).keys()].map((i) => ${over(m, ['i'])})`,
    `Array.from(Array(4), (_, i) => ${over(m, ['i'])})`,
    `Array(4).fill().map((_, i) => ${over(m, ['i'])})`,
    `[...'a-3f'].map((c, i) => c === '-' ? ${over(m, ['i'])} : parseInt(c, 16))`,
    `Array.from('0123', (c) => +c * ${number(m, 1)})`,
    `new Float64Array(4).map((_, i) => ${over(m, ['i'])}).reverse()`,
  ];
  const [way, ...others] = m.random.shuffled(ways);
  m.declare(name, { kind: 'array', element: NUMBER, length: 4 }, { region: 'top' });
  return `const ${name} = [...${way}];\n${name}.splice(1, 2, ...${others[0]}.slice(0, 2));\n${name}.unshift(${name}.pop());`;
};

/** Each turn has variables of its own; what the head of the loop captured keeps those of the first. */
const turns: Snippet = (m) => {
  const [name, list] = [m.fresh('f'), m.fresh('fs')];
  const text = `const ${list} = [() => 0, () => 0, () => 0, () => 0];
for (let i = 0, first = () => i * 10; i < 4; i++) {
  const j = i * 2
  ${list}[i] = () => keep(first() + i * 100 + j + ${over(m, ['i', 'j'], 1)})
  ${m.random.pick(['', 'if (i === 1) i++', 'i += 0'])}
}
const ${name} = (x) => { let s = 0; for (const f of ${list}) s += f() * x; return s };`;
  callable(m, name, 1, 2);
  return text;
};

/** A function used with arguments of several kinds. */
const generic: Snippet = (m) => {
  const [total, twice, name] = [m.fresh('total'), m.fresh('twice'), m.fresh('f')];
  const text = `const ${total} = <T extends ArrayLike<number>>(list: T) => { let s = 0; for (let i = 0; i < list.length; i++) s += list[i]; return s };
const ${twice} = (f, x) => f(f(x));
const ${name} = (x) => ${total}([x, ${number(m, 1)}]) + ${total}(new Uint8Array([x, 300])) + ${twice}((y) => y + x, 1) + (${twice}((b) => !b, x > 1) ? 1 : 0) + ${twice}(Math.${m.random.pick(['abs', 'floor', 'fround'])}, x);`;
  callable(m, name, 1, 2);
  return text;
};

const SNIPPETS: readonly Snippet[] = [
  linkedList,
  sharedCounter,
  composed,
  grid,
  pushed,
  states,
  sequence,
  delayLine,
  song,
  options,
  turns,
  spreading,
  counted,
  generic,
  ...classSnippets,
  ...everydaySnippets,
];

/** Top-level code in one of the ways above. */
export function snippet(m: Maker): string {
  const outer = m.fn;
  // What it declares is called from frames, too.
  m.fn = { ...outer, phase: 'both' };
  const text = m.random.pick(SNIPPETS)(m);
  m.fn = outer;
  return text;
}
