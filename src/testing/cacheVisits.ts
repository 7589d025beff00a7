/** Visits of a page that keeps compiled code in the same box, without a browser. */

import { emit } from '../compiler/emit/emit.ts';
import { createSession } from '../node/session.ts';
import { type ModuleBox, ObjectCache } from '../worker/objectCache.ts';
import type { Emitter } from '../worker/objects.ts';
import type { StoredModule } from '../worker/storedModule.ts';

/** A browser's storage over several visits. */
export class FakeBox implements ModuleBox {
  readonly stored = new Map<string, unknown>();

  async load(limit: number): Promise<[string, unknown][]> {
    if (this.stored.size > limit) this.stored.clear();
    return [...this.stored];
  }

  async save(entries: readonly (readonly [string, StoredModule])[]): Promise<void> {
    for (const [id, entry] of entries) this.stored.set(id, structuredClone(entry));
  }

  async remove(ids: readonly string[]): Promise<void> {
    for (const id of ids) this.stored.delete(id);
  }

  async clear(): Promise<void> {
    this.stored.clear();
  }
}

/** `idle`: does what waits until there is nothing more urgent. `emitted`: how many units each emitted module has. */
export async function visit(box: ModuleBox, { version = 'v1', limitBytes = 1e6, nowMs = 0 } = {}) {
  const waiting: (() => Promise<void>)[] = [];
  let ids = 0;
  let reuses = 0;
  const cache = new ObjectCache(box, {
    ...{ version, limitBytes },
    nowMs: () => nowMs,
    later: (call) => void waiting.push(call),
    newId: () => `${nowMs}.${++ids}`,
    onReuse: () => void reuses++,
  });
  await cache.load();
  const emitted: number[] = [];
  const counting: Emitter = (units) => {
    emitted.push(units.length);
    return emit(units);
  };
  const options = { sampleRate: 48_000, fadeFrames: 480, postsModules: false };
  const session = await createSession({ ...options, emit: counting, known: cache });
  /** The batch of a text, in bytes and numbers. */
  const compile = (text: string) => {
    const result = session.update(text);
    if (result.kind !== 'batch') throw new Error(JSON.stringify(result));
    session.committed(result.batch.generation);
    return result.batch;
  };
  const idle = async () => {
    for (const call of waiting.splice(0)) await call();
  };
  return { session, compile, emitted, idle, cache, reuses: () => reuses };
}
