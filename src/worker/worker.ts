/**
 * The compiler worker: a thread around `CompileService`. Loads the compiler, finds out whether the processor can be sent
 * compiled modules, and then passes messages.
 */

import type { ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import { clockMs } from '../protocol/clock.ts';
import type { Checkpoint, MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import { bundledLibrary } from './bundledLibrary.ts';
import { LazyEmitter } from './lazyEmitter.ts';
import { browserModuleBox } from './moduleBox.ts';
import { ObjectCache } from './objectCache.ts';
import { transferablesOf } from './transferables.ts';
import { warmUp } from './warmUp.ts';

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

/** Names the compiler, for what is kept of its work; null: nothing is to be kept. Put in by vite.config.ts. */
declare const COMPILER_VERSION: string | null;
/** How often the processor is asked how things are, while that is not certain. */
const TICK_MS = 1000;
const KEPT_BYTES = 4 * 1024 * 1024;
/** Not while somebody waits for a sound. */
const WRITE_AFTER_MS = 2000;

/** When nothing has asked for it before: the first edit is not to wait for it. */
const EMITTER_AFTER_MS = 500;
/** Between the edits that nobody hears, for what somebody waits for. */
const WARM_UP_PAUSE_MS = 10;

const cache = COMPILER_VERSION
  ? new ObjectCache(browserModuleBox(), {
      version: COMPILER_VERSION,
      limitBytes: KEPT_BYTES,
      nowMs: () => Date.now(),
      later: (call) => void setTimeout(call, WRITE_AFTER_MS),
      newId: () => crypto.randomUUID(),
    })
  : null;
const cacheLoaded = cache?.load();
const emitter = new LazyEmitter(async () => (await import('../compiler/emit/emit.ts')).emit);

/** Rises with each `connect`: the page connects again when it had to make the processor anew. */
let connections = 0;
let isWarm = false;
let port: MessagePort | null = null;
let ticking: ReturnType<typeof setInterval> | undefined;
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
  const { modulesArrive, connected } = ask(given);
  // Loaded from here and not at the top: binaryen waits for itself to load, and messages that come meanwhile would be lost.
  const [{ CompileService }, { Session }] = await Promise.all([import('./compileService.ts'), import('./session.ts')]);
  // Loading keeps this thread busy, so the time for an answer begins only now.
  const postsModules = await Promise.race([modulesArrive, noAnswer()]);
  const { memoryBytes, tableSlots, leftBehind } = await connected;
  const fadeFrames = Math.round((FADE_MS / 1000) * sampleRate);
  const library = bundledLibrary();
  await cacheLoaded;
  const session = await Session.create({
    ...{ sampleRate, fadeFrames, postsModules, library, lastGeneration, memoryBytes, tableSlots },
    now: () => performance.now(),
    emit: emitter.emit,
    ...(cache ? { known: cache } : {}),
  });
  if (connection !== connections) return;
  const ports = {
    toMain: (message: WorkerToMain) => self.postMessage(message),
    toProcessor: (message: WorkerToProcessor) => given.postMessage(message, transferablesOf(message)),
    keep: (checkpoint: Checkpoint) => self.postMessage({ kind: 'checkpoint', checkpoint }),
    // The page hears of it as of any worker that breaks, once the answer is on its way.
    broken: (thrown: Error) =>
      void setTimeout(() => {
        throw thrown;
      }),
    now: clockMs,
  };
  const service = new CompileService(session, ports, leftBehind);
  given.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => service.hearProcessor(data);
  self.onmessage = ({ data }) => {
    if (data.kind === 'connect') void connect(data);
    else if (data.kind === 'ping') self.postMessage({ kind: 'pong', serial: data.serial });
    else service.hearMain(data);
  };
  clearInterval(ticking);
  ticking = setInterval(() => service.tick(), TICK_MS);
  self.postMessage({ kind: 'ready', postsModules });
  setTimeout(() => void emitter.load().then(getWarm, () => undefined), EMITTER_AFTER_MS);

  async function getWarm(): Promise<void> {
    if (isWarm) return;
    isWarm = true;
    await warmUp(
      () => Session.create({ sampleRate, fadeFrames, postsModules: false, library, emit: emitter.emit }),
      () => new Promise((resolve) => setTimeout(() => resolve(connection === connections), WARM_UP_PAUSE_MS)),
    );
  }
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

type Connected = Extract<ProcessorToWorker, { kind: 'connected' }>;

/** Whether a compiled module arrives at the other end of the port, and what is said there first. */
function ask(processor: MessagePort): { modulesArrive: Promise<boolean>; connected: Promise<Connected> } {
  let modulesArrived: (haveArrived: boolean) => void = () => undefined;
  const modulesArrive = new Promise<boolean>((resolve) => {
    modulesArrived = resolve;
  });
  const connected = new Promise<Connected>((resolve) => {
    processor.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => {
      if (data.kind === 'probed') modulesArrived(true);
      if (data.kind === 'connected') resolve(data);
    };
  });
  try {
    processor.postMessage({ kind: 'probe', module: new WebAssembly.Module(EMPTY_MODULE) } satisfies WorkerToProcessor);
  } catch {
    modulesArrived(false);
  }
  return { modulesArrive, connected };
}

const noAnswer = (): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), PROBE_MS));
