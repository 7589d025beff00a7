/** In Chromium: measures one kernel at a time, as `browser.ts` asks for it. */

import type { Sent } from './browser.ts';
import { measureKernel } from './measureKernel.ts';
import { moduleRunner } from './moduleRunner.ts';
import type { Column, Kernel, Made } from './runner.ts';
import { readLibrary } from './standIns.ts';

async function peersOf(name: string): Promise<ReadonlyMap<Column, Made>> {
  const fetched = async (kind: string) => moduleRunner(await (await fetch(`${name}.${kind}.wasm`)).arrayBuffer());
  return new Map([
    ['C', await fetched('scalar')],
    ['C, SIMD', await fetched('simd')],
  ]);
}

async function measureThroughput(kernel: Kernel, rounds: number): Promise<Sent> {
  const peers = () => (kernel.hasPeers ? peersOf(kernel.name) : Promise.resolve(new Map<Column, Made>()));
  const measured = await measureKernel(kernel, readLibrary(), peers, { rounds, now: () => performance.now() });
  const { series, missing, optimiserMs, moduleBytes } = measured;
  return {
    ...{ series: [...series].map(([column, values]) => [column, [...values]] as const), missing: [...missing] },
    ...{ optimiserMs, moduleBytes },
  };
}

Object.assign(window, { measureThroughput });
