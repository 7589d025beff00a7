/** Ways of writing with maps, sets, texts as states, values of several kinds, what is thrown, and functions of the library. */

import { kept, number } from './numbers.ts';
import { callable, over, type Snippet } from './snippetParts.ts';

/** A map and a set that are made at the top level, read and changed by frames. */
const maps: Snippet = (m) => {
  const [map, set, name] = [m.fresh('map'), m.fresh('set'), m.fresh('f')];
  const made = m.random.pick([
    `new Map([['a', ${kept(m, 1)}], ['b', ${kept(m, 1)}], ['c', 2]])`,
    `new Map(Object.entries({ a: ${kept(m, 1)}, b: 2, c: ${kept(m, 1)} }))`,
    `new Map([...'abc'].map((k, i) => [k, keep(i + ${number(m, 1)})]))`,
  ]);
  const walk = m.random.pick([
    `for (const [k, v] of ${map}) s += v * (k === 'b' ? 2 : 1)`,
    `${map}.forEach((v, k) => { s += v + k.length })`,
    `for (const k of ${map}.keys()) s += ${map}.get(k)`,
    `s += [...${map}.values()].reduce((sum, v) => sum + v, 0)`,
  ]);
  const text = `const ${map} = ${made};
${m.random.pick(['', `${map}.set('d', ${kept(m, 1)}).set('a', 3);`, `${map}.delete('c'); ${map}.set('c', ${kept(m, 1)});`])}
const ${set} = new Set(['a', 'x', 'b', 'a']);
const ${name} = (x) => {
  const key = 'abcx'[Math.abs(Math.floor(x)) % 4] ?? 'a'
  if (${map}.has(key)) ${map}.set(key, keep(${map}.get(key) + ${over(m, ['x'], 1)}))
  let s = ${map}.size + (${set}.has(key) ? 1 : 0)
  ${walk}
  return keep(s + (${map}.get(key) ?? ${number(m, 1)}))
};`;
  callable(m, name, 1, 2);
  return text;
};

/** A machine that goes from state to state by texts. */
const machines: Snippet = (m) => {
  const [state, level, name] = [m.fresh('state'), m.fresh('level'), m.fresh('f')];
  const text = `let ${state} = 'attack';
let ${level} = ${kept(m, 1)};
const ${name} = (x) => {
  switch (${state}) {
    case 'attack': ${level} = keep(${level} + ${over(m, ['x'], 1)}); if (${level} > ${number(m, 1)}) ${state} = 'decay'; break
    case 'decay': ${level} = keep(${level} * 0.5); ${m.random.pick([`${state} = x > 1 ? 'off' : 'attack'`, `${state} = ['off', 'attack'][${m.random.below(3)}] ?? 'decay'`])}; break
    default: if (${over(m, ['x'], 1)} > 0) ${state} = 'attack'
  }
  return keep(${level} + ${state}.length + (${state} === 'off' ? 1 : 0) + (\`\${${state}}\${1}\` === 'off1' ? 2 : 0))
};`;
  callable(m, name, 1, 2);
  return text;
};

/** A variable and the elements of a list, each of several kinds in turn. */
const severalKinds: Snippet = (m) => {
  const [list, kinds, now, name] = [m.fresh('list'), m.fresh('kinds'), m.fresh('now'), m.fresh('f')];
  const text = `const ${list} = [${kept(m, 1)}, 2];
const ${kinds} = [${kept(m, 1)}, 'text', ${list}, null, (y) => y + ${number(m, 1)}, { v: ${kept(m, 1)} }];
let ${now} = ${m.random.pick(['null', '1', `'text'`, list])};
const ${name} = (x) => {
  const one = ${now}
  ${now} = ${kinds}[Math.abs(Math.floor(x)) % 7]
  if (typeof one === 'number') return keep(one + x)
  if (typeof one === 'function') return keep(one(x))
  if (Array.isArray(one)) { one[0] = keep(one[0] + ${over(m, ['x'], 1)}); return one[0] }
  if (one === null || one === undefined) return ${over(m, ['x'], 1)}
  return typeof one === 'string' ? one.length : keep(one.v)
};`;
  callable(m, name, 1, 2);
  return text;
};

/** What is thrown and caught where it happens, and what is done in any case. */
const caught: Snippet = (m) => {
  const [count, name] = [m.fresh('count'), m.fresh('f')];
  const thrown = m.random.pick([`new Error('high')`, `new RangeError('high')`, `'high'`, 'x']);
  const seen = thrown.startsWith('new') ? 'error.message.length' : thrown === 'x' ? 'error' : 'error.length';
  const last = m.random.chance(0.5) ? `finally { ${count} = keep(${count} + 1) }` : '';
  const text = `let ${count} = 0;
try { if (${kept(m, 1)} > 1) throw new Error('top'); ${count} += 1 } catch { ${count} = 2 }
const ${name} = (x) => {
  let y = ${over(m, ['x'], 1)}
  try {
    if (y > ${number(m, 1)}) throw ${thrown}
    y = keep(y * 2)
  } catch (error) {
    y = ${seen} + 1
  } ${last}
  return keep(y + ${count})
};`;
  callable(m, name, 1, 2);
  return text;
};

/** `arguments`, `var`, defaults in patterns, labels, the rest of objects and what is printed. */
const oldWays: Snippet = (m) => {
  const [sum, name] = [m.fresh('sum'), m.fresh('f')];
  const text = `function ${sum}() {
  outer: for (var i = 0, total = 0; i < arguments.length; i++) {
    for (var j = 0; j < 2; j++) { if (arguments[i] > ${number(m, 1)}) continue outer; total += j }
    total += keep(arguments[i])
  }
  return total + i
}
const ${name} = (x) => {
  const [a = ${number(m, 1)}, { b = ${over(m, ['x'], 1)}, c: { d = 2 } = {} } = {}] = [x, ${m.random.pick(['{}', '{ b: x }', '{ b: undefined, c: { d: 1 } }'])}]
  if (currentFrame % 16 === 0) console.log('f', x, a)
  return keep(${sum}(a, b) + ${sum}() + ${sum}(x, d, ...[1, b]))
};`;
  callable(m, name, 1, 2);
  return text;
};

/** Closures of the library. */
const library: Snippet = (m) => {
  const [one, name] = [m.fresh('lib'), m.fresh('f')];
  const [make, use] = m.random.pick([
    ['saw()', 'ONE(110 + x)'],
    ['sine()', 'ONE(220)'],
    ['lowpass1()', 'ONE(x, 800)'],
    ['svf()', 'ONE(x, 900, 0.7).low'],
    ['lag()', 'ONE(x, 0.01)'],
    ['impulse()', 'ONE(900)'],
  ] as const);
  const text = `const ${one} = ${make};
const ${name} = (x) => keep(${use.replace('ONE', one).replaceAll('x', `keep(${over(m, ['x'], 1)})`)});`;
  callable(m, name, 1, 2);
  return text;
};

export const everydaySnippets: readonly Snippet[] = [maps, machines, severalKinds, caught, oldWays, library];
