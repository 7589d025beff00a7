/**
 * Edits in a row in Node, session and renderer joined without threads. In: how many. Out: what is in use after the first
 * hundred and at the end.
 */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Player } from '../src/node/player.ts';
import { createSession } from '../src/node/session.ts';
import { soakText } from './soakTexts.ts';

export interface NodeUsage {
  readonly edit: number;
  readonly heapBytes: number;
  /** Memory of WebAssembly and buffers. */
  readonly externalBytes: number;
  readonly arenaBytes: number;
  readonly peakBytes: number;
  readonly slots: number;
  readonly modules: number;
}

const SAMPLE_RATE = 48_000;
const VOICES = 8;
const FADE_FRAMES = 128;
/** A fade ends, and what it used is given back. */
const FRAMES_PER_EDIT = 512;

export async function soakNode(edits: number, onProgress: (usage: NodeUsage) => void): Promise<readonly NodeUsage[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const session = await createSession({ sampleRate: SAMPLE_RATE, fadeFrames: FADE_FRAMES, postsModules: false });
  const player = new Player(session, { sampleRate: SAMPLE_RATE, raw: false });
  const [left, right] = [new Float64Array(FRAMES_PER_EDIT), new Float64Array(FRAMES_PER_EDIT)];
  const usages: NodeUsage[] = [];
  for (let n = 0; n <= edits; n++) {
    const { kind } = player.offer(soakText(n, VOICES));
    if (kind !== 'committed') throw new Error(`edit ${n} was ${kind}`);
    player.process(left, right, FRAMES_PER_EDIT);
    session.takeEvents();
    if (n === 0 || (n !== 100 && n % Math.max(100, Math.round(edits / 10)) !== 0)) continue;
    collect();
    // What is freed late (modules, instances) is freed by the next one.
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    const { heapUsed, external } = process.memoryUsage();
    const usage = { edit: n, heapBytes: heapUsed, externalBytes: external, ...session.memory() };
    usages.push(usage);
    onProgress(usage);
  }
  return usages;
}
