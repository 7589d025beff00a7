/**
 * What the language service answers: a text with `¦` where the cursor is in, what the editor shows out. Expected are signatures
 * and words as the library's own source and TypeScript have them, on whole texts and on what is left of them while one types.
 */
import { describe, expect, it } from 'vitest';
import type { Renaming } from '../../protocol/language.ts';
import { ask, MARK, newService, unmarked } from '../../testing/languageDesk.ts';

const service = newService();
const labels = (marked: string): string[] => (ask('complete', marked, service)?.items ?? []).map(({ label }) => label);
/** What would be replaced. */
const replaced = (marked: string): string => {
  const span = ask('complete', marked, service)?.span;
  return span ? unmarked(marked).text.slice(span.start, span.end) : 'nothing';
};

const VOICES = 'const vs = [110, 220].map((f) => ({ f, osc: saw(), filter: svf() }))\n';
const END = '\nexport default (t) => t\n';

describe('completion', () => {
  it.each([
    ['names of the library', `const a = low${MARK}${END}`, ['lowpass', 'lowshelf', 'lowpass1']],
    ['at the end of a text', `const a = low${MARK}`, ['lowpass']],
    ['an empty text', MARK, ['export default', 'lowpass', 'Math', 'const', 'for']],
    ['globals', `export default () => cur${MARK}`, ['currentFrame', 'currentTime', 'currentBeat', 'sampleRate']],
    ['own names', `const cutoff = 3\nexport default (t) => cu${MARK}`, ['cutoff', 't']],
    ['names declared below', `function f() { return ${MARK} }\nlet later = 1${END}`, ['later', 'f']],
    ['parameters and locals', `export default (t) => {\n  let x = 1\n  return ${MARK}\n}`, ['t', 'x']],
    ['names of loops', `for (let i = 0; i < 3; i++) { ${MARK} }${END}`, ['i']],
    ['names of patterns', `const [one, { two }] = [1, { two: 2 }]\nconst y = ${MARK}${END}`, ['one', 'two']],
    [
      'names inside an open call',
      `const lp = lowpass()\nexport default (time) => {\n  const cut = 3\n  return lp(${MARK}\n}`,
      ['cut', 'time', 'lp'],
    ],
    ['names in a broken function', `function f(depth) {\n  const rate = 2 +\n  ${MARK}\n}${END}`, ['depth']],
    ['names after a broken line', `const a = = 3\nconst bee = 1\nconst c = ${MARK}${END}`, ['bee']],
    ['members of Math', `const a = Math.${MARK}${END}`, ['sin', 'PI', 'tanh', 'random']],
    ['members of Math in the middle', `const a = Math.s${MARK} + 1${END}`, ['sin', 'sqrt']],
    ['members of an object', `const o = { gain: 1, pan: 0 }\nconst a = o.${MARK}${END}`, ['gain', 'pan']],
    [
      'members before a line that is whole',
      `const o = { gain: 1 }\nexport default (t) => {\n  o.${MARK}\n  return t\n}`,
      ['gain'],
    ],
    [
      'members of what a closure returns',
      `const f = svf()\nexport default (t) => f(t, 100).${MARK}`,
      ['low', 'band', 'high', 'notch', 'peak'],
    ],
    ['members of elements', `${VOICES}const a = vs[0].${MARK}${END}`, ['f', 'osc', 'filter']],
    [
      'members of the variable of a loop',
      `${VOICES}export default (t) => {\n  for (const v of vs) v.${MARK}\n  return 0\n}`,
      ['f', 'osc', 'filter'],
    ],
    ['members of the parameter of a method', `${VOICES}const fs = vs.map((v) => v.${MARK})${END}`, ['f', 'osc']],
    [
      'members of what an own function makes',
      `function voice(hz) { return { play: (x) => x * hz, hz } }\nconst v = voice(3)\nconst a = v.${MARK}${END}`,
      ['play', 'hz'],
    ],
    ['members deep inside', `const o = { a: { b: { deep: 1 } } }\nconst x = o.a.b.${MARK}${END}`, ['deep']],
    [
      'members of what is written as a type',
      `type Note = { pitch: number; gate: number }\nfunction f(n: Note) { return n.${MARK} }${END}`,
      ['pitch', 'gate'],
    ],
    [
      'members of this',
      `class Osc { constructor() { this.phase = 0 } next() { return this.${MARK} } }${END}`,
      ['phase', 'next'],
    ],
    [
      'members of an instance',
      `class Osc { constructor() { this.phase = 0 } next() { return 1 } }\nconst o = new Osc()\nconst a = o.${MARK}${END}`,
      ['phase', 'next'],
    ],
    ['methods of arrays', `const xs = [1, 2]\nconst a = xs.${MARK}${END}`, ['map', 'length', 'reduce', 'push']],
    [
      'methods of typed arrays',
      `const xs = new Float32Array(4)\nconst a = xs.${MARK}${END}`,
      ['map', 'subarray', 'fill'],
    ],
    ['methods of strings', `const s = 'c e g'\nconst a = s.${MARK}${END}`, ['split', 'length', 'charCodeAt']],
    [
      'members that are read by a pattern',
      `const f = svf()\nexport default (t) => { const { lo${MARK} } = f(t, 1); return 0 }`,
      ['low', 'high'],
    ],
    ['what can be made with new', `const a = new ${MARK}${END}`, ['Float32Array', 'Float64Array', 'Array']],
    ['names of controls', `const a = slider('cutoff', 1)\nconst b = slider('${MARK}')${END}`, ['cutoff']],
    ['optional members', `const o = { gain: 1 }\nconst a = o?.${MARK}${END}`, ['gain']],
  ])('has %s', (_, marked, wanted) => {
    expect(labels(marked)).toEqual(expect.arrayContaining(wanted));
  });

  it.each([
    ['in a comment', `// low${MARK}${END}`],
    ['in a block comment', `/* low${MARK} */${END}`],
    ['in a string', `const a = 'low${MARK}'${END}`],
    ['in a number', `const a = 1.${MARK}${END}`],
    ['where a name is declared', `const low${MARK}${END}`],
  ])('is silent %s', (_, marked) => {
    expect(labels(marked)).toEqual([]);
  });

  it.each([
    ['a hidden name of the library only once', `const saw = 3\nconst a = sa${MARK}${END}`, 'saw', 1],
    ['no local of another function', `function f() { const inside = 1 }\nconst a = ${MARK}${END}`, 'inside', 0],
    ['no name that is being declared', `const selfish = ${MARK}${END}`, 'selfish', 0],
    ['nothing that is refused', `const xs = [1]\nconst a = xs.${MARK}${END}`, 'toSpliced', 0],
    ['no second default export', `const a = ${MARK}${END}`, 'export default', 0],
    ['no resizing method of a typed array', `const xs = new Float32Array(4)\nconst a = xs.${MARK}${END}`, 'push', 0],
  ])('has %s', (_, marked, label, count) => {
    expect(labels(marked).filter((one) => one === label)).toHaveLength(count);
  });

  it('replaces the word that is being written', () => {
    expect(replaced(`const a = low${MARK}${END}`)).toBe('low');
    expect(replaced(`const a = Math.s${MARK}`)).toBe('s');
    expect(replaced(`const a = ${MARK}${END}`)).toBe('');
  });

  it('says more of one that is looked at', () => {
    const { text, offset } = unmarked(`const own = lowpass()\nconst a = ${MARK}${END}`);
    const told = (label: string) => service.answer(text, { kind: 'describe', offset, label });
    expect(told('lowpass')?.code).toBe('function lowpass(): (x: number, hz: number, q?: number) => number');
    expect(told('own')?.code).toBe('const own: (x: number, hz: number, q?: number) => number');
    expect(told('sampleRate')?.code).toBe('const sampleRate: number');
    expect(told('nothing of the kind')).toBeNull();
  });
});

