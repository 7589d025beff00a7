/** Ways of writing with classes, with values of several kinds, and with keys that are known only when the program runs. */

import { kept, number } from './numbers.ts';
import { callable, over, type Snippet } from './snippetParts.ts';

/** A class and one that extends it, whose instances meet in a list. */
const classes: Snippet = (m) => {
  const [base, derived, list, name] = [m.fresh('Base'), m.fresh('Derived'), m.fresh('list'), m.fresh('f')];
  const isPrivate = m.random.chance(0.5);
  const memory = isPrivate ? '#memory' : 'memory';
  const own = m.random.pick(['super.shape(y)', 'y', 'this.half', 'super.half']);
  const late = m.random.pick(['', 'if (a > 1) this.late = a; ', 'this.late = this.n ?? 2; ']);
  const text = `class ${base} {
  constructor(a) { ${late}this.n = keep(a); this.reset() }
  reset() { this.count = ${kept(m, 1)} }
  next(x) { this.n = keep(this.n + ${over(m, ['x'], 1)}); this.count = keep(this.count + 1); return this.shape(this.n) }
  shape(y) { return ${over(m, ['y'], 1)} }
  get half() { return this.n / 2 }
  set half(h) { this.n = keep(h * 2) }
}
class ${derived} extends ${base} {
  ${memory} = ${kept(m, 1)};
  shape(y) { this.${memory} = keep(${over(m, ['y'], 1)} - this.${memory}); return ${own} + this.${memory} }
  ${m.random.pick(['reset() { super.reset(); this.extra = 1 }', 'other = (z) => keep(this.n + z)', ''])}
}
const ${list} = [new ${base}(${number(m, 1)}), new ${derived}(${number(m, 1)})];
const ${name} = (x) => {
  let s = 0
  for (const o of ${list}) { ${m.random.pick(['', 'o.half = x; ', 'o.half += 1; '])}s += o.next(x) + o.half + (o instanceof ${derived} ? 1 : 2) + ${late ? '(o.late ?? 0)' : 'o.count'} }
  return keep(s)
};`;
  callable(m, name, 1, 2);
  return text;
};

/** The same, as functions with prototypes and objects whose methods use `this`. */
const prototypes: Snippet = (m) => {
  const [make, box, name] = [m.fresh('Maker'), m.fresh('box'), m.fresh('f')];
  const text = `function ${make}(a) { this.a = keep(a); this.step = ${m.random.pick(['(d) => (this.a = keep(this.a + d))', 'function (d) { return (this.a = keep(this.a - d)) }'])} }
${make}.prototype.twice = function (x) { return this.step(x) + this.step(${over(m, [], 1)}) };
const ${box} = { n: ${kept(m, 1)}, up(x) { this.n = keep(this.n + ${over(m, ['x'], 1)}); return this.n }, get last() { return this.n } };
const ${name} = ((one, two) => (x) => keep(one.twice(x) + two.twice(2) + ${box}.up(x) + ${box}.last))(new ${make}(${number(m, 1)}), new ${make}(3));`;
  callable(m, name, 1, 2);
  return text;
};

/** A function that asks what it is given. */
const kindTests: Snippet = (m) => {
  const [value, list, name] = [m.fresh('value'), m.fresh('mixed'), m.fresh('f')];
  const text = `function ${value}(v, x) {
  if (typeof v === 'function') return v(x)
  if (Array.isArray(v)) return v.length > 1 ? v[1] : ${number(m, 1)}
  return typeof v === 'string' ? v.length : typeof v === 'number' && v > x ? v * 2 : ${over(m, ['x'], 1)}
}
const ${list} = [1, 'a', ${number(m, 1)}, null, true];
const ${name} = (x) => {
  const one = ${list}[Math.abs(Math.floor(x)) % 5]
  const of = typeof one === 'number' ? one : typeof one === 'string' ? 3 : one === null ? 4 : 5
  return keep(${value}(x, 1) + ${value}((y) => y + 1, x) + ${value}([x, 2], 1) + ${value}('abc', x) + of)
};`;
  callable(m, name, 1, 2);
  return text;
};

/** A table that is read and written by names. */
const tables: Snippet = (m) => {
  const [table, keys, name] = [m.fresh('table'), m.fresh('keys'), m.fresh('f')];
  const text = `const ${table} = { one: ${kept(m, 1)}, two: ${kept(m, 1)}, 3: ${kept(m, 1)} };
const ${keys} = ${m.random.pick([`Object.keys(${table})`, `['two', 'one', '3']`])};
const ${name} = (x) => {
  const key = ${keys}[Math.abs(Math.floor(x)) % 3] ?? 'one'
  ${table}[key] = keep(${table}[key] + ${over(m, ['x'], 1)})
  let s = 0
  for (const k in ${table}) s += ${table}[k]
  for (const [k, v] of Object.entries(${table})) s += k.length * v
  return keep(s + (key in ${table} ? 1 : 0) + (${table}[${keys}[5] ?? 'none'] ?? 2) + Object.values(${table})[1])
};`;
  callable(m, name, 1, 2);
  return text;
};

export const classSnippets: readonly Snippet[] = [classes, classes, prototypes, kindTests, tables];
