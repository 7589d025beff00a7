/**
 * What is kept through an edit, and what is reset. Each case is two texts and a third one, which makes the same change
 * by itself at frame S: the swap must equal it from the end of the fade on. What is kept and what is not is reported.
 */
import { describe, expect, it } from 'vitest';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

const S = 512;
const FADE_FRAMES = 32;
const FRAMES = 1024;

interface Case {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** The patch that changes itself; `now` is the text of a condition that holds from S on. */
  readonly self: (now: string) => string;
  readonly kept?: readonly string[];
  readonly reset?: readonly string[];
}

const COUNTER = `
function counter(step) {
  let n = 0
  return () => (n += step)
}`;

const SUM = `
export default () => {
  let sum = 0
  for (let i = 0; i < voices.length; i++) sum = sum * 1.25 + voices[i]()
  return sum
}`;

/** Voices in an array whose elements are those before or after the swap; `order`: where each comes from. */
const regrouped = (before: readonly number[], after: readonly number[]) => (now: string) => {
  const all = [...new Set([...before, ...after])];
  const play = (list: readonly number[]) =>
    list.map((step) => `sum = sum * 1.25 + v[${all.indexOf(step)}]()`).join('\n');
  return `${COUNTER}
const v = [${all.join()}].map((step) => counter(step))
export default () => {
  let sum = 0
  if (${now}) {\n${play(after)}\n} else {\n${play(before)}\n}
  return sum
}`;
};

const voices = (steps: readonly number[]) =>
  `${COUNTER}\nconst voices = [${steps.join()}].map((s) => counter(s))${SUM}`;

/** `q` points at `r` from frame 7 on; the two are other specialisations of one function, as their lists are. */
const specialised = (result: string) => `
const mk = (k, list) => () => { list[0] += k; return list[0] }
let q = mk(1, [2])
const r = mk(3, [40])
const s = mk(5, [600])
export default () => { if (currentFrame === 7) q = r; return ${result} + s() }`;

