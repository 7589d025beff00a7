/** What the built files may not do, read from the files. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const ASSETS = path.join(import.meta.dirname, '../dist/assets');

it('no file imports one that a worker is started with, which WebKit would run a second time', () => {
  const files = readdirSync(ASSETS).filter((name) => name.endsWith('.js'));
  const texts = new Map(files.map((name) => [name, readFileSync(path.join(ASSETS, name), 'utf8')]));
  const started = [...texts.values()].flatMap((text) =>
    [...text.matchAll(/new (?:Shared)?Worker\(.{0,40}?([\w.-]+\.js)/g)].map(([, name]) => name),
  );
  expect(started.map((name) => name.replace(/-.{8}\.js$/, ''))).toEqual(
    expect.arrayContaining(['entry', 'tickerWorker']),
  );
  const imports = [...texts].flatMap(([name, text]) =>
    [...text.matchAll(/(?:\bfrom ?|\bimport ?\(?)["'`]\.\/([\w.-]+\.js)["'`]/g)].map(([, target]) => ({
      name,
      target,
    })),
  );
  expect(imports.map(({ target }) => target.replace(/-.{8}\.js$/, ''))).toContain('compiler');
  expect(imports.filter(({ target }) => started.includes(target))).toEqual([]);
});
