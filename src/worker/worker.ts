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
};

const FADE_MS = 10;
/** Browsers that drop a posted module do so silently: no answer in this time means no. */
const PROBE_MS = 250;
/** The smallest module there is: magic number and version. */
const EMPTY_MODULE = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

const early: MainToWorker[] = [];
self.onmessage = ({ data }) => {
  if (data.kind === 'connect') void connect(data.port, data.sampleRate);
  else early.push(data);
};

async function connect(port: MessagePort, sampleRate: number): Promise<void> {
  const { modules: answer, limits } = greet(port);
  // Loaded from here and not at the top: binaryen waits for itself to load, and messages that come meanwhile would be lost.
  const [{ CompileService }, { Session }] = await Promise.all([import('./compileService.ts'), import('./session.ts')]);
  // Loading keeps this thread busy, so the time for an answer begins only now.
  const postsModules = await Promise.race([answer, noAnswer()]);
  const fadeFrames = Math.round((FADE_MS / 1000) * sampleRate);
  const now = () => performance.now();
  const { memoryBytes, tableSlots } = await limits;
  const library = bundledLibrary();
  const session = await Session.create({
    ...{ sampleRate, fadeFrames, postsModules, library, memoryBytes, tableSlots, now },
  });
  const service = new CompileService(session, {
    toMain: (message) => self.postMessage(message),
    toProcessor: (message: WorkerToProcessor) => port.postMessage(message),
    now,
  });
  port.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => service.hearProcessor(data);
  self.onmessage = ({ data }) => {
    if (data.kind !== 'connect') service.hearMain(data);
  };
  self.postMessage({ kind: 'ready', postsModules });
  for (const message of early.splice(0)) if (message.kind !== 'connect') service.hearMain(message);
}

type Limits = Extract<ProcessorToWorker, { kind: 'connected' }>;

/**
 * Hears what there is at the other end of the port, and whether a compiled module arrives there: true when it does, false
 * when it cannot be sent, and no answer when the browser drops it.
 */
function greet(port: MessagePort): { readonly limits: Promise<Limits>; readonly modules: Promise<boolean> } {
  let tellLimits: (limits: Limits) => void = () => undefined;
  let tellModules: (arrived: boolean) => void = () => undefined;
  const limits = new Promise<Limits>((resolve) => {
    tellLimits = resolve;
  });
  const modules = new Promise<boolean>((resolve) => {
    tellModules = resolve;
  });
  port.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => {
    if (data.kind === 'connected') tellLimits(data);
    if (data.kind === 'probed') tellModules(true);
  };
  try {
    port.postMessage({ kind: 'probe', module: new WebAssembly.Module(EMPTY_MODULE) } satisfies WorkerToProcessor);
  } catch {
    tellModules(false);
  }
  return { limits, modules };
}

const noAnswer = (): Promise<false> => new Promise((resolve) => setTimeout(() => resolve(false), PROBE_MS));
