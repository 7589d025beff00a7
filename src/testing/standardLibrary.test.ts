/**
 * How patches use the standard library: what it costs, how its state is carried through edits, where its mistakes are
 * reported, and that it equals itself run as JavaScript. With the library's own modules, and with some made for the purpose.
 */
import { describe, expect, it } from 'vitest';
import { compile } from '../compiler/compile.ts';
import { dump } from '../compiler/dump.ts';
import { Library } from '../compiler/library.ts';
import { verifyPatch } from '../compiler/verifyIr.ts';
import { readLibrary } from '../node/librarySource.ts';
import { Session } from '../worker/session.ts';
import { expectSameRender } from './compare.ts';
import { renderCompiled } from './compiled.ts';
import { renderOracle } from './oracle.ts';

/** Modules for these tests: one imports the other, each has a helper of the same name, one has tables. */
const FIXTURE = [
  {
    name: 'dsp/fixture/smooth.ts',
    text: `import { scaled } from '../internal/fixture.ts';
const start = (x: number) => scaled(x) / 2;
export const TABLED = Array.from({ length: 64 }, (_, n) => scaled(n));
export const UNUSED_TABLE = new Float64Array(100_000);
/** Follows a signal. */
export function softly(amount = 0.1) {
  let y = start(0);
  return (x: number) => (y += (x - y) * amount);
}
export function strictly(size: number) {
  const room = new Float64Array(size);
  const items = Array.from(room, () => ({ level: 1 }));
  return (n: number) => items[n].level;
}
export function crushed(x: number) {
  let y = x;
  while (y !== 0) y = y * 0.5 + 1;
  return y;
}
export function growing(factor: number) {
  let y = 1;
  return () => (y *= factor);
}
export const lookedUp = (n: number) => TABLED[n % 64];
/** @internal */
export const hidden = 3;
`,
  },
  {
    name: 'dsp/internal/fixture.ts',
    text: `const start = (x: number) => x + 1;
export const scaled = (x: number) => start(x) - 1;
`,
  },
];
const SOURCES = [...readLibrary(), ...FIXTURE];
const OPTIONS = { sampleRate: 48_000, fadeFrames: 480, postsModules: false } as const;

const session = () => Session.create({ ...OPTIONS, library: SOURCES });
const compiled = (text: string) => compile(text, new Library(SOURCES));
const unitNames = (text: string) => compiled(text).lowered!.units.map(({ name }) => name);

/** `code «place»: message`, with what the session says of a text that it does not play. */
async function mistakes(text: string): Promise<string[]> {
  const result = (await session()).update(text);
  const diagnostics = result.kind === 'rejected' ? result.diagnostics : [];
  return diagnostics.map(({ code, span, message }) => `${code} «${text.slice(span.start, span.end)}»: ${message}`);
}

const stateOf = async (from: string, to: string) => {
  const playing = await session();
  const first = playing.update(from);
  if (first.kind !== 'batch') throw new Error(`not played: ${JSON.stringify(first)}`);
  playing.committed(first.batch.generation);
  const next = playing.update(to);
  if (next.kind !== 'batch') throw new Error(`not played: ${JSON.stringify(next)}`);
  return next.report;
};

describe('what a patch pays for', () => {
  it('is nothing where it names nothing of the library', () => {
    const { lowered, resolved } = compiled('let n = 0\nexport default () => (n = (n + 0.01) % 1)');
    expect(lowered!.units.map(({ name }) => name)).toEqual(['n', 'default']);
    expect(resolved.libraryUnits).toEqual([]);
  });

  it('is read when one of its names is first used, and then once', () => {
    const broken = { name: 'dsp/fixture/broken.ts', text: 'export const brokenName = (1\n' };
    const library = new Library([...SOURCES, broken]);
    const problems = (text: string) => compile(text, library).diagnostics;
    expect(problems('const s = softly(0.2)\nexport default () => s(1)')).toEqual([]);
    expect(problems('const brokenName = 0.5\nexport default () => brokenName')).toEqual([]);
    expect(() => problems('export default () => brokenName')).toThrow(/library dsp\/fixture\/broken/);
    const first = library.names.find('softly');
    expect(library.names.find('softly')).toBe(first);
    const [one, other] = [1, 2].map((n) => compile(`export default () => softly(0.2)(${n})`, library).resolved);
    expect(one!.libraryUnits.map((unit, n) => unit === other!.libraryUnits[n])).toEqual([true, true, true, true]);
  });

  it('is what it names, with what that uses, and no other constant of the module', () => {
    const { lowered, resolved } = compiled('const s = softly(0.2)\nexport default () => s(1)');
    expect(resolved.libraryUnits.map(({ name }) => name).sort()).toEqual(
      ['internal/fixture/start', 'fixture/smooth/start', 'scaled', 'softly'].sort(),
    );
    expect(lowered!.roots.map(({ path }) => path)).not.toContain('std/TABLED');
    expect(unitNames('export default () => lookedUp(3)')).toContain('std/TABLED');
  });

  it('is nothing where its own names hide those of the library, at any depth', () => {
    expect(unitNames('const softly = () => 1\nexport default () => softly()')).toEqual(['softly', 'default']);
    expect(unitNames('export default () => { const softly = 0.5; return softly }')).toEqual(['default']);
    expect(unitNames('const f = (softly) => softly\nexport default () => f(1)')).toEqual(['f', 'default']);
  });

  it('is verified, with names that tell it from the patch', () => {
    const text = 'const start = 1\nconst s = softly(0.2)\nexport default () => s(start) + lookedUp(3)';
    const { lowered, libraryUnits } = compiled(text);
    expect(verifyPatch(lowered!, libraryUnits)).toEqual([]);
    const symbols = lowered!.units.flatMap(({ functions }) => functions.map(({ ir }) => ir.symbol));
    expect(symbols).toContain('std/softly(number): function softly.λ1');
    expect(symbols.filter((symbol) => symbol.includes('start(')).sort()).toEqual([
      'std/fixture/smooth/start(number): number',
      'std/internal/fixture/start(number): number',
    ]);
    expect(dump(text, 'types', new Library(SOURCES))).toContain('std/softly');
  });

  it('has no names but those that are exported for it', async () => {
    expect(await mistakes('export default () => hidden')).toEqual([
      'undefined-name «hidden»: `hidden` is not defined.',
    ]);
    expect(await mistakes('export default () => scaled(1)')).toEqual([
      'undefined-name «scaled»: `scaled` is not defined.',
    ]);
  });
});

