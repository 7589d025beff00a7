/** A tree needs a build when a file or its time differs from that of the built one. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { needsBuild } from './buildIfNeeded.ts';

let root = '';

/** Seconds since 1970. */
function put(name: string, at: number): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  utimesSync(file, at, at);
  for (let folder = path.dirname(file); folder !== root; folder = path.dirname(folder)) utimesSync(folder, at, at);
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'segue-build-'));
  put('src/main.ts', 1000);
});

afterEach(() => rmSync(root, { recursive: true }));

it('is needed where there is none', () => {
  expect(needsBuild(root)).toBe(true);
});

it('is not needed where nothing is newer', () => {
  put('dist/index.html', 2000);
  expect(needsBuild(root)).toBe(false);
});

it.each(['index.html', 'src/deep/inside.ts', 'patches/one.ts', 'worklets/processor.ts', 'public/theme.js'])(
  'is needed where %s is newer',
  (name) => {
    put('dist/index.html', 2000);
    put(name, 3000);
    expect(needsBuild(root)).toBe(true);
  },
);

it('is needed where a source was removed', () => {
  put('src/removed.ts', 1000);
  put('dist/index.html', 2000);
  rmSync(path.join(root, 'src/removed.ts'));
  expect(needsBuild(root)).toBe(true);
});

it('is not needed for tests, or what the build does not look at', () => {
  put('src/main.test.ts', 3000);
  utimesSync(path.join(root, 'src'), 1000, 1000);
  put('dist/index.html', 2000);
  put('e2e/site.ts', 3000);
  expect(needsBuild(root)).toBe(false);
});
