/** The warm-up compiles valid patches, so that it exercises the same code as others, and delays nothing. */
import { describe, expect, it } from 'vitest';
import { createSession } from '../node/session.ts';
import { EDITS, warmUp, warmUpText } from './warmUp.ts';

const OPTIONS = { sampleRate: 48_000, fadeFrames: 480, postsModules: false };
const edits = Array.from({ length: EDITS }, (_, edit) => edit);

describe('getting warm', () => {
  it('compiles, links and tries an edit at a time', async () => {
    const session = await createSession(OPTIONS);
    const changed = edits.map((edit) => {
      const result = session.update(warmUpText(edit));
      if (result.kind !== 'batch') throw new Error(JSON.stringify(result));
      session.committed(result.batch.generation);
      expect(result.diagnostics).toEqual([]);
      return result.report.changed.length;
    });
    expect(Math.min(...changed)).toBeGreaterThan(0);
  });

  it('gives up room for whatever is asked before each edit, and holds on to nothing', async () => {
    const session = await createSession(OPTIONS);
    let pauses = 0;
    const pause = async () => ++pauses > 0;
    await warmUp(async () => session, pause);
    expect(pauses).toBe(EDITS);
    expect(session.generations().length).toBe(1);
  });

  it('ends when it is told to', async () => {
    const session = await createSession(OPTIONS);
    let pauses = 0;
    await warmUp(
      async () => session,
      async () => ++pauses < 3,
    );
    expect([pauses, session.generations().length]).toEqual([3, 1]);
  });

  it('is in nobody’s way when it fails', async () => {
    await warmUp(
      () => Promise.reject(new Error('no')),
      async () => true,
    );
  });
});
