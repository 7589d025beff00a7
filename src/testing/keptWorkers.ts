/**
 * A keeper of workers that answer, break and hang by hand. In: what tests ask of it. Out: what each worker was asked, what the keeper
 * told. Node only.
 */

import { WorkerKeeper } from '../engine/workerKeeper.ts';
import type { Checkpoint, MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import { address, generation } from '../protocol/units.ts';

export class FakeWorker extends EventTarget {
  readonly got: MainToWorker[] = [];
  readonly name: string;
  constructor(name: string) {
    super();
    this.name = name;
  }
  isEnded = false;
  postMessage(message: MainToWorker): void {
    this.got.push(message);
  }
  terminate(): void {
    this.isEnded = true;
  }
  answer(data: WorkerToMain): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  break(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
  /** What it was asked, in short. */
  get asked(): string[] {
    return this.got.flatMap((message) => {
      if (message.kind === 'connect') return [`connect after ${message.lastGeneration}`];
      if (message.kind === 'update') return [`${message.resume ? 'resume' : 'update'} ${message.text}`];
      return message.kind === 'ping' ? [] : [message.kind];
    });
  }
}

export function setUp() {
  const workers: FakeWorker[] = [];
  const events: string[] = [];
  const heard: WorkerToMain[] = [];
  const locks = new Map<string, () => void>();
  let second: (() => void) | null = null;
  const keeper = new WorkerKeeper({
    startWorker: (name) => {
      const worker = new FakeWorker(name);
      workers.push(worker);
      return worker;
    },
    everySecond: (call) => {
      second = call;
      return () => {
        second = null;
      };
    },
    whenFree: (name, call) => void locks.set(name, call),
    events: {
      restarted: (reason) => void events.push(`restarted: ${reason}`),
      resumed: (number, text) => void events.push(`resumed ${number} ${text}`),
      notResumed: () => void events.push('not resumed'),
    },
  });
  keeper.addEventListener('message', (event) => void heard.push((event as MessageEvent<WorkerToMain>).data));
  keeper.addEventListener('error', (event) => void events.push(`over: ${(event as ErrorEvent).message}`));
  const worker = () => workers.at(-1)!;
  const connect = () => keeper.connectTo(() => ({ port: new MessageChannel().port1, sampleRate: 48_000 }));
  const ready = () => worker().answer({ kind: 'ready', postsModules: true });
  let lastId = 0;
  const update = (text: string) => {
    keeper.postMessage({ kind: 'update', id: ++lastId, text });
    return lastId;
  };
  /** Answers what was asked last by committing it. */
  const commit = (number: number, piece = 0) => {
    const asked = worker().got.findLast((message) => message.kind === 'update')!;
    const { id, text } = asked.kind === 'update' ? asked : { id: 0, text: '' };
    worker().answer({ kind: 'checkpoint', checkpoint: { ...checkpoint(number, text), piece } });
    worker().answer({ kind: 'committed', id, generation: generation(number), text } as WorkerToMain);
    pong();
  };
  const pong = () => {
    const ping = worker().got.findLast((message) => message.kind === 'ping');
    if (ping?.kind === 'ping') worker().answer({ kind: 'pong', serial: ping.serial });
  };
  const seconds = (count: number) => {
    for (let n = 0; n < count; n++) second?.();
  };
  const free = () => locks.get([...locks.keys()].at(-1)!)?.();
  const answers = () => heard.map((message) => `${message.kind} ${'id' in message ? message.id : ''}`.trim());
  connect();
  return {
    ...{ keeper, workers, events, heard, worker, connect, ready, update, commit, pong, seconds, free, answers, locks },
    isWatching: () => second !== null,
  };
}

export const checkpoint = (number: number, text: string): Checkpoint => ({
  ...{ generation: generation(number), text, piece: 0, imageBytes: 0 },
  ...{ layout: { symbols: [], end: 0, gotBytes: 0 }, address: address(1024), regions: [], carried: [] },
});
