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
  const answer = probe(port);
  // Loaded from here and not at the top: binaryen waits for itself to load, and messages that come meanwhile would be lost.
  const [{ CompileService }, { Session }] = await Promise.all([import('./compileService.ts'), import('./session.ts')]);
  // Loading keeps this thread busy, so the time for an answer begins only now.
  const postsModules = await Promise.race([answer, noAnswer()]);
  const fadeFrames = Math.round((FADE_MS / 1000) * sampleRate);
  const session = await Session.create({ sampleRate, fadeFrames, postsModules, library: bundledLibrary() });
  const service = new CompileService(session, {
    toMain: (message) => self.postMessage(message),
    toProcessor: (message: WorkerToProcessor) => port.postMessage(message),
    now: () => performance.now(),
  });
  port.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => service.hearProcessor(data);
  self.onmessage = ({ data }) => {
    if (data.kind !== 'connect') service.hearMain(data);
  };
  self.postMessage({ kind: 'ready', postsModules });
  for (const message of early.splice(0)) if (message.kind !== 'connect') service.hearMain(message);
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
