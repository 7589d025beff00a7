/**
 * From the source of a kernel, of which one digit has changed, to a program that runs: Segue's own edit, and the compilers of Faust
 * and AssemblyScript, in alternation. In: nothing. Out: a table. Node only.
 */

import { readLibrary } from '../src/node/librarySource.ts';
import { Player } from '../src/node/player.ts';
import { createSession } from '../src/node/session.ts';
import { twoTiers } from '../src/node/twoTiers.ts';
import { quantile, table } from './statistics.ts';
import { kernels } from './throughput/kernels.ts';
import { assemblyScript, assemblySource, faust, faustSource, NOT_INSTALLED } from './throughput/peers.ts';
import { BLOCK_FRAMES, SAMPLE_RATE } from './throughput/runner.ts';

const KERNELS = ['voice-chain', 'sine-bank'];
const ROUNDS = 9;
/** Engines are not warm in the first. */
const WARM_UP = 2;

/** By column: compiles the kernel for the `n`th time. */
type Compile = (n: number) => Promise<void> | void;

export async function compileTimes(): Promise<string> {
  const [faustCompiler, assemblyCompiler] = [await faust(), await assemblyScript()];
  const rows = [
    ['From an edit of one digit to a program that runs, in ms', 'Segue', 'Segue, tier 2', 'Faust', 'AssemblyScript'],
  ];
  for (const { name, text } of kernels(null).filter((kernel) => KERNELS.includes(kernel.name))) {
    const columns: (Compile | null)[] = [
      await segue(text),
      (n) => void twoTiers(edited(text, n), readLibrary()),
      faustCompiler && (async (n) => (await faustCompiler.compile(name, edited(faustSource(name), n))).run()),
      assemblyCompiler && (async (n) => (await assemblyCompiler.compile(name, edited(assemblySource(name), n))).run()),
    ];
    const series = columns.map((): number[] => []);
    for (let n = -WARM_UP; n < ROUNDS; n++)
      for (const [column, compile] of columns.entries()) {
        if (!compile) continue;
        const startMs = performance.now();
        await compile(n + WARM_UP);
        if (n >= 0) series[column].push(performance.now() - startMs);
      }
    rows.push([name, ...series.map((values) => (values.length > 0 ? quantile(values, 0.5).toFixed(1) : '–'))]);
  }
  const missing = faustCompiler && assemblyCompiler ? [] : [`Faust, AssemblyScript: ${NOT_INSTALLED}`];
  return [table(rows), ...missing].join('\n');
}

/** The last factor of a fundamental: `55` or `110`, with another digit behind the point. */
function edited(source: string, n: number): string {
  const changed = source.replace(/\b(55|110)(\.0)?\b(?! *Hz)/, (_, hz: string) => `${hz}.${n + 1}`);
  if (changed === source) throw new Error('compileTimes: nothing to edit');
  return changed;
}

async function segue(text: string): Promise<Compile> {
  const session = await createSession({ sampleRate: SAMPLE_RATE, fadeFrames: 0, postsModules: true });
  const player = new Player(session, { sampleRate: SAMPLE_RATE, raw: true });
  const [left, right] = [new Float64Array(BLOCK_FRAMES), new Float64Array(BLOCK_FRAMES)];
  const play = (): void => {
    do player.process(left, right, BLOCK_FRAMES);
    while (!player.isReady);
  };
  player.offer(text);
  play();
  return (n) => {
    const outcome = player.offer(edited(text, n));
    if (outcome.kind !== 'committed') throw new Error(`compileTimes: ${outcome.kind}`);
    play();
  };
}
