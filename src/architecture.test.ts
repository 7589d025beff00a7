/** The import rules hold for the sources as they are, and the check finds what breaks them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkImports, type SourceFile } from '../scripts/importRules.ts';

const root = path.join(import.meta.dirname, '..');

function sources(): SourceFile[] {
  return ['src', 'worklets', 'bin', 'bench'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.includes('node_modules'))
      .map((name) => ({
        path: `${folder}/${name.replaceAll(path.sep, '/')}`,
        text: readFileSync(path.join(root, folder, name), 'utf8'),
      })),
  );
}

it('holds for the sources', () => {
  const files = sources();
  expect(files.some(({ path: name }) => name === 'src/protocol/arena.ts')).toBe(true);
  expect(checkImports(files)).toEqual([]);
});

describe('the check', () => {
  const check = (files: Record<string, string>) =>
    checkImports(Object.entries(files).map(([name, text]) => ({ path: name, text })));

  it.each([
    ['src/protocol/audio.ts', `import { fold } from '../linker/fold.ts';`],
    ['src/protocol/audio.ts', `import type { Ast } from '../compiler/ast.ts';`],
    ['src/protocol/audio.ts', `export { x } from 'preact';`],
    ['worklets/loader.ts', `import { link } from '../src/linker/link.ts';`],
    ['worklets/loader.ts', `import binaryen from 'binaryen';`],
    ['src/compiler/emit.ts', `const { Player } = await import('../node/player.ts');`],
    ['src/compiler/emit.ts', `import { readFileSync } from 'node:fs';`],
    ['src/linker/plan.ts', `export * from '../worker/session.ts';`],
    ['src/linker/plan.ts', `type Port = import('../engine/ports.ts').Port;`],
    ['src/linker/plan.ts', `import engine = require('../engine/ports.ts');`],
    ['src/linker/plan.ts', `export const w = window.innerWidth;`],
    ['src/compiler/parse.ts', `self.postMessage(1);`],
    ['src/compiler/parse.ts', `export const f = { document };`],
    ['src/compiler/parse.ts', `export const f = (port: MessagePort) => port;`],
    ['src/editor/view.ts', `import { share } from '../share/link.ts';`],
    ['src/ui/bar.tsx', `import { Editor } from '../editor/editor.ts'; export const Bar = () => <div />;`],
    ['src/engine/engine.ts', `import url from '../ui/icon.svg?url';`],
    ['src/main.ts', `import * as monaco from 'monaco-editor/esm/vs/editor/editor.api.js';`],
  ])('finds in %s: %s', (name, text) => {
    const found = check({ [name]: text });
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toMatch(new RegExp(`^${name}:1: `));
  });

  it('finds a second file that imports binaryen, and lets one', () => {
    const emit = { 'src/compiler/disassemble.ts': `import binaryen from 'binaryen';` };
    expect(check(emit)).toEqual([]);
    expect(check({ ...emit, 'src/compiler/fold.ts': `import type b from 'binaryen';` })).toHaveLength(2);
  });

  it.each([
    ['src/protocol/audio.ts', `import type { Slot } from './units.ts';`],
    [
      'worklets/processor.ts',
      `import { Loader } from './loader.ts'; import { HEADER } from '../src/protocol/arena.ts';`,
    ],
    ['worklets/processor.ts', `registerProcessor('segue', Processor); port.postMessage(1);`],
    ['src/compiler/parse.ts', `import { parse } from '@babel/parser'; export const f = (a) => ({ self: a.window });`],
    ['src/linker/plan.ts', `export interface Layout { document: number }`],
    ['src/linker/plan.test.ts', `import { readFileSync } from 'node:fs'; import '../worker/session.ts';`],
    ['src/compiler/parse.ts', `const self = { a: 1 }; export const f = ({ window: [window = 1] }) => self.a + window;`],
    ['src/editor/view.ts', `import * as monaco from 'monaco-editor'; import { bar } from './bar.ts';`],
    ['src/main.ts', `import './ui/app.tsx'; import './engine/engine.ts'; document.title = '';`],
  ])('lets %s: %s', (name, text) => {
    expect(check({ [name]: text })).toEqual([]);
  });
});
