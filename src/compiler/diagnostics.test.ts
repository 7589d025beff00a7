/**
 * Every wrong program of the tables in wrong/ gets the mistakes that the tables list: code, place, message, related places.
 * And there is a program for everything that can be said.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { MESSAGES } from '../language/diagnostics.ts';
import { REFUSALS, REFUSED_NAMES } from '../language/refusals.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import { diagnosticsOf } from '../testing/diagnose.ts';
import { type Expected, readTable, type WrongProgram, writeProgram } from './wrong/table.ts';

const folder = path.join(import.meta.dirname, 'wrong');
const tables = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => {
    const text = readFileSync(path.join(folder, name), 'utf8');
    return { name, about: text.slice(0, text.search(/^=== /m)), programs: readTable(text) };
  });
const all: readonly WrongProgram[] = tables.flatMap(({ programs }) => programs);

if (process.env.SEGUE_ACCEPT) {
  for (const { name, about, programs } of tables) {
    const entries: string[] = [];
    for (const { title, text } of programs) entries.push(writeProgram(title, text, await diagnosticsOf(text)));
    writeFileSync(path.join(folder, name), `${about}${entries.join('\n')}`);
  }
}

/** One line for each place, with the characters that are there. */
const lines = (text: string, problems: readonly (Diagnostic | Expected)[]): string[] =>
  problems.flatMap(({ severity, code, message, span, related = [] }) => [
    `${severity} ${code} at ${span.start} «${text.slice(span.start, span.end)}»: ${message}`,
    ...related.map((place) => {
      const { start, end } = place.span;
      return `  at ${start} ‹${text.slice(start, end)}›: ${place.message}`;
    }),
  ]);

describe.each(tables)('$name', ({ programs }) => {
  it.each(programs)('$title', async ({ text, expected }) => {
    expect(lines(text, await diagnosticsOf(text))).toEqual(lines(text, expected));
  });
});

describe('the tables', () => {
  const said = new Set(all.flatMap(({ expected }) => expected.map(({ message }) => message)));

  it('have every program once', () => {
    const titles = all.map(({ title }) => title);
    expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
    expect(all.length).toBeGreaterThan(200);
  });

  it('have a program for every code', () => {
    // What takes long or large texts is in limits.test.ts.
    const limits = ['too-ambiguous', 'too-much-work', 'more-mistakes', 'too-many-objects'];
    // What a fault of the engine's own would be reported as, and what depends on what plays (audition.test.ts, rings.test.ts).
    const unreachable = [...limits, 'trap', 'no-room', 'too-slow', 'not-finite', 'index-past-end'];
    const codes = new Set(all.flatMap(({ expected }) => expected.map(({ code }) => code)));
    expect(Object.keys(MESSAGES).filter((code) => !codes.has(code) && !unreachable.includes(code))).toEqual([]);
  });

  it('have a program for every refusal', () => {
    const missing = Object.values(REFUSALS).filter(
      ({ construct, instead }) => !said.has(MESSAGES.refused(construct, instead)),
    );
    expect(missing).toEqual([]);
  });

  it('say what to do: a message is a sentence that is not only a code', () => {
    for (const message of said) expect(message).toMatch(/^(?:[A-Z`…]|\[).{20,}[.?]$/su);
  });
});

it.each(Object.entries(REFUSED_NAMES))('refuses %s once, wherever it stands', async (name, instead) => {
  const made = /^(Map|Set)$/.test(name) ? '1' : `new ${name}()`;
  const text = `const a = ${name}\nexport default (t) => t * ${name}(a) + ${name}.x + ${made}\n`;
  const problems = await diagnosticsOf(text);
  expect(problems.map(({ message }) => message)).toEqual([MESSAGES.refused(`\`${name}\``, instead)]);
  // A patch may have a name of its own that is the same.
  const own = `const ${name} = 2\nexport default (t) => t * ${name}\n`;
  expect(await diagnosticsOf(own)).toEqual([]);
});
