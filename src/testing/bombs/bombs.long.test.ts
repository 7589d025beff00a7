/**
 * Small texts that ask for much, in Node: each is answered soon, leaves nothing behind when it comes to nothing, and, when
 * it plays, keeps within its fuel and writes nothing outside of its arena. What "soon" is comes from what the gallery
 * takes in the same run, in processor time, so that a busy machine changes nothing.
 */
import { describe, expect, it } from 'vitest';
import { createSession } from '../../node/session.ts';
import type { Session } from '../../worker/session.ts';
import { FakeBox, visit } from '../cacheVisits.ts';
import { inShard } from '../shard.ts';
import { GuardedPatch } from '../swaps/guardedPatch.ts';
import { patches } from '../texts.ts';
import { MAX_BOMB_CHARS } from './bomb.ts';
import { bombs } from './bombs.ts';

const cases = inShard(bombs).map(({ name, text }): [string, string] => [name, text]);

/** The gallery takes some 0.1 s; nothing may take more than this many times that. */
const MAX_GALLERIES = 12;
const TRIES = 3;
const FADE_FRAMES = 32;
const MEMORY_PAGES = 128;
const FRAMES = 256;

function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const newSession = (): Promise<Session> =>
  createSession({ sampleRate: 48_000, fadeFrames: 0, postsModules: true, now: () => performance.now() });

/** All patches of the gallery, one after the other, with nothing known of them. */
async function galleryMs(): Promise<number> {
  const session = await newSession();
  return processorMs(() => {
    for (const { text } of patches()) {
      const result = session.update(text);
      if (result.kind === 'batch') session.committed(result.batch.generation);
    }
  });
}

it('there are some hundred, each small and each of its own', () => {
  expect(bombs.length).toBeGreaterThan(150);
  for (const { name, text } of bombs) expect(text.length, name).toBeLessThanOrEqual(MAX_BOMB_CHARS);
  expect(new Set(bombs.map(({ name }) => name)).size).toBe(bombs.length);
  expect(new Set(bombs.map(({ text }) => text)).size).toBe(bombs.length);
});

describe('is answered soon, and leaves nothing behind', async () => {
  await galleryMs();
  const limitMs = MAX_GALLERIES * (await galleryMs());

  it.each(cases)('%s', async (_, text) => {
    let leastMs = Number.POSITIVE_INFINITY;
    for (let n = 0; n < TRIES && leastMs > limitMs; n++) {
      const session = await newSession();
      session.update('export default () => 0.1');
      const { slots, modules } = session.memory();
      let kind = '';
      leastMs = Math.min(
        leastMs,
        processorMs(() => {
          const result = session.update(text);
          kind = result.kind;
          if (result.kind === 'rejected') expect(result.diagnostics.length).toBeGreaterThan(0);
          expect(result.diagnostics.length).toBeLessThanOrEqual(201);
          if (result.kind === 'batch') session.refused(result.batch.generation);
        }),
      );
      expect(['rejected', 'batch', 'unchanged']).toContain(kind);
      expect(session.memory()).toMatchObject({ slots, modules });
    }
    expect(leastMs).toBeLessThan(limitMs);
  });
});

describe('is answered soon when it comes again after another patch', async () => {
  const limitMs = MAX_GALLERIES * (await galleryMs());
  const other = 'let n = 0\nexport default () => { n = (n + 1) % 9; return n / 9 }';

  it.each(cases)('%s', async (_, text) => {
    let leastMs = Number.POSITIVE_INFINITY;
    for (let n = 0; n < TRIES && leastMs > limitMs; n++) {
      const { session } = await visit(new FakeBox(), { limitBytes: 4 * 2 ** 20 });
      const play = (played: string): void => {
        const result = session.update(played);
        if (result.kind === 'batch') session.committed(result.batch.generation);
      };
      for (const played of [other, text, other]) play(played);
      leastMs = Math.min(
        leastMs,
        processorMs(() => play(text)),
      );
    }
    expect(leastMs).toBeLessThan(limitMs);
  });
});

describe('changes no byte outside of its arena', () => {
  it.each(cases)('%s', async (_, text) => {
    const before = 'let phase = 0\nexport default () => { phase = (phase + 0.01) % 1; return phase }';
    const patch = await GuardedPatch.create(before, FADE_FRAMES, MEMORY_PAGES);
    patch.render(FRAMES);
    try {
      patch.swap(text);
      patch.render(FRAMES);
    } catch (thrown) {
      // Refused, or stopped by a trap: both are answers. What is not is a byte of somebody else's.
      expect(String(thrown)).not.toMatch(/belongs to nobody|was used before/);
      return;
    }
    // What came before plays on in its own place.
    patch.undo();
    patch.render(FRAMES);
  });
});
