/**
 * Two projects, run one after the other: `unit` (Node, files in parallel, everything beside its source) and `e2e` (the
 * built page in a Chromium, one file at a time, so that the tests do not take the processor from each other's audio).
 */
import { defineConfig } from 'vitest/config';

const notOurs = ['**/node_modules/**', '**/dist/**', '**/.cache/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...notOurs, 'e2e/**'],
          // Ends what hangs; a slow or busy machine must not reach it.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'e2e',
          environment: 'node',
          include: ['e2e/**/*.test.ts'],
          exclude: notOurs,
          fileParallelism: false,
          testTimeout: 240_000,
          // Room for installing a Chromium where none is found.
          hookTimeout: 420_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