describe('definition, references and highlights', () => {
  const SHADOWED = `const x = 1\nfunction f(x) { return x }\nconst o = { x }\nexport default (t) => f(x) + o.x\n`;
  const at = (text: string, marked: string): number => {
    const offset = text.indexOf(marked.replace(MARK, ''));
    return offset + marked.indexOf(MARK);
  };
  const textsAt = (text: string, spans: readonly { start: number; end: number }[]): string[] =>
    spans.map(({ start, end }) => `${start}:${text.slice(start, end)}`);

  it('finds where a name is declared', () => {
    const define = (place: string) =>
      service.answer(SHADOWED, { kind: 'define', offset: at(SHADOWED, place) })?.span.start;
    expect(define(`f(x${MARK}) +`)).toBe(SHADOWED.indexOf('x = 1'));
    expect(define(`return x${MARK}`)).toBe(SHADOWED.indexOf('(x)') + 1);
    expect(define(`o.x${MARK}`)).toBeUndefined();
  });

  it('leads into the library', () => {
    const found = ask('define', `const a = low${MARK}pass()${END}`, service);
    expect(found?.path).toBe('dsp/filters/secondOrder.ts');
    const module = service.answer('', { kind: 'module', path: found?.path ?? '' }) ?? '';
    expect(module.slice(found?.span.start, found?.span.end)).toBe('lowpass');
    expect(module.slice(0, found?.span.start)).toMatch(/export function $/);
  });

  it('finds all uses, and only those', () => {
    const offset = at(SHADOWED, `x${MARK} = 1`);
    const found = service.answer(SHADOWED, { kind: 'references', offset }).map(({ span }) => span);
    expect(textsAt(SHADOWED, found)).toEqual([
      '6:x',
      `${SHADOWED.indexOf('{ x }') + 2}:x`,
      `${SHADOWED.indexOf('f(x) +') + 2}:x`,
    ]);
    const inside = service.answer(SHADOWED, { kind: 'highlights', offset: at(SHADOWED, `return x${MARK}`) });
    expect(inside.map(({ isWritten }) => isWritten)).toEqual([true, false]);
  });

  it('finds uses of a name of the library, and its own place', () => {
    const text = `const a = saw(), b = saw()${END}`;
    const found = service.answer(text, { kind: 'references', offset: 11 });
    expect(found.map(({ path }) => path)).toEqual([null, null, 'dsp/oscillators/tables.ts']);
  });
});

