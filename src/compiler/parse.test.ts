/** Parsing recovers: every mistake costs one message at its characters, hides no other, and nothing makes it throw. */

import { describe, expect, it } from 'vitest';
import { compileText, describeProblems, mutationsOf, problemsOf } from '../testing/compileText.ts';
import { patches } from '../testing/texts.ts';
import { MAX_TEXT_LENGTH, parse } from './parse.ts';

const syntaxProblems = (text: string): string[] => describeProblems(text, parse(text).diagnostics);

describe('a broken declaration', () => {
  it.each([
    ['an operand missing at the end of a line', 'const a = 1 +\nconst b = 2\n', ['syntax «+»']],
    ['a bracket that is not closed', 'const a = [1, 2\nconst b = 2\n', ['syntax «[»']],
    ['a call that is not closed', 'const a = f(1,\nconst b = 2\n', ['syntax «(»']],
    ['a bracket too many', 'const a = (1))\nconst b = 2\n', ['syntax «)»']],
    ['a stray brace between two declarations', 'const a = 1\n}\nconst b = 2\n', ['syntax «}»']],
    ['a stray bracket at the very end', 'const a = 1\n]', ['syntax «]»']],
    ['a stray bracket alone', ')', ['syntax «)»']],
    ['an operator without operands', 'const a = 1 * / 2\nconst b = 2\n', ['syntax «/»']],
    ['a word too many', 'const a = 1 two\nconst b = 2\n', ['syntax «two»']],
    ['a keyword mistyped', 'cosnt a = 1\nconst b = 2\n', ['syntax «cosnt»']],
    ['a string that is not closed', "const a = 'one\nconst b = 2\n", ["syntax «'one»"]],
    ['a template that is not closed', 'const a = `one\nconst b = 2\n', ['syntax «`»']],
    ['a comment that is not closed', 'const a = 1 /* one\nconst b = 2\n', ['syntax «/*»']],
    ['a regular expression that is not closed', 'const a = /one\nconst b = 2\n', ['syntax «/»']],
    ['an unknown character', 'const a = 1 # 2\nconst b = 2\n', ['syntax «#»']],
    ['a zero in front', 'const a = 010\nconst b = 2\n', ['syntax «010»']],
    ['return outside of functions', 'return 1\nconst b = 2\n', ['syntax «return»']],
    ['break outside of loops', 'const f = () => { break }\n', ['syntax «break»']],
    ['await outside of async functions', 'const f = () => { await 1 }\n', ['syntax «await»']],
    ['Windows line ends', 'const a = 1 +\r\nconst b = 2\r\n', ['syntax «+»']],
  ])('costs one message: %s', (_, text, problems) => {
    expect(syntaxProblems(text)).toEqual(problems);
  });

  it.each([
    ['a constant', 'const a = (1 +\n', 'a'],
    ['constants of one pattern', 'const { a, b: c } = { a: 1, b: \n', 'a + c'],
    ['constants of one list', 'const a = 1, b = ) 2\n', 'a + b'],
    ['constants of a list on several lines', 'const a = 1,\n  b = ) 2\n', 'a + b'],
    ['a function', 'function a(x) {\n  return x +\n}\n', 'a(1)'],
    ['a mistyped keyword', 'cosnt a = 1\n', 'a'],
    ['a class', 'class a { x = }\n', 'a'],
  ])('does not make uses of its names mistakes: %s', (_, broken, use) => {
    expect(problemsOf(`${broken}export default () => ${use}\n`)).toHaveLength(1);
  });

  it.each([
    ['const a = (1 +\n', 'syntax'],
    ["const a = 'one\n", 'syntax'],
    ['const a = `one\n', 'syntax'],
    ['const a = 1\n}\n', 'syntax'],
    ['function f() {\n  return (\n}\n', 'syntax'],
  ])('hides no mistake in the others: %j', (broken, code) => {
    const before = 'const first = missing1\n';
    const after = 'const last = missing2\nexport default () => missing3\n';
    const codes = problemsOf(before + broken + after).map((problem) => problem.replace(/ «[^m]*»$/, ''));
    expect(codes).toEqual([
      'undefined-name «missing1»',
      code,
      'undefined-name «missing2»',
      'undefined-name «missing3»',
    ]);
  });

  it('is found in functions whose lines are not indented, which are whole beside it', () => {
    const lines = ['function f(x) {', 'const y = x * 2', 'let z = y', 'return z', '}'];
    const whole = lines.join('\n');
    expect(
      problemsOf(`${whole}\nconst a = (1 +\n${whole.replaceAll('f(', 'g(')}\nexport default () => f(1) + g(2)`),
    ).toEqual(['syntax «(»']);
  });

  it('costs one message each, in the order of the text', () => {
    const count = 200;
    const text = Array.from({ length: count }, (_, n) => (n % 2 === 0 ? `const a${n} = (` : `const a${n} = 1`)).join(
      '\n',
    );
    const { diagnostics, statements } = parse(text);
    expect(diagnostics).toHaveLength(count / 2);
    expect(statements).toHaveLength(count / 2);
    diagnostics.forEach(({ span }, n) => {
      const line = text.slice(0, span.start).split('\n').length - 1;
      expect(line).toBe(2 * n);
    });
  });
});

