/**
 * The compiler worker: a thread around `CompileService`. Loads the compiler, finds out whether the processor can be sent
 * compiled modules, and then passes messages.
 */

import type { ProcessorToWorker, WorkerToProcessor } from '../protocol/audio.ts';
import type { MainToWorker, WorkerToMain } from '../protocol/compile.ts';
import { CompileService } from './compileService.ts';
import { bundledLibrary } from './bundledLibrary.ts';
import { Session } from './session.ts';

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
  const postsModules = await probe(port);
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

/** Whether a compiled module arrives at the other end of the port. */
function probe(port: MessagePort): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), PROBE_MS);
    port.onmessage = ({ data }: MessageEvent<ProcessorToWorker>) => {
      if (data.kind !== 'probed') return;
      clearTimeout(timer);
      resolve(true);
    };
    try {
      port.postMessage({ kind: 'probe', module: new WebAssembly.Module(EMPTY_MODULE) } satisfies WorkerToProcessor);
    } catch {
      clearTimeout(timer);
      resolve(false);
    }
  });
}
