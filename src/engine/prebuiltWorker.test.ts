/** The worker in the page, with a processor that answers by hand. */
import { describe, expect, it } from 'vitest';
import type { ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import type { WorkerToMain } from '../protocol/compile.ts';
import { generation } from '../protocol/units.ts';
import type { PrebuiltPatch } from './prebuilt.ts';
import { PrebuiltWorker } from './prebuiltWorker.ts';

const TEXT = 'export default () => 0';

/** No more of it is looked at here. */
const PATCH = {
  sampleRate: 48_000,
  batch: { kind: 'batch', batch: { generation: 1 } },
  messages: [
    { kind: 'checkpoint', checkpoint: { generation: 1, text: '', piece: 0 } },
    { kind: 'committed', id: 0, generation: 1, text: '', compileMs: 0, atMs: 0 },
    { kind: 'code', generation: 1, rows: [], beatsPerBar: null },
  ],
} as unknown as PrebuiltPatch;

function setUp(found: PrebuiltPatch | null = PATCH) {
  const { port1: port, port2: processor } = new MessageChannel();
  const told: WorkerToMain[] = [];
  const sent: WorkerToProcessor[] = [];
  let nowMs = 5;
  const worker = new PrebuiltWorker({
    text: TEXT,
    find: (sampleRate) => Promise.resolve(sampleRate === 48_000 ? found : null),
    now: () => nowMs++,
  });
  worker.addEventListener('message', (event) => void told.push((event as MessageEvent<WorkerToMain>).data));
  processor.onmessage = ({ data }: MessageEvent<WorkerToProcessor>) => void sent.push(data);
  /** Messages go from thread to thread: one that comes back says that all before it have arrived. */
  const arrived = async (isThere: () => boolean) => {
    while (!isThere()) await new Promise((resolve) => setImmediate(resolve));
  };
  const connect = (sampleRate = 48_000) =>
    worker.postMessage({ kind: 'connect', port, sampleRate, lastGeneration: 0, lockName: 'lock' });
  const answer = (message: Partial<ProcessorToWorker>) => processor.postMessage(message);
  const kinds = () => told.map(({ kind }) => kind);
  const close = () => {
    port.close();
    processor.close();
  };
  return { worker, told, sent, kinds, arrived, connect, answer, close };
}

describe('asked for its text', () => {
  it('sends what was compiled ahead, says what the compiler said, and leaves', async () => {
    const { worker, told, sent, kinds, arrived, connect, answer, close } = setUp();
    connect();
    answer({ kind: 'connected' });
    await arrived(() => kinds().includes('ready'));
    worker.postMessage({ kind: 'update', id: 7, text: TEXT, piece: 3 });
    await arrived(() => sent.length > 0);
    expect(sent).toEqual([PATCH.batch]);
    expect(kinds()).toEqual(['ready']);
    answer({ kind: 'committed', generation: generation(1) });
    await arrived(() => kinds().includes('leaves'));
    expect(kinds()).toEqual(['ready', 'checkpoint', 'committed', 'code', 'leaves']);
    expect(told[1]).toMatchObject({ checkpoint: { text: TEXT, piece: 3 } });
    expect(told[2]).toMatchObject({ id: 7, text: TEXT, compileMs: 1 });
    close();
  });

  it('twice, as by play, answers the newer request', async () => {
    const { worker, told, sent, kinds, arrived, connect, answer, close } = setUp();
    worker.postMessage({ kind: 'update', id: 1, text: TEXT });
    worker.postMessage({ kind: 'update', id: 2, text: TEXT });
    connect();
    answer({ kind: 'connected' });
    await arrived(() => sent.length > 0);
    worker.postMessage({ kind: 'update', id: 3, text: TEXT });
    answer({ kind: 'committed', generation: generation(1) });
    await arrived(() => kinds().includes('leaves'));
    expect(told.filter((message) => 'id' in message)).toMatchObject([
      { kind: 'superseded', id: 1 },
      { kind: 'superseded', id: 2 },
      { kind: 'committed', id: 3 },
    ]);
    expect(sent).toHaveLength(1);
    close();
  });
});

describe('leaves without having sent anything', () => {
  it.each([
    ['for another text', (worker: PrebuiltWorker) => worker.postMessage({ kind: 'update', id: 1, text: 'other' })],
    [
      'for a version that is to come back',
      (worker: PrebuiltWorker) => worker.postMessage({ kind: 'restore', id: 1, text: TEXT, generation: generation(1) }),
    ],
  ])('%s', (_, ask) => {
    const { worker, kinds, close } = setUp();
    ask(worker);
    expect(kinds()).toEqual(['leaves']);
    close();
  });

  it.each([
    ['where there is nothing', null, 48_000],
    ['at a sample rate that was not thought of', PATCH, 96_000],
  ])('%s', async (_, found, sampleRate) => {
    const { kinds, arrived, connect, close } = setUp(found);
    connect(sampleRate);
    await arrived(() => kinds().length > 0);
    expect(kinds()).toEqual(['leaves']);
    close();
  });

  it('when it is connected to another processor', async () => {
    const { kinds, arrived, connect, close } = setUp();
    connect();
    await arrived(() => kinds().length > 0);
    connect();
    expect(kinds()).toEqual(['ready', 'leaves']);
    close();
  });
});

it('leaves when the processor refuses the batch, and says nothing after that', async () => {
  const { worker, kinds, arrived, connect, answer, sent, close } = setUp();
  connect();
  answer({ kind: 'connected' });
  worker.postMessage({ kind: 'update', id: 1, text: TEXT });
  await arrived(() => sent.length > 0);
  answer({ kind: 'refused', generation: generation(1), reason: 'no room' });
  await arrived(() => kinds().includes('leaves'));
  worker.postMessage({ kind: 'ping', serial: 1 });
  expect(kinds()).toEqual(['ready', 'leaves']);
  close();
});
