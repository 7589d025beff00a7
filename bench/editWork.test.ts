/** What an edit of one closure asks of the compiler is the same in a patch of 300 and of 1,000 lines: counted, not timed. */

import { queryObjects } from 'node:v8';
import { expect, it } from 'vitest';
import { CompileCache, compile } from '../src/compiler/compile.ts';
import { TreeVersion } from '../src/compiler/kept/treeHistory.ts';
import { createSession } from '../src/node/session.ts';
import { testLibrary } from '../src/testing/compileText.ts';
import { EDITED_CLOSURES, largePatch } from './largePatch.ts';
import { LIBRARY_LINES, withLibrary } from './libraryVoices.ts';

const SIZES = [300, 1000];
const EDITS = 6;

const textOf = (lines: number, edits: number): string =>
  withLibrary(largePatch({ lines: lines - LIBRARY_LINES, edits }));

it('lowers the functions with another number in them, and infers nothing', () => {
  const work = SIZES.map((lines) => {
    const cache = new CompileCache();
    const counts = EDITED_CLOSURES.map((_, n) => {
      compile(textOf(lines, n), testLibrary(), cache);
      const before = { ...cache.program.counts };
      compile(textOf(lines, n + 1), testLibrary(), cache);
      const { texts, functions, unread } = cache.program.counts;
      return { texts: texts - before.texts, functions: functions - before.functions, unread: unread - before.unread };
    });
    return { counts, read: counts.filter(({ unread }) => unread === 0).length };
  });
  const [short, long] = work;
  expect(long).toEqual(short);
  for (const { texts, functions } of short!.counts) expect({ texts, functions }).toEqual({ texts: 1, functions: 1 });
  // One of the closures has its number in two places.
  expect(short!.read).toBe(1);
});

it('sends the function that was edited, and knows what goes over from the edit before', async () => {
  const work = [];
  const sessions = [];
  for (const lines of SIZES) {
    const session = await createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: true });
    const sent = [];
    for (let n = 0; n <= EDITS; n++) {
      const result = session.update(textOf(lines, n));
      if (result.kind !== 'batch') throw new Error(`an edit was ${result.kind}`);
      const before = session.generations();
      session.committed(result.batch.generation);
      for (const generation of before) if (generation !== result.batch.generation) session.retired(generation);
      if (n > 0) sent.push({ changed: result.report.changed, bytes: result.report.batchBytes });
    }
    work.push({ sent, knownCarryovers: session.knownCarryovers });
    sessions.push(session);
  }
  const [short, long] = work;
  expect(long).toEqual(short);
  expect(short!.sent.every(({ changed }) => changed.length === 1)).toBe(true);
  expect(short!.knownCarryovers).toBeGreaterThan(0);
  // Where something led to the program of an old generation, all that the tree was since would be kept.
  expect(queryObjects(TreeVersion)).toBeLessThan(sessions.length * EDITS);
});
