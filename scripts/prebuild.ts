/**
 * Compiles patches ahead of time: what the compiler says of each text at the usual sample rates, as files for
 * src/engine/prebuilt.ts. In, from the command line: a version, and files with patches. Out, as JSON on standard output: names and
 * contents. Node; `vite build` runs it in a process of its own.
 *
 * The same service and session as in the worker, with a clock that stands still: how long something took on this machine is not to
 * be in the files.
 */

import { readFileSync } from 'node:fs';
import { PREBUILT_MEMORY_BYTES, type PrebuiltPatch, packPrebuilt, prebuiltName } from '../src/engine/prebuilt.ts';
import { DEFAULT_FADE_MS } from '../src/node/playThrough.ts';
import { createSession } from '../src/node/session.ts';
import type { WorkerToProcessor } from '../src/protocol/audio.ts';
import type { WorkerToMain } from '../src/protocol/compile.ts';
import { CompileService } from '../src/worker/compileService.ts';

/** Those that devices have. At any other the compiler has to be waited for. */
const SAMPLE_RATES = [44_100, 48_000];

export interface PrebuiltFile {
  readonly name: string;
  readonly contents: string;
}

/** `null`: it does not play, or needs more memory than there is for it. */
export async function prebuilt(text: string, sampleRate: number): Promise<PrebuiltPatch | null> {
  const fadeFrames = Math.round((DEFAULT_FADE_MS / 1000) * sampleRate);
  const session = await createSession({ sampleRate, fadeFrames, postsModules: false, now: () => 0 });
  const messages: WorkerToMain[] = [];
  const sent: WorkerToProcessor[] = [];
  const service = new CompileService(session, {
    now: () => 0,
    toMain: (message) => void messages.push(message),
    toProcessor: (message) => void sent.push(message),
    keep: (checkpoint) => void messages.push({ kind: 'checkpoint', checkpoint: { ...checkpoint, text: '' } }),
  });
  service.hearMain({ kind: 'update', id: 0, text });
  const batch = sent.find((message) => message.kind === 'batch');
  if (!batch || batch.batch.memoryBytes > PREBUILT_MEMORY_BYTES) return null;
  const { generation, transition } = batch.batch;
  service.hearProcessor({ kind: 'committed', generation, transition, frame: 0 });
  const told = messages.map((message) => (message.kind === 'committed' ? { ...message, text: '' } : message));
  return { sampleRate, batch, messages: told };
}

/** The file of a text; empty where there is nothing to put into it. */
export async function prebuiltFile(version: string, text: string): Promise<PrebuiltFile> {
  const patches: PrebuiltPatch[] = [];
  for (const sampleRate of SAMPLE_RATES) {
    const patch = await prebuilt(text, sampleRate);
    if (patch) patches.push(patch);
  }
  const name = prebuiltName(text);
  return { name, contents: patches.length === 0 ? '' : await packPrebuilt(version, text, patches) };
}

async function main([version, ...files]: readonly string[]): Promise<void> {
  const made: PrebuiltFile[] = [];
  for (const file of files) {
    const found = await prebuiltFile(version, readFileSync(file, 'utf8'));
    made.push(found);
    if (found.contents === '')
      process.stderr.write(`${file} is not compiled ahead: it does not play, or needs too much memory.\n`);
  }
  process.stdout.write(JSON.stringify(made));
}

if (process.argv[1] === import.meta.filename) await main(process.argv.slice(2));