describe('rename', () => {
  const applied = (marked: string, name: string): string => {
    const { text, offset } = unmarked(marked);
    const renaming: Renaming = service.answer(text, { kind: 'rename', offset, name });
    if ('refusal' in renaming) return renaming.refusal;
    return renaming.edits
      .toSorted((a, b) => b.span.start - a.span.start)
      .reduce((whole, { span, text: put }) => whole.slice(0, span.start) + put + whole.slice(span.end), text);
  };

  it.each([
    [
      'a constant',
      `const a${MARK} = 1\nexport default (t) => a * t`,
      'gain',
      'const gain = 1\nexport default (t) => gain * t',
    ],
    [
      'from one of its uses',
      `const a = 1\nexport default (t) => a${MARK} * t`,
      'gain',
      'const gain = 1\nexport default (t) => gain * t',
    ],
    [
      'not what hides it',
      `let a${MARK} = 1\nfunction f(a) { return a }\na++${END}`,
      'b',
      `let b = 1\nfunction f(a) { return a }\nb++${END}`,
    ],
    [
      'a parameter and its default',
      `function f(a${MARK}, b = a) { return a }${END}`,
      'x',
      `function f(x, b = x) { return x }${END}`,
    ],
    [
      'a member that takes its name',
      `const a${MARK} = 1\nconst o = { a }\nconst b = o.a${END}`,
      'x',
      `const x = 1\nconst o = { a: x }\nconst b = o.a${END}`,
    ],
    [
      'what a pattern reads',
      `const { a${MARK} } = { a: 1 }\nconst b = a${END}`,
      'x',
      `const { a: x } = { a: 1 }\nconst b = x${END}`,
    ],
    [
      'a pattern with a default',
      `const { a = 2 } = { a: 1 }\nconst b = a${MARK}${END}`,
      'x',
      `const { a: x = 2 } = { a: 1 }\nconst b = x${END}`,
    ],
    [
      'a function',
      `export default (t) => f(t)\nfunction f${MARK}(x) { return x }`,
      'tone',
      'export default (t) => tone(t)\nfunction tone(x) { return x }',
    ],
    ['a var of several declarations', `var a${MARK} = 1\nvar a = 2${END}`, 'x', `var x = 1\nvar x = 2${END}`],
    [
      'the variable of a loop',
      `for (let i${MARK} = 0; i < 3; i++) { const j = i }${END}`,
      'n',
      `for (let n = 0; n < 3; n++) { const j = n }${END}`,
    ],
    [
      'a type',
      `type Note${MARK} = { a: number }\nconst n: Note = { a: 1 }${END}`,
      'Tone',
      `type Tone = { a: number }\nconst n: Tone = { a: 1 }${END}`,
    ],
    [
      'what is assigned by a pattern',
      `let a${MARK} = 1, b = 2;\n[a, b] = [b, a]${END}`,
      'x',
      `let x = 1, b = 2;\n[x, b] = [b, x]${END}`,
    ],
    [
      'and keeps what is typed behind a parameter',
      `const f = (a${MARK}: number) => a${END}`,
      'x',
      `const f = (x: number) => x${END}`,
    ],
    ['and leaves strings and comments alone', `const a${MARK} = 'a' // a${END}`, 'x', `const x = 'a' // a${END}`],
  ])('renames %s', (_, marked, name, wanted) => {
    expect(applied(marked, name)).toBe(wanted);
  });

  it.each([
    ['a name that is there', `const a${MARK} = 1\nconst b = 2${END}`, 'b', /declared in line 2 already/],
    [
      'a name that is nearer at a use',
      `const a${MARK} = 1\nfunction f(b) { return a + b }${END}`,
      'b',
      /means something else in line 2/,
    ],
    [
      'a name whose uses it would take',
      `const b = 1\nfunction f(a${MARK}) { return a + b }${END}`,
      'b',
      /in line 2 would then mean this one/,
    ],
    [
      'a name of the library that is used',
      `const a${MARK} = 1\nconst s = saw()${END}`,
      'saw',
      /in line 2 would then mean this one/,
    ],
    ['what is of the library', `const a = sa${MARK}w()${END}`, 'x', /name of the library/],
    ['what is built in', `const a = Ma${MARK}th.PI${END}`, 'x', /built in/],
    ['a member', `const o = { a: 1 }\nconst b = o.a${MARK}${END}`, 'x', /member of an object/],
    ['what is not declared', `const a = nob${MARK}ody${END}`, 'x', /not declared/],
    ['to a word of the language', `const a${MARK} = 1${END}`, 'return', /word of the language/],
    ['to what is no name', `const a${MARK} = 1${END}`, '1a', /is not a name/],
    ['in a text that cannot be read', `const a${MARK} = 1\nconst b = (${END}`, 'x', /cannot be renamed while line \d/],
    ['where there is no name', `const a = 1 ${MARK} ${END}`, 'x', /no name here/],
  ])('refuses %s', (_, marked, name, wanted) => {
    expect(applied(marked, name)).toMatch(wanted);
  });
});

describe('outline and folding', () => {
  const TEXT = `/* long\ncomment */\nconst gain = 1\nfunction voice(hz) {\n  const tone = (x) => {\n    return x\n  }\n  return tone\n}\nexport default (t) => {\n  return t\n}\n`;

  it('lists declarations', () => {
    const names = service
      .answer(TEXT, { kind: 'outline' })
      .map(({ name, kind, children }) => [name, kind, children.map((one) => one.name)]);
    expect(names).toEqual([
      ['gain', 'constant', []],
      ['voice', 'function', ['tone']],
      ['export default', 'export', []],
    ]);
  });

  it('folds what goes over several lines', () => {
    const lines = service.answer(TEXT, { kind: 'folding' }).map(({ span, isComment }) => {
      const line = (at: number) => TEXT.slice(0, at).split('\n').length;
      return [line(span.start), line(span.end), isComment];
    });
    expect(lines).toEqual([
      [1, 2, true],
      [5, 7, false],
      [4, 9, false],
      [10, 12, false],
    ]);
  });
});