const cases: Case[] = [
  {
    name: 'a variable that points at another specialisation of its function still does',
    before: specialised('q()'),
    after: specialised('2 * q()'),
    self: (now) => specialised(`(${now} ? 2 : 1) * q()`),
  },
  {
    name: 'a variable whose last assignment is removed stays as it is',
    before: 'let n = 0\nexport default () => { n += 1; return n }',
    after: 'let n = 0\nexport default () => { return n * 2 }',
    self: (now) => `let n = 0\nexport default () => ${now} ? n * 2 : (n += 1)`,
    kept: ['n'],
  },
  {
    name: 'a captured variable whose last assignment is removed is the same in all closures that share it',
    before: `function pair() { let n = 0; return { up: () => (n += 1), get: () => n * 3 } }
      const p = pair()\nexport default () => [p.up(), p.get()]`,
    after: `function pair() { let n = 0; return { up: () => n * 2, get: () => n * 3 } }
      const p = pair()\nexport default () => [p.up(), p.get()]`,
    self: (now) => `let n = 0\nexport default () => { const a = ${now} ? n * 2 : (n += 1); return [a, n * 3] }`,
    kept: ['p.up.n', 'p.get.n'],
  },
  {
    name: 'a captured variable that was constant begins to move from where it is',
    before: `function make(k) { let n = k; return () => n * 2 }\nconst f = make(5)\nexport default () => f()`,
    after: `function make(k) { let n = k; return () => (n += 1) * 2 }\nconst f = make(5)\nexport default () => f()`,
    self: (now) => `let n = 5\nexport default () => (${now} ? (n += 1) : n) * 2`,
  },
  {
    name: 'a second closure takes a share of what the first one had for itself',
    before: `function make() { let n = 0; return [() => (n += 1)] }\nconst f = make()\nexport default () => f[0]()`,
    after: `function make() { let n = 0; return [() => (n += 1), () => n * 0.5] }
      const f = make()\nexport default () => [f[0](), f[1]()]`,
    self: (now) => `let n = 0\nexport default () => { n += 1; return ${now} ? [n, n * 0.5] : n }`,
  },
  {
    name: 'the first of the closures that share a variable goes away',
    before: `function make() { let n = 0; const up = () => (n += 1); const down = () => (n -= 0.5); return { up, down } }
      const { up, down } = make()\nexport default () => [up(), down()]`,
    after: `function make() { let n = 0; const up = () => (n += 1); const down = () => (n -= 0.5); return { up, down } }
      const { down } = make()\nexport default () => [0, down()]`,
    self: (now) => `let n = 0
      export default () => { const a = ${now} ? 0 : (n += 1); n -= 0.5; return [a, n] }`,
  },
  {
    name: 'a capture more and a capture less',
    before: `function make(a, b) { let x = 0; let y = 0; return () => { x += a; y += b; return x + y } }
      const f = make(1, 0.25)\nexport default () => f()`,
    after: `function make(a, b, c) { let z = 7; let y = 0; return () => { y += b; z += c; return z + y } }
      const f = make(1, 0.25, 3)\nexport default () => f()`,
    self: (now) => `let x = 0\nlet y = 0\nlet z = 7
      export default () => { if (${now}) { y += 0.25; z += 3; return z + y } x += 1; y += 0.25; return x + y }`,
  },
  {
    name: 'a renamed top-level variable',
    before: 'let a = 3\nlet b = 4\nexport default () => { a += 1; b += 2; return [a, b] }',
    after: 'let first = 3\nlet b = 4\nexport default () => { first += 1; b += 2; return [first * 2, b] }',
    self: (now) => `let a = 3\nlet b = 4\nexport default () => { a += 1; b += 2; return [${now} ? a * 2 : a, b] }`,
    kept: ['first', 'b'],
  },
  {
    name: 'one variable deleted and another one added, which begin with other values',
    before: 'let a = 3\nlet b = 4\nexport default () => { a += 1; b += 2; return [a, b] }',
    after: 'let c = 30\nlet b = 4\nexport default () => { c += 1; b += 2; return [c, b] }',
    self: (now) => `let a = 3\nlet b = 4\nlet c = 30
      export default () => { if (${now}) c += 1; else a += 1; b += 2; return [${now} ? c : a, b] }`,
    kept: ['b'],
    reset: ['c'],
  },
  {
    name: 'a renamed closure, a renamed factory, and the variable in it renamed',
    before: `${COUNTER}\nconst one = counter(1)\nconst two = counter(2)\nexport default () => [one(), two()]`,
    after: `function steps(by) {\n  let count = 0\n  return () => (count += by)\n}
      const uno = steps(1)\nconst two = steps(2)\nexport default () => [uno() * 2, two()]`,
    self: (now) => `${COUNTER}\nconst one = counter(1)\nconst two = counter(2)
      export default () => [one() * (${now} ? 2 : 1), two()]`,
    kept: ['uno.count', 'two.count'],
  },
  {
    name: 'another factory in the place of the first, which is still there',
    before: `${COUNTER}\nfunction other(step) { let n = 0; return () => (n -= step) }
      const x = counter(1)\nconst y = other(1)\nexport default () => [x(), y()]`,
    after: `${COUNTER}\nfunction other(step) { let n = 0; return () => (n -= step) }
      const x = other(1)\nconst y = other(1)\nexport default () => [x(), y()]`,
    self: (now) => `let a = 0\nlet b = 0\nlet c = 0
      export default () => { b -= 1; return [${now} ? (c -= 1) : (a += 1), b] }`,
    kept: ['y.n'],
    reset: ['x.n'],
  },
  {
    name: 'a voice in front of those in an array',
    before: voices([1, 3, 7]),
    after: voices([0.5, 1, 3, 7]),
    self: regrouped([1, 3, 7], [0.5, 1, 3, 7]),
    reset: ['voices[0].n'],
  },
  {
    name: 'a voice taken out of the middle, and one behind',
    before: voices([1, 3, 7]),
    after: voices([1, 7, 11]),
    self: regrouped([1, 3, 7], [1, 7, 11]),
  },
  {
    name: 'voices in another order',
    before: voices([1, 3, 7, 9]),
    after: voices([9, 3, 1, 7]),
    self: regrouped([1, 3, 7, 9], [9, 3, 1, 7]),
    reset: [],
  },
  {
    name: 'voices that nothing tells apart go by position',
    before: `${COUNTER}\nconst voices = Array.from({ length: 2 }, () => counter(1))${SUM}`,
    after: `${COUNTER}\nconst voices = Array.from({ length: 3 }, () => counter(1))${SUM}`,
    self: (now) => `${COUNTER}\nconst v = [counter(1), counter(1), counter(1)]
      export default () => {
        let sum = v[0]()
        sum = sum * 1.25 + v[1]()
        return ${now} ? sum * 1.25 + v[2]() : sum
      }`,
  },
  {
    name: 'a voice whose constant is edited, beside one that is inserted',
    before: voices([1, 3, 7]),
    after: `${COUNTER}\nconst voices = [0.5, 1, 3, 8].map((s) => counter(s))${SUM}`,
    self: (now) => `let a = 0\nlet b = 0\nlet c = 0\nlet d = 0
      export default () => {
        let sum = 0
        if (${now}) sum = d += 0.5
        sum = sum * 1.25 + (a += 1)
        sum = sum * 1.25 + (b += 3)
        return sum * 1.25 + (c += ${now} ? 8 : 7)
      }`,
  },
  {
    name: 'objects in arrays, with what they hold',
    before: `${COUNTER}
      const voices = [2, 5].map((k) => ({ k, up: counter(k), past: [0, 0], now: 0 }))
      export default () => {
        let s = 0
        for (const v of voices) { v.now = (v.now + v.k) % 50; v.past[currentFrame % 2] += v.up(); s = s * 1.5 + v.now + v.past[0] }
        return s
      }`,
    after: `${COUNTER}
      const voices = [9, 2, 5].map((k) => ({ gain: 2, k, up: counter(k), past: [0, 0], now: 0 }))
      export default () => {
        let s = 0
        for (const v of voices) { v.now = (v.now + v.k) % 50; v.past[currentFrame % 2] += v.up(); s = s * 1.5 + v.now + v.past[0] }
        return s
      }`,
    self: (now) => `${COUNTER}
      const all = [9, 2, 5].map((k) => ({ k, up: counter(k), past: [0, 0], now: 0 }))
      export default () => {
        let s = 0
        for (const v of all) {
          if (v.k === 9 && !(${now})) continue
          v.now = (v.now + v.k) % 50; v.past[currentFrame % 2] += v.up(); s = s * 1.5 + v.now + v.past[0]
        }
        return s
      }`,
  },
  {
    name: 'what a variable points at is found by its own name, wherever that moved',
    before: `${COUNTER}\nlet now = null\nconst voices = [1, 3].map((k) => ({ k, up: counter(k) }))\nnow = voices[0]
      export default () => { now = voices[currentFrame % 2]; return now.up() + voices[1].k }`,
    after: `${COUNTER}\nlet now = null\nconst voices = [9, 1, 3].map((k) => ({ k, up: counter(k) }))\nnow = voices[1]
      export default () => { now = voices[1 + currentFrame % 2]; return now.up() + voices[2].k }`,
    self: () => `${COUNTER}\nconst v = [counter(1), counter(3)]\nexport default () => v[currentFrame % 2]() + 3`,
  },
  {
    name: 'a shared variable is shared still, through nested factories',
    before: `function shared() {
        let clock = 0
        const tick = (by) => { let own = 0; return () => { clock += by; own += 1; return clock * 100 + own } }
        return [tick(1), tick(2)]
      }
      const ticks = shared()\nexport default () => [ticks[0](), ticks[1]()]`,
    after: `function shared() {
        let clock = 0
        const tick = (by) => { let own = 0; return () => { clock += by; own += 1; return clock * 100 + own } }
        return [tick(4), tick(1), tick(2)]
      }
      const ticks = shared()\nexport default () => [ticks[1](), ticks[2]() + ticks[0]()]`,
    self: (now) => `let clock = 0\nlet a = 0\nlet b = 0\nlet c = 0
      export default () => {
        clock += 1; a += 1; const x = clock * 100 + a
        clock += 2; b += 1; let y = clock * 100 + b
        if (${now}) { clock += 4; c += 1; y += clock * 100 + c }
        return [x, y]
      }`,
  },
  {
    name: 'a delay line that grows or shrinks keeps what both have',
    before: `const line = new Float32Array(100)\nlet at = 0
      export default () => { at = (at + 1) % 60; line[at] += currentFrame; return line[(at * 7) % 60] }`,
    after: `const line = new Float32Array(80)\nlet at = 0
      export default () => { at = (at + 1) % 60; line[at] += currentFrame; return line[(at * 7) % 60] * 2 }`,
    self: (now) => `const line = new Float32Array(100)\nlet at = 0
      export default () => { at = (at + 1) % 60; line[at] += currentFrame; return line[(at * 7) % 60] * (${now} ? 2 : 1) }`,
    kept: ['line', 'at'],
  },
  {
    name: 'a changed type is reset, and reported',
    before: `const line = new Float32Array(10)\nexport default () => (line[0] += 1)`,
    after: `const line = new Float64Array(10)\nexport default () => (line[0] += 1)`,
    self: (now) => `let a = 0\nlet b = 0\nexport default () => ${now} ? (b += 1) : (a += 1)`,
    reset: ['line'],
  },
  {
    name: 'a renamed field',
    before: 'const o = { a: 1, b: 2 }\nexport default () => { o.a += 1; o.b += 1; return [o.a, o.b] }',
    after: 'const o = { first: 1, b: 2 }\nexport default () => { o.first += 1; o.b += 1; return [o.first * 2, o.b] }',
    self: (now) => `const o = { a: 1, b: 2 }
      export default () => { o.a += 1; o.b += 1; return [o.a * (${now} ? 2 : 1), o.b] }`,
  },
];

