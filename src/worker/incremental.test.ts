/**
 * A session that has seen many edits does with the last one what a session does that has seen nothing but the text before: the
 * same units are kept, and the same state. SEGUE_SEED chooses other edits.
 */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSession } from '../node/session.ts';
import { randomEditing } from '../testing/randomEdits.ts';
import type { Session } from './session.ts';

const seed = Number(process.env.SEGUE_SEED ?? 20_260_411);
const numRuns = Number(process.env.SEGUE_RUNS ?? 6);

const newSession = () => createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: false });

/** What the update told, and what is in its batch wherever that lies; then it plays alone. */
function play(session: Session, text: string) {
  const before = session.generations();
  const result = session.update(text);
  if (result.kind !== 'batch') return { kind: result.kind, ...('report' in result && { report: result.report }) };
  const { batch, report, diagnostics } = result;
  session.committed(batch.generation);
  for (const generation of before) session.retired(generation);
  const { changed, kept, removed, stateKept, stateReset, stateNew, stateFitted, copiedBytes } = report;
  const state = { stateKept, stateReset, stateNew, stateFitted, copiedBytes };
  return { kind: result.kind, diagnostics, units: { changed, kept, removed }, state };
}

it(`an edit after many is what it is after one (seed ${seed})`, { timeout: 300_000 }, async () => {
  let keptCount = 0;
  await fc.assert(
    fc.asyncProperty(randomEditing, async ({ texts }) => {
      const session = await newSession();
      play(session, texts[0]);
      // There and back: what is kept of texts before the last one must not be seen either.
      const row = [...texts.slice(1), ...texts.toReversed()];
      for (const [n, text] of row.entries()) {
        const told = play(session, text);
        const fresh = await newSession();
        play(fresh, n === 0 ? texts[0] : row[n - 1]);
        expect(told, `after ${n} edits\n${text}`).toEqual(play(fresh, text));
        keptCount += told.state?.stateKept.length ?? 0;
      }
    }),
    { seed, numRuns, endOnFailure: true },
  );
  expect(keptCount).toBeGreaterThan(numRuns);
});
