/** What the built files may not do, read from the files. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const DIST = path.join(import.meta.dirname, '../dist');
const ASSETS = path.join(DIST, 'assets');

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

describe('what is loaded', () => {
  const gzipBytes = (file: string) => gzipSync(readFileSync(path.join(DIST, file)), { level: 9 }).length;
  const named = (name: string) => {
    const found = readdirSync(ASSETS).filter((file) => new RegExp(`^${name}-.{8}\\.(js|css)$`).test(file));
    expect(found.length, name).toBeGreaterThan(0);
    return found.map((file) => `assets/${file}`);
  };
  /** With all that they import before anything of them runs. */
  function withImports(files: readonly string[]): Set<string> {
    const all = new Set(files);
    for (const file of all) {
      if (!file.endsWith('.js')) continue;
      const text = readFileSync(path.join(DIST, file), 'utf8');
      for (const [, name] of text.matchAll(/(?:\bfrom ?|\bimport ?)["'`]\.\/([\w.-]+\.js)["'`]/g)) {
        all.add(path.posix.join(path.posix.dirname(file), name));
      }
    }
    return all;
  }
  /** What the page names before it has run. */
  const page = [
    ...readFileSync(path.join(DIST, 'index.html'), 'utf8').matchAll(/(?:src|href)="\.\/([^"]+\.(?:js|css))"/g),
  ];
  const first = withImports(page.map(([, file]) => file));
  const prebuilt = readdirSync(path.join(DIST, 'prebuilt'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => `prebuilt/${file}`);
  const kilobytes = (files: Iterable<string>) =>
    Math.round([...files].reduce((sum, file) => sum + gzipBytes(file), 0) / 1024);

  it('for a first sound is at most 150 KB, compressed: the page, the processor, and one patch that was compiled ahead', () => {
    expect(prebuilt).toHaveLength(1);
    const needed = [...first, ...named('processor'), ...prebuilt, 'index.html'];
    expect(needed.filter((file) => file.endsWith('.css'))).not.toEqual([]);
    expect(kilobytes(needed)).toBeGreaterThan(40);
    expect(kilobytes(needed)).toBeLessThanOrEqual(150);
  });

  it('for a first edit is at most 400 KB more, and nothing of it is loaded with the page', () => {
    const compiler = ['compiler', 'compileService', 'session', 'bundledLibrary', 'emit'].flatMap(named);
    expect(compiler.filter((file) => first.has(file))).toEqual([]);
    expect(kilobytes(withImports(compiler))).toBeGreaterThan(100);
    expect(kilobytes(withImports(compiler))).toBeLessThanOrEqual(400);
  });

  it('does not have the comments of the library among it', () => {
    const [library] = named('bundledLibrary');
    const text = readFileSync(path.join(DIST, library), 'utf8');
    expect(text).toContain('export function sine(');
    expect(text).not.toMatch(/@example|@param/);
  });
});
