/**
 * Any program may follow any other: nothing traps, and nothing is written that belongs to somebody else, while both sound
 * and afterwards. SEGUE_SEED and SEGUE_RUNS choose others and more.
 */
import { expect, it } from 'vitest';
import { randomEdit, randomProgram } from '../random/program.ts';
import { renamed } from '../random/respelling.ts';
import { GuardedPatch, MEMORY_PAGES } from './guardedPatch.ts';
import { limitsOf } from './limits.ts';

const firstSeed = Number(process.env.SEGUE_SEED ?? 1);
const runs = Math.ceil(Number(process.env.SEGUE_RUNS ?? 60) / 6);
const FADE_FRAMES = 48;

it(`random programs after one another (seeds from ${firstSeed})`, { timeout: 60_000 + 3000 * runs }, async () => {
  for (let seed = firstSeed; seed < firstSeed + runs; seed++) {
    const { texts } = randomEdit(seed);
    const [before, after] = texts;
    const others = [after, randomProgram(seed + 5000), renamed(before), after, randomProgram(seed + 6000)];
    let patch: GuardedPatch | null = null;
    try {
      patch = await GuardedPatch.create(before, FADE_FRAMES, MEMORY_PAGES, limitsOf(seed));
      patch.render(64);
      for (const [n, text] of others.entries()) {
        patch.swap(text);
        patch.render(64);
        if (n % 2 === 1 && patch.undo()) patch.render(64);
      }
    } catch (thrown) {
      const report = String(thrown);
      // A frame has room for so much; what a program makes is not known while it is written.
      if (/per-frame-memory|not-finite/.test(report)) continue;
      expect.fail(`seed ${seed}: ${report}\n${before}\n--- and ---\n${others.join('\n--- and ---\n')}`);
    }
  }
});
