/** The compile client against a worker that answers by hand: every question gets the answer that is its own. */

import { describe, expect, it } from 'vitest';
import type { MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import { NO_HOST_DECLARATIONS } from '../protocol/controls.ts';
import { generation } from '../protocol/units.ts';
import { CompileClient } from './compileClient.ts';

function setUp() {
  const worker = new EventTarget();
  const posted: MainToWorker[] = [];
  const heard: string[] = [];
  const client = new CompileClient(
    Object.assign(worker, { postMessage: (message: MainToWorker) => void posted.push(message) }),
    {
      ready: () => heard.push('ready'),
      waiting: () => heard.push('waiting'),
      code: ({ rows }) => heard.push(`code ${rows.length}`),
      cost: ({ costs }) => heard.push(`cost ${costs[1]?.work}`),
      handleEvent: (events) => heard.push(`handleEvent ${events.map(({ kind }) => kind)}`),
      noticed: ({ diagnostic }) => heard.push(`noticed ${diagnostic.code}`),
      trapped: ({ diagnostic }) => heard.push(`trapped ${diagnostic.code}`),
      failed: (reason) => heard.push(`failed ${reason}`),
    },
  );
  const answer = (data: WorkerToMain) => worker.dispatchEvent(new MessageEvent('message', { data }));
  const unchanged = (id: number) => answer({ kind: 'unchanged', id, generation: generation(id), diagnostics: [] });
  return { worker, client, posted, heard, answer, unchanged };
}

const committed: Omit<Extract<WorkerToMain, { kind: 'committed' }>, 'id' | 'text'> = {
  kind: 'committed',
  generation: generation(3),
  ...{ frame: 0, compileMs: 1, atMs: 0, diagnostics: [], transition: 'fade', arenaBytes: 1, slots: 1, modules: 1 },
  report: {
    ...{
      changed: [],
      kept: [],
      removed: [],
      stateKept: [],
      stateReset: [],
      stateNew: [],
      batchBytes: 1,
      fadeFrames: 480,
    },
    ...{ transition: 'fade', copiedBytes: 0, adoptedBytes: 0 },
  },
};

describe('CompileClient', () => {
  it('sends texts with rising ids and gives each its answer, in whatever order they come', async () => {
    const { client, posted, unchanged, answer } = setUp();
    const first = client.update('a');
    const second = client.update('b');
    expect(posted).toEqual([
      { kind: 'update', id: 1, text: 'a' },
      { kind: 'update', id: 2, text: 'b' },
    ]);
    answer({ kind: 'rejected', id: 2, diagnostics: [] });
    unchanged(1);
    expect(await second).toEqual({
      text: 'b',
      outcome: { kind: 'rejected', id: 2, diagnostics: [] },
      answeredBy: 'itself',
    });
    expect(await first).toMatchObject({ text: 'a', outcome: { kind: 'unchanged', id: 1 } });
  });

  it('answers a superseded text with the outcome and the text of the newer one', async () => {
    const { client, unchanged, answer } = setUp();
    const [first, second, third, fourth] = ['a', 'b', 'c', 'd'].map((text) => client.update(text));
    answer({ kind: 'superseded', id: 2 });
    answer({ kind: 'superseded', id: 3 });
    unchanged(1);
    unchanged(4);
    expect(await first).toMatchObject({ text: 'a', outcome: { id: 1 } });
    for (const late of [second, third, fourth]) {
      const answeredBy = late === fourth ? 'itself' : 'update';
      expect(await late).toMatchObject({ text: 'd', outcome: { id: 4 }, answeredBy });
    }
  });

  it('passes on events', () => {
    const { answer, heard } = setUp();
    answer({ kind: 'ready', postsModules: true });
    const diagnostic = { severity: 'error', code: 'trap', message: '', span: { start: 0, end: 1 } } as const;
    answer({ kind: 'trapped', generation: generation(2), fallback: null, diagnostic });
    answer({ kind: 'noticed', generation: generation(2), diagnostic });
    answer({
      kind: 'code',
      generation: generation(2),
      rows: [],
      beatsPerBar: null,
      piece: 0,
      host: NO_HOST_DECLARATIONS,
    });
    answer({ kind: 'cost', generation: generation(2), costs: { 1: { nanoseconds: 1, work: 5 } } });
    const row = { unit: 'a', version: 1, slots: [], codeBytes: 1, stateBytes: 0, tier: 1, span: null } as const;
    answer({ kind: 'events', events: [{ kind: 'linked', generation: generation(2), row }] });
    expect(heard).toEqual(['ready', 'trapped trap', 'noticed trap', 'code 0', 'cost 5', 'handleEvent linked']);
  });

  it('asks for versions from before, and tells what text plays then', async () => {
    const { client, posted, answer } = setUp();
    const first = client.restore('older', generation(2));
    const second = client.restore('oldest', generation(1));
    expect(posted).toEqual([
      { kind: 'restore', id: 1, text: 'older', generation: 2 },
      { kind: 'restore', id: 2, text: 'oldest', generation: 1 },
    ]);
    answer({ kind: 'rejected', id: 2, diagnostics: [] });
    answer({ ...committed, id: 1, text: 'older' });
    expect(await first).toMatchObject({ text: 'older', outcome: { kind: 'committed' } });
    expect(await second).toMatchObject({ text: 'oldest', outcome: { kind: 'rejected' } });
  });

  it('tells who asked for an edit that was taken back which version plays', async () => {
    const { client, answer, unchanged } = setUp();
    const edits = [client.update('newer', { fresh: true })];
    void client.restore('older', generation(2));
    answer({ kind: 'superseded', id: 1 });
    answer({ ...committed, id: 2, text: 'older' });
    edits.push(client.update('waits for the bar'));
    void client.restore('older', generation(2));
    answer({ kind: 'superseded', id: 3 });
    unchanged(4);
    const answers = await Promise.all(edits);
    expect(answers).toMatchObject([
      { text: 'older', outcome: { kind: 'committed', id: 2 }, answeredBy: 'restore' },
      { text: 'older', outcome: { kind: 'unchanged', id: 4 }, answeredBy: 'restore' },
    ]);
  });

  it('marks a restart from scratch, and only that', () => {
    const { client, posted } = setUp();
    void client.update('a', { fresh: true });
    void client.update('a', { fresh: false });
    expect(posted).toEqual([
      { kind: 'update', id: 1, text: 'a', fresh: true },
      { kind: 'update', id: 2, text: 'a' },
    ]);
  });

  it('sends settings when they change', () => {
    const { client, posted } = setUp();
    client.configure({ fadeMs: 10, quantise: 'bar' });
    client.configure({ fadeMs: 10, quantise: 'bar' });
    client.configure({ fadeMs: 50, quantise: 'bar' });
    client.configure({ fadeMs: 50, quantise: 'off' });
    expect(posted).toEqual([
      { kind: 'settings', fadeMs: 10, quantise: 'bar' },
      { kind: 'settings', fadeMs: 50, quantise: 'bar' },
      { kind: 'settings', fadeMs: 50, quantise: 'off' },
    ]);
  });

  it('tells that the newest request waits, and not that an older one does', () => {
    const { client, answer, heard } = setUp();
    void client.update('a');
    answer({ kind: 'waiting', id: 1, reason: 'bar', seconds: null });
    void client.update('b');
    answer({ kind: 'waiting', id: 1, reason: 'bar', seconds: null });
    expect(heard).toEqual(['waiting']);
  });

  it('says once that the worker broke, and leaves nobody waiting', async () => {
    const { client, worker, heard } = setUp();
    const waiting = client.update('a');
    worker.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    worker.dispatchEvent(new Event('messageerror'));
    const failed = { kind: 'failed', reason: 'out of memory' };
    expect(await waiting).toEqual({ text: 'a', outcome: failed, answeredBy: 'itself' });
    expect(await client.update('b')).toEqual({ text: 'b', outcome: failed, answeredBy: 'itself' });
    expect(heard).toEqual(['failed out of memory']);
  });
});
