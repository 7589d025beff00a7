/**
 * The compiler worker: a thread around `CompileService`. Loads the compiler, finds out whether the processor can be sent
 * compiled modules, and then passes messages.
 */

import type { LibrarySource } from '../compiler/library.ts';
import type { ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import { clockMs } from '../protocol/clock.ts';
import { type Checkpoint, type MainToWorker, WITHOUT_CACHE, type WorkerToMain } from '../protocol/compile.ts';
import { LanguageDesk } from './languageDesk.ts';
import { browserModuleBox } from './moduleBox.ts';
import { ObjectCache } from './objectCache.ts';
import type { OptimiserAnswer, OptimiserJob } from './optimiserJob.ts';
import { OptimiserThread } from './optimiserThread.ts';
import type { ProfileService } from './profileService.ts';
import { transferablesOf } from './transferables.ts';
import { warmUp } from './warmUp.ts';

/** The part of DedicatedWorkerGlobalScope used here: no type library describes it beside that of the page. */
declare const self: {
  readonly name: string;
  onmessage: ((event: MessageEvent<MainToWorker>) => void) | null;
  postMessage(message: WorkerToMain): void;
  addEventListener(type: 'unhandledrejection', listen: (event: PromiseRejectionEvent) => void): void;
};

// On their way from the start, but not in this file, so that messages are heard before they are there.
const loading = Promise.all([
  import('./compileService.ts'),
  import('./session.ts'),
  import('./bundledLibrary.ts'),
  import('./watching.ts'),
  import('../compiler/emit/emit.ts'),
]);
// Told where it is awaited.
loading.catch(() => undefined);

/** The session that knows the comments of the library, or is about to. */
let explained: object | null = null;

type Connect = Extract<MainToWorker, { kind: 'connect' }>;

const FADE_MS = 10;
/** The smallest module there is: magic number and version. */
const EMPTY_MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** Identifies the compiler for cached code; null: nothing is cached. Inserted by vite.config.ts. */
declare const COMPILER_VERSION: string | undefined;
/** How often the processor is asked for its state while that is uncertain. */
const TICK_MS = 1000;
const KEPT_BYTES = 4 * 1024 * 1024;
/** A database that does not answer, as when another tab blocks it, is not waited for. */
const CACHE_MS = 1000;
/** Not while somebody waits for a sound. */
const WRITE_AFTER_MS = 2000;

/** The first edits should find the compiler warm, and what the page still does should not wait for that. */
const WARM_UP_AFTER_MS = 500;
/** Between the warm-up edits, for requests. */
const WARM_UP_PAUSE_MS = 10;
/** So long nothing may have happened before what plays is brought to tier 2; between the pieces of that, for requests. */
const PROMOTE_AFTER_MS = 400;
const PROMOTE_PAUSE_MS = 4;

const cache =
  typeof COMPILER_VERSION === 'string'
    ? new ObjectCache(browserModuleBox(), {
        version: COMPILER_VERSION,
        limitBytes: KEPT_BYTES,
        nowMs: () => Date.now(),
        later: (call) => void setTimeout(call, WRITE_AFTER_MS),
        newId: () => crypto.randomUUID(),
        onReuse: () => self.postMessage({ kind: 'reuses' }),
      })
    : null;
const cacheLoaded = self.name === WITHOUT_CACHE ? cache?.clear() : cache?.load();

/** Rises with each `connect`: the page connects again when it had to restart the processor. */
let connections = 0;
let warmth: 'cold' | 'warming' | 'warm' = 'cold';
/** Whether the page has loaded and leaves time for what nobody waits for. */
let isSpare = false;
const optimiser = new OptimiserThread();
let promotion: ReturnType<typeof setTimeout> | undefined;
let port: MessagePort | null = null;
let ticking: ReturnType<typeof setInterval> | undefined;
self.onmessage = ({ data }) => {
  if (data.kind === 'connect') void connect(data);
};
// Otherwise the page would not notice rejections that nobody awaits, and it must know that this worker is broken.
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
  const [{ CompileService }, { Session }, { bundledLibrary }, { WatchService }, { emit }] = await loading;
  const postsModules = await modulesArrive;
  const { memoryBytes, tableSlots, leftBehind } = await connected;
  const fadeFrames = Math.round((FADE_MS / 1000) * sampleRate);
  const library = bundledLibrary();
  await Promise.race([cacheLoaded, after(CACHE_MS)]);
  const session = await Session.create({
    ...{ sampleRate, fadeFrames, postsModules, library, lastGeneration, memoryBytes, tableSlots, emit },
    now: () => performance.now(),
    ...(cache ? { known: cache } : {}),
  });
  if (connection !== connections) return;
  const ports = {
    toMain: (message: WorkerToMain) => self.postMessage(message),
    toProcessor: (message: WorkerToProcessor) => given.postMessage(message, transferablesOf(message)),
    keep: (checkpoint: Checkpoint) => self.postMessage({ kind: 'checkpoint', checkpoint }),
    // The page learns of it like of any broken worker, once the answer has been sent.
    broken: (thrown: Error) =>
      void setTimeout(() => {
        throw thrown;
      }),
    now: clockMs,
    optimise: (job: OptimiserJob, done: (answer: OptimiserAnswer) => void) =>
      optimiser.ask(job, (answer) => {
        done(answer);
        if (connection === connections) promoteIn(PROMOTE_PAUSE_MS);
      }),
  };
  const service = new CompileService(session, ports, leftBehind);
  const watching = new WatchService(session.inspector, ports, sampleRate);
  /** Loaded when somebody asks for a profile. */
  let profiles: ProfileService | null = null;
  const profileSoon = () =>
    void setTimeout(() => {
      if (connection === connections && (service.isAsked || profiles?.step())) profileSoon();
    }, PROMOTE_PAUSE_MS);
  const startProfile = async (asked: Extract<MainToWorker, { kind: 'profile' }>) => {
    const { ProfileService } = await import('./profileService.ts');
    profiles ??= new ProfileService(session.inspector, ports, { sampleRate, emit, now: () => performance.now() });
    profiles.hear(asked);
  };
  const desk = new LanguageDesk({
    answer: (text, question) => session.ask(text, question),
    toMain: ports.toMain,
    isBusy: () => connection === connections && service.isAsked,
    later: (call) => void setTimeout(call),
  });
  given.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => {
    if (data.kind === 'seen') {
      if (data.seen.purpose === 'watch') watching.seen(data.seen);
      else {
        profiles?.seen(data.seen);
        profileSoon();
      }
      return;
    }
    service.hearProcessor(data);
    watching.changed();
    if (data.kind !== 'status') promoteIn(PROMOTE_AFTER_MS);
  };
  self.onmessage = ({ data }) => {
    if (data.kind === 'connect') void connect(data);
    else if (data.kind === 'ping') self.postMessage({ kind: 'pong', serial: data.serial });
    else if (data.kind === 'ask' || data.kind === 'forget') {
      void explain(session);
      desk.hear(data);
    } else if (data.kind === 'evaluate') {
      self.postMessage({ kind: 'evaluated', id: data.id, evaluated: session.evaluate(data.text, data.place) });
    } else if (data.kind === 'watch') watching.hear(data);
    else if (data.kind === 'profile') void startProfile(data);
    else if (data.kind === 'spare') {
      isSpare = true;
      setTimeout(() => void getWarm(), WARM_UP_AFTER_MS);
    } else {
      service.hearMain(data);
      promoteIn(PROMOTE_AFTER_MS);
    }
  };
  clearInterval(ticking);
  ticking = setInterval(() => service.tick(), TICK_MS);
  self.postMessage({ kind: 'ready', postsModules });
  if (isSpare) setTimeout(() => void getWarm(), WARM_UP_AFTER_MS);

  /** In idle moments only, and after the compiler is warm, for which somebody may wait sooner. */
  function promoteIn(waitMs: number): void {
    clearTimeout(promotion);
    promotion = setTimeout(() => {
      if (connection === connections && warmth === 'warm' && service.promoteStep()) promoteIn(PROMOTE_PAUSE_MS);
    }, waitMs);
  }

  async function getWarm(): Promise<void> {
    if (warmth !== 'cold') return;
    warmth = 'warming';
    await warmUp(
      () => Session.create({ sampleRate, fadeFrames, postsModules: false, library }),
      () => new Promise((resolve) => setTimeout(() => resolve(connection === connections), WARM_UP_PAUSE_MS)),
    );
    warmth = 'warm';
    promoteIn(PROMOTE_PAUSE_MS);
  }
}

