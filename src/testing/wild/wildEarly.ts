/**
 * Uses of what is not there yet: functions, closures, loops and cases that reach a `let`, `const` or function before its
 * declaration has run. JavaScript throws, in the frame in which that happens; what happens in none plays.
 */

import type { WildMaker } from './wildMaker.ts';
import { assignment, condition, number } from './wildValues.ts';

type Writer = (m: WildMaker) => string;

interface Late {
  readonly name: string;
  /** The declaration. */
  readonly text: string;
  /** What uses it. */
  readonly use: string;
}

/** Something declared late, and an expression that uses it. */
function late(m: WildMaker): Late {
  const name = m.fresh('z');
  const word = Number(/\d+/.exec(name)?.[0]) % 3 === 0 ? 'var' : 'let';
  return m.random.weighted<() => Late>([
    [2, () => ({ name, text: `const ${name} = { a: 1, b: 2, c: 3 };`, use: `(${name}.c = ${number(m, 1)})` })],
    [1, () => ({ name, text: `const ${name} = { a: 1, b: 2, c: 3 };`, use: `${name}.b` })],
    [2, () => ({ name, text: `${word} ${name} = ${number(m, 1)};`, use: `(${name} = ${number(m, 1)})` })],
    [2, () => ({ name, text: `${word} ${name} = ${number(m, 1)};`, use: `(${name} + 1)` })],
    [1, () => ({ name, text: `${word} ${name};`, use: `(${name} ?? 4)` })],
    [1, () => ({ name, text: `${word} ${name} = ${number(m, 1)};`, use: `${name}++` })],
    [1, () => ({ name, text: `const ${name} = [1, 2, 3];`, use: `${name}[${m.random.below(3)}]` })],
    [1, () => ({ name, text: `const ${name} = [1, 2, 3];`, use: `(${name}[1] = ${number(m, 1)})` })],
    [1, () => ({ name, text: `const ${name} = new Float64Array(4);`, use: `(${name}[1] += 1)` })],
    [1, () => ({ name, text: `const ${name} = (x) => x + 1;`, use: `${name}(${number(m, 1)})` })],
    [0.5, () => ({ name, text: `${word} ${name} = 1;`, use: `(typeof ${name} === 'number' ? 1 : 2)` })],
    [0.5, () => ({ name, text: `const ${name} = [4, 5];`, use: `[...${name}].length` })],
    [0.5, () => ({ name, text: `${word} ${name} = 1;`, use: `(${name} ||= ${number(m, 1)})` })],
  ])();
}

/** A statement that keeps what the expression gives. */
function kept(m: WildMaker, expression: string): string {
  const target = m.find('number', true);
  return target ? `${target.name} = ${expression};` : `${expression};`;
}

/** Made to happen in some frames only, mostly. */
const sometimes = (m: WildMaker, statement: string): string =>
  m.random.chance(0.75) ? `if (${condition(m, 1)}) { ${statement} }` : statement;

const hoisted: Writer = (m) => {
  const { text, use } = late(m);
  const f = m.fresh('f');
  const parts = [sometimes(m, kept(m, `${f}()`)), text];
  if (m.random.chance(0.5)) parts.push(kept(m, `${f}()`));
  parts.splice(m.random.below(parts.length + 1), 0, `function ${f}() { return ${use} }`);
  return parts.join('\n');
};

const arrow: Writer = (m) => {
  const { text, use } = late(m);
  const f = m.fresh('f');
  const after = m.random.chance(0.5) ? `\n${kept(m, `${f}()`)}` : '';
  return `const ${f} = () => ${use};\n${sometimes(m, kept(m, `${f}()`))}\n${text}${after}`;
};

const handedOn: Writer = (m) => {
  const { text, use } = late(m);
  const [call, x] = [m.fresh('f'), m.fresh('v')];
  return `const ${call} = (g) => (${condition(m, 0)} ? g() : ${number(m, 1)});
let ${x} = ${call}(() => ${use});
${text}
${kept(m, x)}`;
};