describe('state', () => {
  const LINES = ['const a = softly(0.2)', 'const b = softly(0.3)'];
  const patch = (lines: readonly string[], out = 'a(1) + b(2)') => `${lines.join('\n')}\nexport default () => ${out}`;

  it('is kept through an edit of a number', async () => {
    const report = await stateOf(patch(LINES), patch(LINES).replace('b(2)', 'b(3)'));
    expect(report.stateReset).toEqual([]);
    expect([...report.stateKept].sort()).toEqual(['a.y', 'b.y']);
  });

  it('is kept where an instance is added in front', async () => {
    const report = await stateOf(patch(LINES), patch(['const c = softly(0.4)', ...LINES], 'a(1) + b(2) + c(3)'));
    expect(report.stateReset).toEqual([]);
    expect([...report.stateKept].sort()).toEqual(['a.y', 'b.y']);
  });

  it('is kept where a function of the library becomes one of the patch with the same name, and back', async () => {
    const own = `function softly(amount = 0.1) {
  let y = 0
  return (x) => (y += (x - y) * amount * 0.5)
}`;
    for (const [from, to] of [
      [LINES, [own, ...LINES]],
      [[own, ...LINES], LINES],
    ] as const) {
      const report = await stateOf(patch(from), patch(to));
      expect(report.stateReset).toEqual([]);
      expect([...report.stateKept].sort()).toEqual(['a.y', 'b.y']);
    }
  });
});

describe('the table of the running code', () => {
  it('names functions of the library, and an edit leaves their code as it is', async () => {
    const patch = (gain: string) => `const s = softly(0.2)\nexport default () => ${gain} * s(1)`;
    const playing = await session();
    const first = playing.update(patch('0.5'));
    if (first.kind !== 'batch') throw new Error(first.kind);
    playing.committed(first.batch.generation);
    const rows = playing.rows();
    const row = rows.find(({ unit }) => unit === 'std/softly');
    expect(row).toMatchObject({ version: 1, span: null });
    expect(row!.slots.length).toBe(1);
    const next = playing.update(patch('0.6'));
    if (next.kind !== 'batch') throw new Error(next.kind);
    expect(next.report.changed).toEqual(['default']);
    playing.committed(next.batch.generation);
    expect(playing.rows().find(({ unit }) => unit === 'std/softly')).toEqual(row);
  });
});

describe('mistakes inside the library', () => {
  it('of types are told at the call, with the name', async () => {
    expect(await mistakes('const s = softly(0.2)\nexport default () => s([1, 2])')).toEqual([
      'not-a-number «s([1, 2])»: This is an array, but a number is needed here. This is inside `softly` of the library, which is called here.',
    ]);
  });

  it.each([
    ['a trap', 'const s = strictly(4)\nexport default () => s(1) + s(2) +\n  s(9)', 'undefined-value «s(9)»: '],
    ['an endless loop', 'export default () => crushed(0) +\n  crushed(1)', 'endless-loop «crushed(1)»: '],
    [
      'a trap at the top level',
      'const a = strictly(4)\nconst b = strictly(-1.5)\nexport default () => a(0)',
      'array-length «strictly(-1.5)»: ',
    ],
  ])('%s is told at the call that led there', async (_, text, said) => {
    const [first, ...others] = await mistakes(text);
    expect(first?.slice(0, said.length)).toBe(said);
    expect(first).toMatch(/inside `(strictly|crushed)` of the library, which is called here\.$/);
    expect(others).toEqual([]);
  });

  it('numbers that are not finite are told at the call that keeps them', async () => {
    const text = 'const a = growing(1)\nconst b = growing(1e30)\nexport default () => a() + b()';
    const playing = await session();
    const first = playing.update('export default () => 0.5');
    if (first.kind === 'batch') playing.committed(first.batch.generation);
    const result = playing.update(text);
    const said = result.kind === 'rejected' ? result.diagnostics : [];
    expect(said.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`)).toEqual(['not-finite b()']);
    expect(said[0]?.message).toContain('inside `growing` of the library');
  });
});

it('runs as plain JavaScript, bit for bit', async () => {
  const text = `const clock = stepClock(4, 0.3)
let level = 0
const barCount = (x) => x / 3
export default () => {
  if (clock(240) >= 0) level = 0.5
  level *= 0.9995
  return [level * Math.sin(2 * Math.PI * 330 * currentTime), barCount(beatCount(120, 1))]
}`;
  const frames = 24_000;
  expectSameRender(text, await renderCompiled({ text, frames }), renderOracle(text, { frames }), { tolerance: 0 });
});
