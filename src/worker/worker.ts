/**
 * The compiler worker: a thread around `CompileService`. Loads the compiler, finds out whether the processor can be sent
 * compiled modules, and then passes messages.
 */

import type { ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import type { MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import { bundledLibrary } from './bundledLibrary.ts';

/** Of DedicatedWorkerGlobalScope, which no type library describes beside that of the page. */
declare const self: {
  onmessage: ((event: MessageEvent<MainToWorker>) => void) | null;
  postMessage(message: WorkerToMain): void;
  addEventListener(type: 'unhandledrejection', listen: (event: PromiseRejectionEvent) => void): void;
};

type Connect = Extract<MainToWorker, { kind: 'connect' }>;

const FADE_MS = 10;
/** Browsers that drop a posted module do so silently: no answer in this time means no. */
const PROBE_MS = 250;
/** The smallest module there is: magic number and version. */
const EMPTY_MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** Rises with each `connect`: the page connects again when it had to make the processor anew. */
let connections = 0;
let port: MessagePort | null = null;
self.onmessage = ({ data }) => {
  if (data.kind === 'connect') void connect(data);
};
// What nobody waits for would otherwise go unseen by the page, which has to know that this worker is broken.
self.addEventListener('unhandledrejection', ({ reason }) => {
  queueMicrotask(() => {
    throw reason;
  });
});

async function connect({ port: given, sampleRate, lastGeneration, lockName }: Connect): Promise<void> {
  const connection = ++connections;
  port?.close();
  port = given;
  await hold(lockName);
  const answer = probe(given);
  // Loaded from here and not at the top: binaryen waits for itself to load, and messages that come meanwhile would be lost.
  const [{ CompileService }, { Session }] = await Promise.all([import('./compileService.ts'), import('./session.ts')]);
  // Loading keeps this thread busy, so the time for an answer begins only now.
  const postsModules = await Promise.race([answer, noAnswer()]);
  const fadeFrames = Math.round((FADE_MS / 1000) * sampleRate);
  const library = bundledLibrary();
  const session = await Session.create({ sampleRate, fadeFrames, postsModules, library, lastGeneration });
  if (connection !== connections) return;
  const service = new CompileService(session, {
    toMain: (message) => self.postMessage(message),
    toProcessor: (message: WorkerToProcessor) => given.postMessage(message),
    now: () => performance.now(),
  });
  given.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => service.hearProcessor(data);
  self.onmessage = ({ data }) => {
    if (data.kind === 'connect') void connect(data);
    else if (data.kind === 'ping') self.postMessage({ kind: 'pong', serial: data.serial });
    else service.hearMain(data);
  };
  self.postMessage({ kind: 'ready', postsModules });
}

/** Holds a lock for life: that it is free tells the page that this worker is gone, however that came. */
function hold(lockName: string): Promise<void> {
  return new Promise((resolve) => {
    if (!navigator.locks) resolve();
    else {
      const forLife = () => {
        resolve();
        return new Promise(() => undefined);
      };
      navigator.locks.request(lockName, forLife).catch(() => resolve());
    }
  });
}

/** Resolves to true when a compiled module arrives at the other end of the port, to false when it cannot be sent. */
function probe(port: MessagePort): Promise<boolean> {
  return new Promise((resolve) => {
    port.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => {
      if (data.kind === 'probed') resolve(true);
    };
    try {
      port.postMessage({ kind: 'probe', module: new WebAssembly.Module(EMPTY_MODULE) } satisfies WorkerToProcessor);
    } catch {
      resolve(false);
    }
  });
}

const noAnswer = (): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), PROBE_MS));