describe.each(cases)('$name', ({ before, after, self, kept, reset }) => {
  const frames = { frames: FRAMES, fadeFrames: FADE_FRAMES, blockFrames: 32 };

  it('continues', async () => {
    const expected = renderOracle(self(`currentFrame >= ${S}`), { frames: FRAMES });
    const render = await renderCompiled({ text: before, ...frames, swaps: [{ frame: S, text: after }] });
    const [swap] = render.swaps;
    if (swap?.kind !== 'committed') throw new Error(swap?.kind);
    expectSameRender('before the swap', render, renderOracle(before, { frames: FRAMES }), { tolerance: 0, toFrame: S });
    expectSameRender('after the fade', render, expected, { tolerance: 0, fromFrame: S + FADE_FRAMES });
    if (kept) expect(swap.report.stateKept).toEqual(expect.arrayContaining([...kept]));
    const { stateReset, stateNew } = swap.report;
    const lost = stateReset.filter(({ reason }) => reason !== 'gone').map(({ path }) => path);
    if (reset) expect([...lost, ...stateNew]).toEqual([...reset]);
  });

  it('and through edits that come after', async () => {
    const expected = renderOracle(self(`currentFrame >= ${S}`), { frames: FRAMES });
    const swaps = [0, 1, 2].map((n) => ({ frame: S + 64 * n, text: `${after}\nconst unrelated${n} = ${n}` }));
    const render = await renderCompiled({ text: before, ...frames, swaps });
    expect(render.swaps.map(({ kind }) => kind)).toEqual(['committed', 'committed', 'committed']);
    expectSameRender('after all', render, expected, { tolerance: 0, fromFrame: S + FADE_FRAMES });
  });
});

it('what was renamed first and changed afterwards is kept under its new name', async () => {
  const make = (name: string, more: string) => `function make() { ${more} let ${name} = 2; return () => (${name} += 1) }
    const f = make()\nexport default () => f()`;
  const swaps = [
    { frame: S, text: make('count', '') },
    { frame: S + 128, text: make('count', 'let other = 2; ').replace('count += 1', 'count += 1 + (other -= 0.5)') },
  ];
  const options = { frames: FRAMES, fadeFrames: FADE_FRAMES, blockFrames: 32 };
  const render = await renderCompiled({ text: make('n', ''), ...options, swaps });
  expect(render.swaps.map(({ kind }) => kind)).toEqual(['unchanged', 'committed']);
  const self = `let n = 2\nlet other = 2
    export default () => (n += currentFrame < ${S + 128} ? 1 : 1 + (other -= 0.5))`;
  const expected = renderOracle(self, { frames: FRAMES });
  expectSameRender('after both', render, expected, { tolerance: 0, fromFrame: S + 128 + FADE_FRAMES });
});
