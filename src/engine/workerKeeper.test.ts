/** The keeper against workers that answer, break and hang by hand: no question is lost, and nothing continues forever. */
import { describe, expect, it } from 'vitest';
import { WITHOUT_CACHE, type WorkerToMain } from '../protocol/compile.ts';
import { generation } from '../protocol/units.ts';
import { type FakeWorker, setUp } from '../testing/keptWorkers.ts';
import { HANG_SECONDS } from './workerKeeper.ts';

describe('a worker that is well', () => {
  it('gets what is asked once it is ready, and its answers go to who asked', () => {
    const { update, ready, worker, commit, answers, events } = setUp();
    update('a');
    expect(worker().asked).toEqual(['connect after 0']);
    ready();
    expect(worker().asked).toEqual(['connect after 0', 'update a']);
    commit(1);
    expect([answers(), events]).toEqual([['ready', 'committed 1'], []]);
  });

  it('is watched only while it owes an answer', () => {
    const { update, ready, pong, seconds, isWatching, workers } = setUp();
    ready();
    expect(isWatching()).toBe(false);
    update('a');
    seconds(HANG_SECONDS - 1);
    pong();
    expect(isWatching()).toBe(false);
    update('b');
    seconds(HANG_SECONDS - 1);
    expect(workers).toHaveLength(1);
  });
});

describe('a worker in the page that leaves', () => {
  it('is followed by another one, which takes over what it has sent, as if that were its own', () => {
    const { update, ready, worker, workers, commit, events, answers } = setUp();
    update('a');
    ready();
    commit(1);
    update('b');
    worker().answer({ kind: 'leaves' });
    expect([workers.length, workers[0].isEnded]).toEqual([2, true]);
    ready();
    expect(worker().asked).toEqual(['connect after 1', 'resume a']);
    commit(2);
    expect(worker().asked.at(-1)).toBe('update b');
    expect(events).toEqual(['resumed 2 a']);
    expect(answers()).toEqual(['ready', 'committed 1', 'ready']);
  });

  it('and has sent nothing leaves its requests to the next', () => {
    const { update, ready, worker, events } = setUp();
    update('a');
    ready();
    worker().answer({ kind: 'leaves' });
    ready();
    expect(worker().asked).toEqual(['connect after 0', 'update a']);
    expect(events).toEqual([]);
  });
});

describe('what is no request', () => {
  it('does not wait until what plays has gone over, and goes to each next worker', () => {
    const { keeper, update, ready, worker, commit } = setUp();
    update('a');
    ready();
    commit(1);
    worker().break('crash');
    ready();
    expect(worker().asked).toEqual(['connect after 1', 'resume a']);
    keeper.postMessage({ kind: 'settings', fadeMs: 20, quantise: 'off' });
    keeper.postMessage({ kind: 'spare' });
    expect(worker().asked.slice(2)).toEqual(['settings', 'spare']);
    worker().break('crash');
    ready();
    expect(worker().asked).toEqual(['connect after 1', 'settings', 'spare']);
  });
});

describe('a worker that ends', () => {
  it.each(['breaks', 'vanishes'])(
    'because it %s is replaced, the sound keeps playing, and questions are asked again',
    (how) => {
      const { update, ready, worker, workers, commit, free, events, answers, keeper } = setUp();
      ready();
      update('a');
      commit(1);
      keeper.postMessage({ kind: 'settings', fadeMs: 20, quantise: 'off' });
      update('b');
      if (how === 'breaks') worker().break('out of memory');
      else free();
      expect(workers.map(({ isEnded }) => isEnded)).toEqual([true, false]);
      ready();
      expect(worker().asked).toEqual(['connect after 1', 'settings', 'resume a']);
      commit(2);
      expect(worker().asked.slice(3)).toEqual(['update b']);
      commit(3);
      expect(answers().slice(1)).toEqual(['committed 1', 'ready', 'committed 2']);
      expect(events).toEqual([`restarted: ${how === 'breaks' ? 'out of memory' : 'it was terminated'}`, 'resumed 2 a']);
    },
  );

  it('is not asked for what is answered, and what it says too late is not heard', () => {
    const { update, ready, worker, workers, commit, answers } = setUp();
    ready();
    update('a');
    commit(1);
    worker().break('x');
    workers[0].answer({ kind: 'rejected', id: 9, diagnostics: [] });
    ready();
    expect(worker().asked).toEqual(['connect after 1', 'resume a']);
    expect(answers()).toEqual(['ready', 'committed 1', 'ready']);
  });

  it('restarts what plays when it cannot be taken over', () => {
    const { update, ready, worker, commit, events } = setUp();
    ready();
    update('a');
    commit(1);
    worker().break('x');
    ready();
    worker().break('y');
    update('b');
    ready();
    expect(worker().asked).toEqual(['connect after 1', 'update b']);
    commit(2);
    expect(events).toEqual(['restarted: x', 'restarted: y']);
  });

  it('over the same text twice is not given it again, but the next one', () => {
    const { update, ready, worker, workers, heard, commit } = setUp();
    ready();
    const bad = update('bad');
    worker().break('x');
    ready();
    expect(worker().asked).toEqual(['connect after 0', 'update bad']);
    const good = update('good');
    worker().break('x');
    const { id, diagnostics } = heard.find(({ kind }) => kind === 'rejected') as Extract<
      WorkerToMain,
      { kind: 'rejected' }
    >;
    expect([id, diagnostics[0].code, diagnostics[0].message]).toEqual([
      bad,
      'compiler-failed',
      expect.stringContaining('crashed on this code: x'),
    ]);
    ready();
    expect(worker().asked).toEqual(['connect after 0', 'update good']);
    commit(1);
    expect(heard.at(-1)).toMatchObject({ kind: 'committed', id: good });
    // Asked for by hand it is tried once more.
    update('bad');
    expect(worker().asked.at(-1)).toBe('update bad');
    worker().break('x');
    ready();
    expect(worker().asked.at(-1)).toBe('resume good');
    commit(2);
    expect(worker().asked.at(-1)).toBe('resume good');
    expect(workers).toHaveLength(4);
  });

  it('again and again before it has answered anything is given up', () => {
    const { ready, worker, workers, events, update } = setUp();
    for (let n = 0; n < 4; n++) {
      ready();
      worker().break('x');
    }
    expect(workers).toHaveLength(4);
    expect(events).toEqual(['restarted: x', 'restarted: x', 'restarted: x', 'over: x']);
    update('a');
    expect(worker().asked).toEqual(['connect after 0']);
  });
});

