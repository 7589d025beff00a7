/**
 * Many patches played one after another, each from its own beginning, on one session: what costs is the library, and the
 * session keeps that. In: texts. Out: raw samples, or an exception that says what went wrong. Node only.
 */

import type { CompileSide } from '../../node/player.ts';
import { playThrough } from '../../node/playThrough.ts';
import { createSession } from '../../node/session.ts';
import type { Generation } from '../../protocol/units.ts';
import type { Session } from '../../worker/session.ts';
import { describeErrors } from '../compiled.ts';
import type { Render } from '../oracle.ts';

const SAMPLE_RATE = 48_000;

export class FreshPlays {
  #session: Session | null = null;

  /** The first `frames` frames of `text`, which has to compile and must not trap. */
  async render(text: string, frames: number): Promise<Render> {
    const session =
      this.#session ?? (await createSession({ sampleRate: SAMPLE_RATE, fadeFrames: 0, postsModules: true }));
    // Kept only if all goes well: after a failure the next text gets a session that has seen nothing.
    this.#session = null;
    const { side, played } = withGenerations(session);
    const left = new Float64Array(frames);
    const right = new Float64Array(frames);
    let frame = 0;
    const request = { text, frames, sampleRate: SAMPLE_RATE, fadeFrames: 0, raw: true };
    const outcome = playThrough(side, request, (blockLeft, blockRight, length) => {
      left.set(blockLeft.subarray(0, length), frame);
      right.set(blockRight.subarray(0, length), frame);
      frame += length;
    });
    if (!outcome.played) throw new Error(describeErrors(text, outcome.diagnostics));
    for (const trap of outcome.traps) {
      throw new Error(`trapped at frame ${trap.frame}: ${trap.diagnostic.message}\n\n${text}`);
    }
    // As if it had stopped with nothing to fall back on: the next text continues nothing.
    for (const generation of played) {
      session.trapped(generation, null);
      session.retired(generation);
    }
    this.#session = session;
    return { left, right };
  }
}

/** The session, and the generations that it gives out. */
function withGenerations(session: Session): { side: CompileSide; played: Generation[] } {
  const played: Generation[] = [];
  const side: CompileSide = {
    update(text) {
      const result = session.update(text);
      if (result.kind === 'batch') played.push(result.batch.generation);
      return result;
    },
    committed: (generation) => session.committed(generation),
    retired: (generation) => session.retired(generation),
    refused: (generation) => session.refused(generation),
    trapped: (generation, fallback) => session.trapped(generation, fallback),
    describeTrap: (trap) => session.describeTrap(trap),
    explainNonFinite: (generation) => session.explainNonFinite(generation),
    rollbackPlan: () => session.rollbackPlan(),
    memory: () => session.memory(),
  };
  return { side, played };
}
