/** The keeper where the processor hangs: what plays next, what is rejected, and that every question gets an answer. */
import { describe, expect, it } from 'vitest';
import type { WorkerToMain } from '../protocol/compile.ts';
import { generation } from '../protocol/units.ts';
import { checkpoint, setUp } from '../testing/keptWorkers.ts';

describe('a processor that hangs', () => {
  const rejected = (heard: readonly WorkerToMain[]) =>
    heard.flatMap((message) => (message.kind === 'rejected' ? [[message.id, message.diagnostics[0].code]] : []));

  it('in what plays: the version before is what the next one begins with, and continues under a new number', () => {
    const { keeper, worker, ready, update, commit, connect, events, heard } = setUp();
    ready();
    for (const [n, text] of ['good', 'better', 'endless'].entries()) {
      update(text);
      commit(n + 1);
    }
    expect(keeper.processorHung()).toEqual({ hung: 'endless', before: 'better' });
    connect();
    ready();
    expect(worker().asked.slice(-2)).toEqual(['connect after 3', 'update better']);
    commit(4);
    expect(events).toEqual(['resumed 4 better']);
    expect(rejected(heard)).toEqual([]);
    // It hangs as well.
    expect(keeper.processorHung()).toEqual({ hung: 'better', before: 'good' });
    connect();
    ready();
    commit(5);
    expect(keeper.processorHung()).toEqual({ hung: 'good', before: null });
    connect();
    ready();
    expect(worker().asked.at(-1)).toBe('connect after 5');
  });

  it('has the piece before as the piece that it is', () => {
    const { keeper, worker, ready, update, commit, connect } = setUp();
    ready();
    for (const [n, piece] of [4, 7].entries()) {
      update(`of ${piece}`);
      commit(n + 1, piece);
    }
    keeper.processorHung();
    connect();
    ready();
    const last = worker().got.findLast((message) => message.kind === 'update');
    expect(last).toMatchObject({ text: 'of 4', piece: 4 });
  });

  it('in what was sent: that is rejected, what plays is kept, and what waits is asked again', () => {
    const { keeper, worker, ready, update, commit, connect, heard, events } = setUp();
    ready();
    update('good');
    commit(1);
    const sent = update('endless');
    worker().answer({ kind: 'checkpoint', checkpoint: checkpoint(2, 'endless') });
    update('newest');
    expect(keeper.processorHung()).toEqual({ hung: 'endless', before: 'good' });
    expect(rejected(heard)).toEqual([[sent, 'audio-frozen']]);
    connect();
    ready();
    expect(worker().asked.at(-1)).toBe('update good');
    commit(3);
    expect(events).toEqual(['resumed 3 good']);
    expect(worker().asked.at(-1)).toBe('update newest');
  });

  it('while something is compiled that was never sent: what plays is put down to it, and nothing else', () => {
    const { keeper, worker, ready, update, commit, heard } = setUp();
    ready();
    update('good');
    commit(1);
    const refused = update('refused');
    worker().answer({ kind: 'checkpoint', checkpoint: checkpoint(2, 'refused') });
    worker().answer({ kind: 'rejected', id: refused, diagnostics: [] });
    update('endless');
    commit(3);
    update('another');
    expect(keeper.processorHung()).toEqual({ hung: 'endless', before: 'good' });
    expect(heard.filter(({ kind }) => kind === 'rejected')).toHaveLength(1);
  });

  it('and says so where the version before no longer passes', () => {
    const { keeper, worker, ready, update, commit, connect, events } = setUp();
    ready();
    for (const [n, text] of ['good', 'endless'].entries()) {
      update(text);
      commit(n + 1);
    }
    keeper.processorHung();
    connect();
    ready();
    const asked = worker().got.findLast((message) => message.kind === 'update');
    worker().answer({ kind: 'rejected', id: asked?.kind === 'update' ? asked.id : 0, diagnostics: [] });
    expect(events).toEqual(['not resumed']);
    update('another');
    expect(worker().asked.at(-1)).toBe('update another');
  });

  it('is not given a text that was left by a trap', () => {
    const { keeper, worker, ready, update, commit } = setUp();
    ready();
    for (const [n, text] of ['good', 'trapping'].entries()) {
      update(text);
      commit(n + 1);
    }
    worker().answer({ kind: 'trapped', generation: generation(2), fallback: generation(1) } as WorkerToMain);
    update('endless');
    commit(3);
    expect(keeper.processorHung()).toEqual({ hung: 'endless', before: 'good' });
  });

  it('for good: every question gets an answer, then and later', async () => {
    const { keeper, ready, update, commit, heard, isWatching } = setUp();
    ready();
    update('good');
    commit(1);
    const waiting = update('waiting');
    keeper.postMessage({ kind: 'restore', id: 90, text: 'older', generation: generation(1) });
    keeper.processorHung();
    keeper.processorGone();
    expect(isWatching()).toBe(false);
    const later = update('later');
    await Promise.resolve();
    expect(rejected(heard).map(([id]) => id)).toEqual([waiting, 90, later]);
  });
});
