/** Classes and constructor functions, declared with fields of all kinds, methods, getters, setters, statics and parents. */

import { box } from './everydayBoxes.ts';
import type { EverydayClass, EverydayMaker, EverydayMethod } from './everydayMaker.ts';
import { number } from './everydayNumbers.ts';
import { statements } from './everydayStatements.ts';
import { keptText } from './everydayTexts.ts';

/** Declares a class, perhaps one that extends another. */
export function declareClass(m: EverydayMaker): string {
  const parents = m.classes.filter(({ parent }) => parent === null);
  const parent = parents.length > 0 && m.random.chance(0.6) ? m.random.pick(parents) : null;
  return parent || m.random.chance(0.8) ? classText(m, parent) : prototypeText(m);
}

type Field = EverydayClass['fields'][number];

function fieldsOf(m: EverydayMaker, parent: EverydayClass | null): Field[] {
  const own: Field[] = parent ? [] : [{ name: 'n0', kind: 'number' }];
  const kinds = m.random.pick([[], ['number'], ['box'], ['text'], ['box', 'number'], ['text', 'box']] as const);
  return [...own, ...kinds.map((kind) => ({ name: m.fresh('n'), kind }))];
}

/** What stands in a constructor is as cheap as what a closure may call. */
function startOf(m: EverydayMaker, { kind }: Field): string {
  return m.inFunction('top', () => {
    m.limit = 15;
    return kind === 'number' ? number(m, 1) : kind === 'text' ? keptText(m, 0) : box(m, 1);
  }).made;
}

function classText(m: EverydayMaker, parent: EverydayClass | null): string {
  const name = m.fresh('Class');
  const own = fieldsOf(m, parent);
  const secret = m.random.chance(0.4) ? '#secret' : null;
  const statics = m.random.chance(0.4) ? ['made'] : [];
  const fields = [...(parent?.fields ?? []), ...own];
  const before: EverydayClass = {
    ...{ name, parent, fields, statics: [] },
    ...{ methods: parent?.methods ?? [], getters: parent?.getters ?? [], setters: parent?.setters ?? [] },
  };
  const isDeclared = m.random.chance(0.5);
  const written: string[] = [];
  if (secret) written.push(`${secret} = ${m.random.below(4)}`);
  if (statics.length > 0) written.push(`static made = ${m.random.below(3)}`, 'static twice(x) { return x * 2 }');
  if (isDeclared) written.push(...own.map((field) => `${field.name} = ${startOf(m, field)}`));
  const set = isDeclared ? [] : own.map((field) => `this.${field.name} = ${startOf(m, field)};`);
  if (!isDeclared || m.random.chance(0.5)) {
    const first = parent ? [`super(${m.random.pick(['a', '1', 'a * 2'])});`] : [];
    const n0 = !parent && isDeclared ? ['this.n0 = num(a);'] : [];
    const count = statics.length > 0 ? [`${name}.made++;`] : [];
    written.push(`constructor(a${m.random.pick(['', ' = 2'])}) { ${[...first, ...set, ...n0, ...count].join(' ')} }`);
  }
  const { methods, texts } = methodsOf(m, before, secret);
  written.push(...texts);
  const getters = [...before.getters];
  const setters = [...before.setters];
  if (m.random.chance(0.5)) {
    getters.push('half');
    written.push('get half() { return this.n0 / 2 }');
    if (m.random.chance(0.6)) {
      setters.push('half');
      written.push('set half(h) { this.n0 = num(h * 2) }');
    }
  }
  const made = { ...before, methods, getters: [...new Set(getters)], setters: [...new Set(setters)], statics };
  m.classes.push(made);
  return `class ${name}${parent ? ` extends ${parent.name}` : ''} {\n${written.map((text) => `  ${text}`).join('\n')}\n}`;
}

const METHODS = [
  ['shape', 20],
  ['next', 80],
] as const;

/** Methods that call those before them, on `this` and on `super`. */
function methodsOf(
  m: EverydayMaker,
  before: EverydayClass,
  secret: string | null,
): { methods: readonly EverydayMethod[]; texts: readonly string[] } {
  const texts: string[] = [];
  const methods = [...before.methods];
  // What is overridden may cost more than what it overrides: each costs as much as it may.
  for (const [name, cost] of METHODS.slice(0, m.random.between(1, 2))) {
    const isOverride = methods.some((one) => one.name === name);
    // `next` calls `shape`, and never the other way round.
    const known = name === 'next' ? methods.filter((one) => one.name === 'shape') : [];
    const { made } = m.inFunction('both', () => {
      m.limit = cost - 1;
      m.declare('x', 'number', { isMutable: true, isKept: false });
      // A method of two classes: what they both have is all that `this` is known to have.
      m.declare('this', 'object', { isKept: true, class: { ...before, methods: known, statics: [] } });
      const hidden = secret ? `this.${secret} = num(this.${secret} + ${number(m, 0)}); ` : '';
      const text = statements(m, 2);
      const last = number(m, 2);
      const own = isOverride && m.random.chance(0.6) ? ` + super.${name}(x)` : '';
      return `${name}(x) { ${hidden}${text}\nreturn num(${last}${own}${secret ? ` + this.${secret}` : ''}) }`;
    });
    texts.push(made);
    if (!isOverride) methods.push({ name, cost });
  }
  return { methods, texts };
}

/** A constructor function with methods in its prototype. */
function prototypeText(m: EverydayMaker): string {
  const name = m.fresh('Make');
  const fields = fieldsOf(m, null);
  const set = fields.map((field) => `this.${field.name} = ${field.name === 'n0' ? 'num(a)' : startOf(m, field)};`);
  const before: EverydayClass = { name, parent: null, fields, methods: [], getters: [], setters: [], statics: [] };
  const { made } = m.inFunction('both', () => {
    m.limit = 79;
    m.declare('x', 'number', { isMutable: true, isKept: false });
    m.declare('this', 'object', { isKept: true, class: before });
    return `${statements(m, 2)}\nreturn num(${number(m, 2)})`;
  });
  // No parent: classes extend classes here.
  m.classes.push({ ...before, parent: before, methods: [{ name: 'next', cost: 80 }] });
  return `function ${name}(a) { ${set.join(' ')} }\n${name}.prototype.next = function (x) { ${made} };`;
}
