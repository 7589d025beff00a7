/**
 * Functions of the top level in idioms that nothing else draws: what is thrown in a function that another one calls, `call` and `apply`,
 * private names that are asked for, tables of many keys that come and go, accessors that are inherited, calls of what may not be there.
 * Each keeps what it has to itself, and gives a number. Tests only.
 */

import type { EverydayMaker } from './everydayMaker.ts';

const COST = 60;

/** Declares a function of one number, with what it needs. */
export function idiom(m: EverydayMaker): string {
  const [f, a, b, p] = [m.fresh('f'), m.fresh('u'), m.fresh('u'), m.fresh('p')];
  const C = `${m.fresh('U')}`;
  const at = (count: number, factor = 1): string => `Math.floor(Math.abs(num(${p}) * ${factor})) % ${count}`;
  const [n, k] = [m.random.between(9, 30), m.random.between(2, 9)];
  const make = m.random.pick([`'${a}' + i`, 'i * 3', 'i / 4', `i % 2 ? i : '${b}' + i`]);
  const key = m.random.pick(["'k' + i", 'String(i)', "i % 3 ? 'k' + i : '' + i * 2"]);
  const text = m.one(
    // While frames run, what a function throws is caught in it.
    () => `const ${a} = (x) => { if (x % 3 > 1) throw new Error('far'); return x };
function ${b}(x) { return ${a}(x) * 2 }
const ${C} = [1, 2, 3, 4].map((x) => { try { return ${b}(x) + 1 } catch (error) { return error.message.length } finally { num(x) } });
function ${f}(${p}) { return num(${C}[${at(4)}] + num(${p})) }`,
    () => `function ${a}(x, y = 2) { return num(this.v * x + y) }
const ${b} = { v: ${k} };
function ${f}(${p}) { return num(${a}.call(${b}, ${p}) + ${a}.apply(${b}, [${p}, ${k}])) }`,
    () => `class ${C} { #mark = ${k}; static has(x) { return #mark in x } get mark() { return this.#mark } set mark(x) { this.#mark = num(x) } }
class ${C}b extends ${C} { get mark() { return super.mark + 1 } set mark(x) { super.mark = x * 2 } }
const ${a} = new ${C}b(), ${b} = new ${C}();
function ${f}(${p}) { ${a}.mark = ${p}; ${b}.mark += 1; return ${C}.has(${a}) ? num(${a}.mark + ${b}.mark) : 3 }`,
    () => `const ${a} = Array.from({ length: ${n} }, (_, i) => ${key});
const ${b} = Object.fromEntries(${a}.map((key, i) => [key, i]));
function ${f}(${p}) { const key = ${a}[${at(n)}]; if (num(${p}) % 2 > 1) delete ${b}[key]; else ${b}[key] = num(${p}); let sum = 0; for (const one in ${b}) sum = num(sum * 3 + ${b}[one]); return num(sum + Object.keys(${b}).length + (${b}[${a}[${at(n, 3)}]] ?? -1)) }`,
    () => `const ${a} = Array.from({ length: ${n + k} }, (_, i) => ${make});
const ${b} = new Map(${a}.slice(${k}).map((key, i) => [key, i]));
function ${f}(${p}) { const key = ${a}[${at(n + k)}], gone = ${a}[${at(n + k, 5)}]; ${b}.delete(gone); if (${b}.has(key) || ${b}.size < ${n}) ${b}.set(key, num(${p})); let sum = ${b}.size; for (const value of ${b}.values()) sum = num(sum * 3 + value); return sum }`,
    () => `const ${a} = Array.from({ length: ${n} }, (_, i) => ${make}), ${b} = new Set(${a});
function ${f}(${p}) { const one = ${a}[${at(n)}]; if (!${b}.delete(one)) ${b}.add(one); let sum = 0, place = 0; for (const key of ${b}) { place++; if (key === one) { sum += place; ${b}.delete(${a}[${at(n, 7)}]) } } return num(sum + ${b}.size) }`,
    () => `const ${a} = [(x) => x + ${k}, undefined, (x) => x * 2], ${b} = { f: (x) => x - 1, g: undefined };
function ${f}(${p}) { return num(num(${a}[${at(3)}]?.(${p})) + num(${b}.f?.(${p})) + num(${b}?.g?.(1))) }`,
  );
  m.declare(f, 'function', { isKept: true, cost: COST + 4 * n, arity: [1, 1] });
  return text;
}
