/**
 * Five projects: `unit` (Node, files in parallel, everything beside its source) and beside it `apart` (the few of these that
 * need a process of their own), after them `pages` (the built page, where
 * nothing depends on how evenly it sounds: files in parallel), then `e2e` (the built page in browsers, one file at a time,
 * so that the tests do not take the processor from each other's audio), and `long` (`*.long.test.ts`, what takes minutes
 * or hours: only `npm run test:long` runs it).
 */
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { NotRunReporter } from './scripts/notRunReporter.ts';

const long = '**/*.long.test.{ts,tsx}';
const pages =
  'e2e/{browsers/bits,build,controls,forgedCache,graph,inputs,inspection,language,loading,numbers,opening,panel,printed,problems,recovery,saving,security,smallPages,stage,swaps,visitors}.test.ts';
/**
 * What loads modules again, replaces them or the globals they are loaded with, watches the heap, or asks for the same order of the
 * library's functions, which is that of their first use in a process.
 */
const apart = [
  'scripts/prebuild.test.ts',
  'src/compiler/namedModules.test.ts',
  'src/worker/faults.test.ts',
  'worklets/{allocation,processor,processorFaults}.test.ts',
];
const notOurs = ['**/node_modules/**', '**/dist/**', '**/.cache/**'];

const inNode = {
  environment: 'node',
  // Vitest would leave one core to itself, which on two is half of the machine.
  maxWorkers: availableParallelism(),
  // Ends what hangs; a slow or busy machine must not reach it.
  testTimeout: 180_000,
  hookTimeout: 180_000,
  sequence: { groupOrder: 0 },
} as const;

const inBrowsers = {
  environment: 'node',
  testTimeout: 240_000,
  // Three browsers with real audio threads: what fails once on a busy machine is tried once more, and told as such.
  retry: 1,
  // Room for installing a Chromium where none is found.
  hookTimeout: 420_000,
} as const;

export default defineConfig({
  test: {
    reporters: [new NotRunReporter(), 'default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...notOurs, 'e2e/**', long, ...apart],
          ...inNode,
          // The files share a process and the modules loaded in it: to load them, and to warm them up, costs more than most
          // files do.
          isolate: false,
        },
      },
      {
        test: { name: 'apart', include: apart, ...inNode },
      },
      {
        test: {
          name: 'pages',
          include: [pages],
          ...inBrowsers,
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: [...notOurs, long, pages],
          ...inBrowsers,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'long',
          environment: 'node',
          include: [long],
          exclude: notOurs,
          fileParallelism: false,
          // Each test knows how much it does; this only ends what hangs.
          testTimeout: 3_600_000,
          hookTimeout: 420_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
