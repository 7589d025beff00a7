/**
 * Every name of the library: what the editor says of it is its doc comment, a patch may redeclare it, and a constant that
 * hides what it calls is told so.
 */
import { expect, it } from 'vitest';
import { documentedNames } from '../../scripts/docComments.ts';
import { compile } from '../compiler/compile.ts';
import { NAMING_FUNCTIONS } from '../language/hostNames.ts';
import { readLibrary } from '../node/librarySource.ts';
import { testLibrary } from './compileText.ts';
import { ask, MARK, newService } from './languageDesk.ts';

/** What people call their own variables: the library must not take these. */
const FREE =
  `gain out voice voices note notes gate env freq hz phase mix level amp drive noise kick snare hat bass lead delay
  reverb filter pan scale chord step seq bpm tempo lfo osc line string voice swing`.split(/\s+/);

const END = '\nexport default () => 0.1\n';
const library = testLibrary();
const service = newService();
const documented = documentedNames();
const complained = (text: string) =>
  compile(text, library).diagnostics.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`);

it('leaves free what people call their own', () => {
  const names = new Set(documented.map(({ name }) => name));
  expect(FREE.filter((name) => names.has(name))).toEqual([]);
});

it('is exported by one module, inner ones among them: the compiler names code by it', () => {
  // There are several of these, whose code is named by what they are for.
  const ofMany = new Set([...NAMING_FUNCTIONS.values()].map(({ module }) => module));
  const modules = readLibrary().filter(({ name }) => name.startsWith('dsp/') && !ofMany.has(name));
  const all = modules.flatMap(({ name, text }) =>
    [...text.matchAll(/^export (?:function|const|let|class) (\w+)/gm)].map(([, exported]) => ({ exported, name })),
  );
  const firstOf = new Map([...all].reverse().map(({ exported, name }) => [exported, name]));
  expect(all.filter(({ exported, name }) => firstOf.get(exported) !== name)).toEqual([]);
  expect(all.length).toBeGreaterThan(documented.length);
});

it('is completed, each by its name, with its doc comment', () => {
  const offered = new Set((ask('complete', `const a = ${MARK}${END}`, service)?.items ?? []).map(({ label }) => label));
  expect(documented.filter(({ name }) => !offered.has(name))).toEqual([]);
  const text = `const a = ${END}`;
  const offset = 'const a = '.length;
  for (const { name, summary } of documented) {
    const told = service.answer(text, { kind: 'describe', offset, label: name });
    expect(told, name).toMatchObject({ text: expect.stringContaining(summary) });
  }
});

it('is told where the mouse rests on it, with its parameters and its example', () => {
  for (const { name, summary, parameters, example } of documented) {
    const { code = '', text = '' } = ask('hover', `const a = ${name[0]}${MARK}${name.slice(1)}${END}`, service) ?? {};
    expect(code, name).toContain(name);
    for (const said of [summary, example, ...parameters.map((one) => `\`${one.name}\`: ${one.text}`)])
      expect(text, name).toContain(said);
  }
});

it('has a type to its end', () => {
  expect(documented.filter(({ signature }) => !/^\w+(?:: number|\(.*\): \S.*)$/s.test(signature))).toEqual([]);
});

it('may be a function, a parameter or a number of the patch, and then costs nothing', () => {
  for (const { name } of documented) {
    const own = `const f = (${name}) => 2 * ${name}\nfunction ${name}() { return 0.25 }\nexport default () => f(${name}())`;
    for (const text of [own, `const ${name} = 0.25\nexport default () => ${name}`]) {
      const { diagnostics, resolved } = compile(text, library);
      expect(diagnostics, text).toEqual([]);
      expect(resolved.libraryUnits, text).toEqual([]);
    }
  }
});

it('is told from a constant of its name that calls it', () => {
  for (const { name, signature } of documented) {
    if (!signature.includes('(')) continue;
    const given = NAMING_FUNCTIONS.has(name) ? "'a', 'b'" : '';
    expect(complained(`const ${name} = ${name}(${given})${END}`)).toEqual([`hides-library ${name}`]);
  }
});