it('keeps two messages about one mistake from being given', () => {
  for (const [text, problem] of [
    ['export default () => super.x', 'refused «super.x»'],
    ['export default () => new.target', 'refused «new.target»'],
    ['const f = (a, a) => a\nexport default () => f(1, 2)', 'declared-twice «a»'],
    ['export default () => { await 1 ; return 1 }', 'refused «await 1»'],
  ] as const) {
    expect(problemsOf(text)).toEqual([problem]);
  }
});

describe('positions', () => {
  /** The positions of every node in the tree, in order. */
  function spans(value: unknown, found: (number | string)[] = []): (number | string)[] {
    if (Array.isArray(value)) for (const element of value) spans(element, found);
    else if (typeof value === 'object' && value !== null) {
      const node = value as Record<string, unknown>;
      if (typeof node.type === 'string') found.push(node.type, Number(node.start), Number(node.end));
      for (const key in node) if (!/loc|extra|errors|Comments$/.test(key)) spans(node[key], found);
    }
    return found;
  }

  it('are those of the text, also for what is parsed behind a mistake', () => {
    const mistake = 'const broken = (\n';
    for (const { text } of patches()) {
      const alone = parse(text);
      const behind = parse(mistake + text);
      expect(behind.diagnostics).toHaveLength(1);
      const shifted = spans(alone.statements).map((one) => (typeof one === 'number' ? one + mistake.length : one));
      expect(spans(behind.statements)).toEqual(shifted);
    }
  });

  it.each(['`x', '"x', '1_', "'\\u{zz}'", '1__0', '/* x', '/x', '#', 'x y'])(
    'of mistakes do not depend on what stands before: %j',
    (value) => {
      const text = `const a = ${value}`;
      const [alone] = parse(text).diagnostics;
      const before = 'const one = 1\nconst two = (\n';
      const [, behind] = parse(before + text).diagnostics;
      expect(behind.message).toBe(alone.message);
      expect(behind.span).toEqual({ start: alone.span.start + before.length, end: alone.span.end + before.length });
    },
  );
});

describe('texts of any size', () => {
  it.each(['', ' ', '\n', '\t\r\n', '// only a comment', '/**/', ';', '\uFEFF', '\u2028'])('nothing: %j', (text) => {
    expect(problemsOf(text).map((problem) => problem.split(' ')[0])).toEqual(['no-default-export']);
  });

  it('up to the limit, and no longer', () => {
    const filler = 'const a = 1\n';
    const full = filler.padEnd(MAX_TEXT_LENGTH, ' ');
    expect(syntaxProblems(full)).toEqual([]);
    expect(parse(`${full} `).diagnostics.map(({ code, span }) => [code, span.start])).toEqual([
      ['too-large', MAX_TEXT_LENGTH],
    ]);
  });

  it.each([
    ['numbers', (length: number) => `const a = [${'1,'.repeat(length / 2)}]`, 0],
    ['one string', (length: number) => `const a = '${'x'.repeat(length)}'`, 0],
    ['lines of words', (length: number) => 'a\n'.repeat(length / 2), 0],
    ['declarations behind a mistake', (length: number) => `const a = (\n${'const b = 1\n'.repeat(length / 12)}`, 1],
    ['recoverable mistakes in one line', (length: number) => '010;'.repeat(length / 4), 1],
    ['recoverable mistakes in many lines', (length: number) => '010\n'.repeat(length / 4), 50],
    ['brackets that close nothing', (length: number) => ')'.repeat(length), 1],
  ])('a hundred thousand characters: %s', (_, make, mistakes) => {
    expect(parse(make(100_000)).diagnostics).toHaveLength(mistakes);
  });
});

