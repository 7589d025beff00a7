/** The README says what is there: its example sounds, its keys and options are those of the page and the command line. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { main } from '../bin/main.ts';
import { COMMAND_NAMES, COMMANDS, chordText } from '../src/app/commands.ts';
import { renderPatch } from '../src/node/renderPatch.ts';
import { renderOracle } from '../src/testing/oracle.ts';

const root = path.join(import.meta.dirname, '..');
const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const scripts = (JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { scripts: object }).scripts;

const blocks = (language: string) =>
  [...readme.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , text]) => text);

describe('the example', () => {
  const [example, ...others] = blocks('ts');

  it('is one', () => {
    expect(example).toContain('export default');
    expect(others).toEqual([]);
  });

  it('sounds, and as JavaScript says', async () => {
    const frames = 4800;
    const { left } = await renderPatch({ text: example, frames, raw: true });
    const truth = renderOracle(example, { frames }).left;
    expect(left).toHaveLength(frames);
    const worst = left.reduce((most, sample, n) => Math.max(most, Math.abs(sample - truth[n])), 0);
    expect(worst).toBeLessThan(1e-12);
    expect(Math.max(...left)).toBeGreaterThan(0.02);
  });
});

it('has the keys of the page, and no others', () => {
  const rows = [...readme.matchAll(/^\| (\S+) \| (\S+) \| (.+) \|$/gm)].map(([, ...cells]) => cells);
  const table = rows.filter(([keys]) => !/^(Keys|---)$/.test(keys));
  expect(table).toEqual(
    COMMAND_NAMES.map((name) => {
      const { title, chord } = COMMANDS[name];
      return [chordText(chord, false), chordText(chord, true), title];
    }),
  );
});

it('has every option of the command line, and no others', async () => {
  let help = '';
  const status = await main(['--help'], { cwd: root, out: (text) => (help += text), err: () => undefined });
  expect(status).toBe(0);
  const section = readme.slice(readme.indexOf('## The command line'), readme.indexOf('## `window.segue`'));
  const options = (text: string) => [...new Set(text.match(/(?<![\w-])--[a-z][a-z-]*/g))].sort();
  expect(options(section)).toEqual(options(help));
  for (const [, command] of help.matchAll(/^ {2}segue (\w+)/gm)) expect(section).toContain(`**\`${command} `);
});

it('names scripts and files that exist', () => {
  const named = [...readme.matchAll(/npm (?:run (?:-s )?)?([\w:]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(8);
  for (const name of named) expect([...Object.keys(scripts), 'install']).toContain(name);
  const files = [...readme.matchAll(/\]\(([\w./-]+)\)|(patches\/[\w/-]+\.ts)/g)].map(
    ([, link, patch]) => link ?? patch,
  );
  expect(files).toContain('LICENSE');
  for (const file of files) expect(existsSync(path.join(root, file)), file).toBe(true);
});
