/**
 * Patches that are compiled when the page is built: for each a file in dist/prebuilt, and in the page the list of them. The compiler
 * runs in a process of its own, beside the bundler. Builds only: while the compiler is being worked on, nothing is kept of what it
 * makes.
 *
 * Only the patch with which a first visit begins: other ones are chosen when the compiler has long been there, and those that use
 * wavetables would be files of up to two megabytes.
 */

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Plugin } from 'vite';
import { prebuiltName } from '../src/engine/prebuilt.ts';
import { versionOf } from './compilerVersion.ts';
import type { PrebuiltFile } from './prebuild.ts';

const ROOT = path.join(import.meta.dirname, '..');
const MAX_OUTPUT_BYTES = 2 ** 28;

export function prebuiltPatches(): Plugin {
  const version = versionOf(['src', 'worklets']);
  // A folder for each version: a browser that has kept a file of another one does not take it for this one's.
  const folder = `prebuilt/${version.slice(0, 8)}`;
  const files = [firstPatch()];
  let compiled: Promise<readonly PrebuiltFile[]>;
  return {
    name: 'segue-prebuilt',
    apply: 'build',
    config: () => {
      const names = files.map((file) => prebuiltName(readFileSync(file, 'utf8')));
      return { define: { PREBUILT: JSON.stringify({ version, folder, names }) } };
    },
    buildStart() {
      compiled = compile(version, files);
      // Told where it is awaited.
      compiled.catch(() => undefined);
    },
    async generateBundle() {
      for (const { name, contents } of await compiled) {
        this.emitFile({ type: 'asset', fileName: `${folder}/${name}.json`, source: contents });
      }
    },
  };
}

/** As src/main.ts takes it. */
function firstPatch(): string {
  const folder = path.join(ROOT, 'patches');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const [first] = names.map((name) => name.replaceAll(path.sep, '/')).sort();
  return path.join(folder, first);
}

async function compile(version: string, files: readonly string[]): Promise<readonly PrebuiltFile[]> {
  const args = ['--import', './bin/typescript.mjs', 'scripts/prebuild.ts', version, ...files];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, {
    cwd: ROOT,
    maxBuffer: MAX_OUTPUT_BYTES,
  });
  if (stderr) process.stderr.write(stderr);
  return JSON.parse(stdout) as PrebuiltFile[];
}
