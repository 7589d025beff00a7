/**
 * How the page is served and built. Every address in the built page is relative, so that it works from any path of any
 * static host; worker and worklet become files of their own, with what they import inside.
 */
import { defineConfig } from 'vite';
import { compilerVersion } from './scripts/compilerVersion.ts';
import { leanLibrary } from './scripts/leanLibrary.ts';
import { prebuiltPatches } from './scripts/prebuiltPlugin.ts';

export default defineConfig(({ command }) => ({
  // Only in the build: while it is being worked on, the compiler changes without a new start, so nothing is kept of what
  // it makes. (Nor is a name that Vite puts on the global object while developing there in time in every worker.)
  define: command === 'build' ? { COMPILER_VERSION: JSON.stringify(compilerVersion()) } : {},
  base: './',
  plugins: [leanLibrary(), prebuiltPatches()],
  worker: {
    format: 'es',
    plugins: () => [leanLibrary()],
    // A file of its own for what the worker's other files share; src/worker/entry.ts says why.
    rolldownOptions: {
      output: { codeSplitting: { groups: [{ name: 'compiler', test: /src[\\/]worker[\\/]worker\.ts$/ }] } },
    },
  },
  // What only the worker imports would be found late, and make the page load twice at the first start.
  optimizeDeps: { entries: ['index.html', 'src/worker/entry.ts', 'worklets/processor.ts'] },
  build: {
    target: 'es2022',
    // The polyfill is for browsers that cannot run the page anyway.
    modulePreload: { polyfill: false },
    // Nothing as a data: address: the Content Security Policy would have to let all of them through.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 6000,
  },
}));