const loop: Writer = (m) => {
  const { text, use } = late(m);
  const [i, f] = [m.fresh('i'), m.fresh('f')];
  const head = m.random.pick([`for (let ${i} = 0; ${i} < 2; ${i}++)`, `for (const ${i} of [0, 1])`]);
  const test = m.random.pick([`${i} === 1`, `${i} > currentFrame % 3`, condition(m, 1)]);
  return `${head} { const ${f} = () => ${use}; if (${test}) { ${kept(m, `${f}()`)} } ${text} ${kept(m, `${f}()`)} }`;
};

/** A closure of one turn, called in the next. */
const acrossTurns: Writer = (m) => {
  const { text, use } = late(m);
  const [i, f] = [m.fresh('i'), m.fresh('f')];
  return `{ let ${f} = () => 3;
for (let ${i} = 0; ${i} < 3; ${i}++) { ${sometimes(m, `${f} = () => ${use};`)} ${sometimes(m, kept(m, `${f}()`))} ${text} ${kept(m, `${f}()`)} } }`;
};

const cases: Writer = (m) => {
  const { text, use } = late(m);
  const first = `case 0: ${text}${m.random.chance(0.5) ? ' break;' : ''}`;
  const second = `case 1: ${kept(m, use)} break;`;
  const order = m.random.chance(0.8) ? [first, second] : [second, first];
  return `switch (currentFrame % ${m.random.between(2, 5)}) { ${order.join('\n')} default: ${assignment(m, 1) ?? '0'}; }`;
};

const casesByFunction: Writer = (m) => {
  const { text, use } = late(m);
  const f = m.fresh('f');
  return `switch (currentFrame % ${m.random.between(2, 4)}) { case 0: ${text} case 1: ${kept(m, `${f}()`)} break; default: function ${f}() { return ${use} } }`;
};

/** In its own initial value, or in that of its neighbour. */
const inItself: Writer = (m) => {
  const [a, b, f] = [m.fresh('z'), m.fresh('z'), m.fresh('f')];
  return m.random.weighted<() => string>([
    [1, () => `const ${f} = () => ${a} + 1; let ${a} = ${condition(m, 1)} ? ${f}() : 2; ${kept(m, a)}`],
    [
      1,
      () =>
        `function ${f}() { return ${a}.a } const ${a} = { a: 1, b: ${condition(m, 1)} ? ${f}() : 2 }; ${kept(m, `${a}.b`)}`,
    ],
    [
      1,
      () =>
        `const ${f} = (x = ${b}, y = 1) => x + y; ${sometimes(m, kept(m, `${f}()`))} let ${b} = 2; ${kept(m, `${f}()`)}`,
    ],
    [
      1,
      () =>
        `function ${f}() { return ${b} } let [${a} = ${f}(), ${b} = 3] = [${condition(m, 1)} ? 1 : undefined]; ${kept(m, a)}`,
    ],
    [
      1,
      () =>
        `function ${f}() { return ${b} } let { ${a} = ${condition(m, 0)} ? ${f}() : 5, ${b} = 4 } = {}; ${kept(m, `${a} + ${b}`)}`,
    ],
    [1, () => `const ${f} = (${a} = ${condition(m, 0)} ? ${b} : 1, ${b} = 2) => ${a} + ${b}; ${kept(m, `${f}()`)}`],
  ])();
};

/** Jumped over: the declaration does not run, and a function in the block is called all the same. */
const jumpedOver: Writer = (m) => {
  const { text, use } = late(m);
  const [label, f, g] = [m.fresh('L'), m.fresh('f'), m.fresh('g')];
  return `{ let ${g} = () => 6;
${label}: { ${g} = () => ${f}(); if (${condition(m, 1)}) break ${label}; ${text} function ${f}() { return ${use} } }
${sometimes(m, kept(m, `${g}()`))} }`;
};

export function declareEarly(m: WildMaker): string {
  return m.random.pick([
    ...[hoisted, hoisted, arrow, arrow, handedOn, loop, acrossTurns, cases, cases, casesByFunction, inItself, inItself],
    jumpedOver,
  ])(m);
}
