/** Every question is answered once, with its own answer, or with none. */
import { expect, it } from 'vitest';
import type { MainToWorker } from '../protocol/compile.ts';
import { LanguageClient } from './languageClient.ts';

class FakeWorker extends EventTarget {
  readonly posted: MainToWorker[] = [];
  postMessage(message: MainToWorker): void {
    this.posted.push(message);
  }
  say(id: number, answer: string | null): void {
    this.dispatchEvent(new MessageEvent('message', { data: { kind: 'answer', id, answer } }));
  }
}

it('matches answers to questions, whatever their order', async () => {
  const worker = new FakeWorker();
  const client = new LanguageClient(worker);
  const one = client.ask('a', { kind: 'module', path: 'one' });
  const two = client.ask('b', { kind: 'module', path: 'two' });
  worker.say(2, 'second');
  worker.say(1, 'first');
  worker.say(1, 'once more');
  expect([await one, await two]).toEqual(['first', 'second']);
});

it('takes a question back that nobody needs any more', async () => {
  const worker = new FakeWorker();
  const client = new LanguageClient(worker);
  let cancel = (): void => undefined;
  const onCancel = (call: () => void): void => {
    cancel = call;
  };
  const cancellation = { isCancelled: false, onCancel };
  const asked = client.ask('a', { kind: 'outline' }, cancellation);
  cancel();
  expect(await asked).toBeNull();
  expect(worker.posted.map(({ kind }) => kind)).toEqual(['ask', 'forget']);
  expect(await client.ask('a', { kind: 'outline' }, { ...cancellation, isCancelled: true })).toBeNull();
  expect(worker.posted).toHaveLength(2);
});

it('has no answer when the worker has failed', async () => {
  const worker = new FakeWorker();
  const asked = new LanguageClient(worker).ask('a', { kind: 'outline' });
  worker.dispatchEvent(new Event('error'));
  expect(await asked).toBeNull();
});
