/** The compile client against a worker that answers by hand: every question gets the answer that is its own. */
import { describe, expect, it } from 'vitest';
import type { MainToWorker, WorkerToMain } from '../protocol/compile.ts';
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
      trapped: ({ diagnostic }) => heard.push(`trapped ${diagnostic.code}`),
      failed: (reason) => heard.push(`failed ${reason}`),
    },
  );
  const answer = (data: WorkerToMain) => worker.dispatchEvent(new MessageEvent('message', { data }));
  const unchanged = (id: number) => answer({ kind: 'unchanged', id, generation: generation(id), diagnostics: [] });
  return { worker, client, posted, heard, answer, unchanged };
}

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
    expect(await second).toEqual({ text: 'b', outcome: { kind: 'rejected', id: 2, diagnostics: [] } });
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
    for (const late of [second, third, fourth]) expect(await late).toMatchObject({ text: 'd', outcome: { id: 4 } });
  });

  it('passes on events', () => {
    const { answer, heard } = setUp();
    answer({ kind: 'ready', postsModules: true });
    const diagnostic = { severity: 'error', code: 'trap', message: '', span: { start: 0, end: 1 } } as const;
    answer({ kind: 'trapped', generation: generation(2), fallback: null, diagnostic });
    expect(heard).toEqual(['ready', 'trapped trap']);
  });

  it('says once that the worker broke, and leaves nobody waiting', async () => {
    const { client, worker, heard } = setUp();
    const waiting = client.update('a');
    worker.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    worker.dispatchEvent(new Event('messageerror'));
    const failed = { kind: 'failed', reason: 'out of memory' };
    expect(await waiting).toEqual({ text: 'a', outcome: failed });
    expect(await client.update('b')).toEqual({ text: 'b', outcome: failed });
    expect(heard).toEqual(['failed out of memory']);
  });
});