describe('nesting', () => {
  const shapes: Readonly<Record<string, (levels: number) => string>> = {
    brackets: (n) => `${'('.repeat(n)}1${')'.repeat(n)}`,
    'brackets that are not closed': (n) => '('.repeat(n),
    arrays: (n) => `${'['.repeat(n)}${']'.repeat(n)}`,
    objects: (n) => `${'{ a: '.repeat(n)}1${' }'.repeat(n)}`,
    functions: (n) => `${'() => '.repeat(n)}1`,
    blocks: (n) => `() => ${'{'.repeat(n)}${'}'.repeat(n)}`,
    ifs: (n) => `() => { ${'if (x) {} else '.repeat(n)}{} }`,
    loops: (n) => `() => { ${'for (;;) '.repeat(n)}{} }`,
    signs: (n) => `${'- '.repeat(n)}1`,
    sums: (n) => `1${' + x'.repeat(n)}`,
    powers: (n) => `x${' ** 2'.repeat(n)}`,
    conditions: (n) => `${'x ? 1 : '.repeat(n)}1`,
    'and-chains': (n) => `x${' && x'.repeat(n)}`,
    templates: (n) => `${'`${'.repeat(n)}1${'}`'.repeat(n)}`,
    members: (n) => `x${'.a'.repeat(n)}`,
    elements: (n) => `x${'[0]'.repeat(n)}`,
    calls: (n) => `f${'()'.repeat(n)}`,
    assignments: (n) => `${'y = '.repeat(n)}1`,
  };

  it.each(Object.keys(shapes))('of %s throws at no depth', (shape) => {
    for (const levels of [200, 1000, 3000, 10_000]) {
      const text = `const x = 1\nlet y = 1\nconst f = () => 1\nconst deep = ${shapes[shape](levels)}\nexport default () => x\n`;
      const { diagnostics, lowered } = compileText(text);
      expect(lowered === null).toBe(diagnostics.length > 0);
      // Chains of one operator may be as long as one likes.
      if (levels === 10_000) expect(diagnostics).toHaveLength(shape === 'sums' || shape === 'and-chains' ? 0 : 1);
    }
  });

  it('that is too deep hides no mistake in other declarations', () => {
    const deep = `const deep = ${'('.repeat(10_000)}1${')'.repeat(10_000)}\n`;
    expect(
      problemsOf(`const a = missing\n${deep}export default () => absent\n`).map((one) => one.slice(0, 24)),
    ).toEqual(
      ['undefined-name «missing»', 'too-large «const deep = ', 'undefined-name «absent»'].map((one) =>
        one.slice(0, 24),
      ),
    );
  });
});

const seed = Number(process.env.SEGUE_SEED ?? 7);

it(`throws at no mutation of the patches, and verifies what still compiles (seed ${seed})`, () => {
  let compiled = 0;
  for (const text of mutationsOf(patches(), seed, 400)) {
    const { diagnostics, lowered } = compileText(text);
    if (lowered) compiled++;
    for (const { span, message } of diagnostics) {
      const isInside = span.start >= 0 && span.start <= span.end && span.end <= text.length;
      if (!isInside) throw new Error(`${message} at ${span.start}-${span.end} of ${text.length}:\n${text}`);
    }
  }
  // Most mutations break a text; enough of them must not.
  expect(compiled).toBeGreaterThan(8);
});

it.each(['interface { a: number }', 'type = number', 'interface'])('takes a type without a name: %s', (text) => {
  const codes = problemsOf(`${text}\nexport default (t) => t`).map((problem) => problem.split(' ')[0]);
  expect(codes.length).toBeGreaterThan(0);
});