describe('a worker that hangs', () => {
  it('is replaced, and not given the same text again', () => {
    const { update, ready, commit, seconds, workers, worker, answers, events } = setUp();
    ready();
    update('a');
    commit(1);
    update('endless');
    seconds(HANG_SECONDS);
    expect(workers[0].isEnded).toBe(true);
    expect(answers().at(-1)).toBe('rejected 2');
    expect(events).toEqual(['restarted: it did not respond for 15 seconds']);
    ready();
    commit(2);
    expect(worker().asked).toEqual(['connect after 1', 'resume a']);
  });

  it('is not one whose batch waits for the next bar', () => {
    const { update, ready, pong, seconds, workers, worker } = setUp();
    ready();
    const id = update('a');
    worker().answer({ kind: 'waiting', id, reason: 'bar', seconds: null });
    pong();
    seconds(10 * HANG_SECONDS);
    expect(workers).toHaveLength(1);
  });
});

describe('a worker that ends over code from an earlier visit', () => {
  const names = (workers: readonly FakeWorker[]) => workers.map(({ name }) => name);

  it('gets the same text without that code, which no later one uses', () => {
    const { update, ready, commit, seconds, workers, worker, answers, heard } = setUp();
    ready();
    update('a');
    worker().answer({ kind: 'reuses' });
    seconds(HANG_SECONDS);
    expect(names(workers)).toEqual(['', WITHOUT_CACHE]);
    ready();
    expect(worker().asked).toEqual(['connect after 0', 'update a']);
    commit(1);
    expect(answers().at(-1)).toBe('committed 1');
    worker().break('x');
    expect(names(workers)).toEqual(['', WITHOUT_CACHE, WITHOUT_CACHE]);
    expect(heard.some(({ kind }) => kind === 'reuses')).toBe(false);
  });

  it('continues with what plays', () => {
    const { update, ready, commit, workers, worker, events } = setUp();
    ready();
    update('a');
    commit(1);
    worker().break('x');
    ready();
    worker().answer({ kind: 'reuses' });
    worker().break('y');
    ready();
    expect(worker().asked).toEqual(['connect after 1', 'resume a']);
    commit(2);
    expect(events).toEqual(['restarted: x', 'restarted: y', 'resumed 2 a']);
    expect(names(workers)).toEqual(['', '', WITHOUT_CACHE]);
  });

  it('or hangs the processor by it is followed by one without', () => {
    const { keeper, update, ready, commit, connect, workers, worker } = setUp();
    ready();
    update('a');
    worker().answer({ kind: 'reuses' });
    commit(1);
    expect(keeper.processorHung().hung).toBe('a');
    connect();
    expect(names(workers)).toEqual(['', WITHOUT_CACHE]);
    expect(workers[0].isEnded).toBe(true);
    ready();
    update('a');
    expect(worker().asked.at(-1)).toBe('update a');
  });

  it('and without it as well ends over the text', () => {
    const { update, ready, seconds, worker, answers } = setUp();
    ready();
    update('endless');
    worker().answer({ kind: 'reuses' });
    seconds(HANG_SECONDS);
    ready();
    seconds(HANG_SECONDS);
    expect(answers().at(-1)).toBe('rejected 1');
  });

  it('or before it is ready does without as well', () => {
    const { update, ready, workers, worker } = setUp();
    update('a');
    worker().break('out of memory');
    expect(names(workers)).toEqual(['', WITHOUT_CACHE]);
    ready();
    expect(worker().asked).toEqual(['connect after 0', 'update a']);
  });
});

describe('another output', () => {
  it('gets what played, from the same worker', () => {
    const { update, ready, commit, connect, worker, workers, events, locks } = setUp();
    ready();
    update('a');
    commit(1);
    update('b');
    connect();
    ready();
    expect(worker().asked.slice(3)).toEqual(['connect after 1', 'resume a']);
    commit(2);
    expect(worker().asked.slice(5)).toEqual(['update b']);
    commit(3);
    expect([workers.length, events]).toEqual([1, ['resumed 2 a']]);
    // The lock of the first connection says nothing about the second one.
    [...locks.values()][0]();
    expect(workers).toHaveLength(1);
  });

  it('gets what a trap fell back to', () => {
    const { update, ready, commit, connect, worker } = setUp();
    ready();
    update('a');
    commit(1);
    update('b');
    commit(2);
    worker().answer({ kind: 'trapped', generation: generation(2), fallback: generation(1) } as WorkerToMain);
    connect();
    ready();
    expect(worker().asked.at(-1)).toBe('resume a');
  });
});
