/**
 * Lets Node run this project's TypeScript: `node --import ./bin/typescript.mjs FILE.ts`. Types are stripped from `.ts` files
 * as they are loaded, and nothing else is touched: binaryen alone is 15 MB, and runners that look at every file spend
 * seconds on it.
 *
 * Runs on the main thread, which asks for the hooks, and on Node 20 on the thread of the hooks as well.
 */

import { readFileSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transformSync } from 'esbuild';

/** Hook of Node's module loader. `nextLoad` is what would load the file without us. */
export function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
  const sourcefile = fileURLToPath(url);
  const { code } = transformSync(readFileSync(sourcefile, 'utf8'), {
    ...{ loader: 'ts', format: 'esm', target: 'node20', sourcefile, sourcemap: 'inline', sourcesContent: false },
  });
  return { format: 'module', source: code, shortCircuit: true };
}

if (typeof module.registerHooks === 'function') module.registerHooks({ load });
else if (isMainThread) module.register(import.meta.url);
