/**
 * `npm run bench -- throughput [--only NAMES] [--rounds N] [--browser]`: how fast the kernels of bench/kernels and the
 * gallery are: in both tiers, as plain JavaScript, in C (scalar, and with SIMD), Faust and AssemblyScript. All ways to play a
 * kernel are first held to the same samples, then measured in alternation, by the processor's time; medians count.
 *
 * - `--only`: kernels whose names contain one of these, separated by commas; `kernels` and `gallery` for all of a kind.
 * - `--rounds`: how many slices of a millisecond each way gets; 61 if not given.
 * - `--browser`: in Chromium, without the compilers of Faust and AssemblyScript.
 */

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { readLibrary } from '../src/node/librarySource.ts';
import { measureInBrowser } from './throughput/browser.ts';
import { kernels } from './throughput/kernels.ts';
import { measureKernel } from './throughput/measureKernel.ts';
import {
  assemblyScript,
  assemblySource,
  type Compiler,
  cRunner,
  faust,
  faustSource,
  NOT_INSTALLED,
} from './throughput/peers.ts';
import { type Measured, report } from './throughput/report.ts';
import type { Column, Kernel, Made } from './throughput/runner.ts';

const ROUNDS = 61;

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, rounds: { type: 'string' }, browser: { type: 'boolean' } },
  });
  const rounds = Number(values.rounds ?? ROUNDS);
  const chosen = choose(values.only?.split(',') ?? null);
  const say = (name: string) => process.stderr.write(`${name}\n`);
  const { where, measured } = values.browser
    ? await measureInBrowser(chosen, rounds, say)
    : await inNode(chosen, rounds, say);
  process.stdout.write(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${where}, ${rounds} rounds\n\n`);
  process.stdout.write(`${report(measured)}\n`);
}

function choose(only: readonly string[] | null): Kernel[] {
  const parts = only?.filter((name) => name !== 'kernels' && name !== 'gallery') ?? null;
  const isOfKind = ({ name }: Kernel) => only?.includes(name.includes('/') ? 'gallery' : 'kernels') ?? false;
  return kernels(null).filter(
    (kernel) => parts === null || isOfKind(kernel) || parts.some((part) => kernel.name.includes(part)),
  );
}

async function inNode(chosen: readonly Kernel[], rounds: number, say: (name: string) => void) {
  const library = readLibrary();
  const compilers = { Faust: await faust(), AssemblyScript: await assemblyScript() };
  const measured: Measured[] = [];
  for (const kernel of chosen) {
    say(kernel.name);
    const peers = kernel.hasPeers ? () => peersOf(kernel.name, compilers) : () => Promise.resolve(new Map());
    measured.push(await measureKernel(kernel, library, peers, { rounds, now: processorMs }));
  }
  return { where: `Node ${process.versions.node}`, measured };
}

/** What this process has used: on a busy machine the others' turns do not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

type Compilers = Readonly<Record<'Faust' | 'AssemblyScript', Compiler | null>>;

async function peersOf(name: string, compilers: Compilers): Promise<ReadonlyMap<Column, Made>> {
  const compiled = (compiler: Compiler | null, source: string): Promise<Made> | Made =>
    compiler ? compiler.compile(name, source) : { missing: NOT_INSTALLED };
  return new Map<Column, Made>([
    ['C', await cRunner(name, 'scalar')],
    ['C, SIMD', await cRunner(name, 'simd')],
    ['Faust', await compiled(compilers.Faust, faustSource(name))],
    ['AssemblyScript', await compiled(compilers.AssemblyScript, assemblySource(name))],
  ]);
}