/** Holds a lock for life: if it is free, the page knows that this worker is gone, for whatever reason. */
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

/** What is said first at the other end of the port, and whether a compiled module arrives there. */
function ask(processor: MessagePort): { modulesArrive: Promise<boolean>; connected: Promise<Connected> } {
  let modulesArrived: (haveArrived: boolean) => void = () => undefined;
  const modulesArrive = new Promise<boolean>((resolve) => {
    modulesArrived = resolve;
  });
  const connected = new Promise<Connected>((resolve) => {
    processor.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => {
      if (data.kind === 'connected') {
        // Not before: Firefox loses modules that are posted while the port is still on its way to the processor.
        if (!probe(processor)) modulesArrived(false);
        resolve(data);
      }
      if (data.kind === 'probed') modulesArrived(true);
      // Ports keep the order, so without an answer before this one the module is lost: browsers do not say so.
      if (data.kind === 'status') modulesArrived(false);
    };
  });
  return { modulesArrive, connected };
}

function after(waitMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, waitMs));
}

/** Posts a module, and something that always arrives; false where modules cannot even be posted. */
function probe(processor: MessagePort): boolean {
  try {
    processor.postMessage({ kind: 'probe', module: new WebAssembly.Module(EMPTY_MODULE) } satisfies WorkerToProcessor);
  } catch {
    return false;
  }
  processor.postMessage({ kind: 'status', serial: 0 } satisfies WorkerToProcessor);
  return true;
}

/** Lets the session explain the library. What that takes is loaded when the editor first asks. */
async function explain(session: { readonly document: (sources: readonly LibrarySource[]) => void }): Promise<void> {
  if (explained === session) return;
  explained = session;
  const { documentedLibrary } = await import('./documentedLibrary.ts');
  session.document(documentedLibrary());
}
