/**
 * `npm run bench -- library [--only NAMES] [--rounds N]`: nanoseconds per sample of each function of the library in tier 2,
 * tier 1 and plain JavaScript, and of some thirty beside the same unit of Faust, where that is installed (npm install
 * --prefix bench). Everything of a row runs in alternation; the fast tenth counts, less what the patch costs without the
 * function. A `-` in the column of tier 2: the patch stays in tier 1. Node, one thread.
 */

import { parseArgs } from 'node:util';
import { loadJavaScript } from '../src/node/javaScriptPatch.ts';
import { readLibrary } from '../src/node/librarySource.ts';
import { twoTiers } from '../src/node/twoTiers.ts';
import { type FaustMaker, faustMaker, NOT_INSTALLED, type RunBlock } from './library/faust.ts';
import { patchOf, type Unit, units } from './library/units.ts';
import { quantile, table } from './statistics.ts';

const SAMPLE_RATE = 48_000;
const BLOCK_FRAMES = 128;
/** Blocks that are timed together: as many as a spectral function has between two of its transforms. */
const BLOCKS = 16;
const ROUNDS = 31;
const WARM_UP = 30;
const EMPTY_TIMES = 4;

const library = readLibrary();
/** What the library reads where it runs as JavaScript. */
Object.assign(globalThis, { sampleRate: SAMPLE_RATE, currentFrame: 0, currentTime: 0 });
const COLUMNS = ['tier 2', 'tier 1', 'JavaScript', 'Faust'] as const;
type Runners = readonly (RunBlock | null)[];

async function runnersOf(unit: Unit | null, faust: FaustMaker | null): Promise<Runners> {
  const text = patchOf(unit);
  const { first, second } = twoTiers(text, library, { sampleRate: SAMPLE_RATE });
  const javaScript = loadJavaScript(text, SAMPLE_RATE);
  const [left, right] = [new Float64Array(BLOCK_FRAMES), new Float64Array(BLOCK_FRAMES)];
  const body = unit ? unit.faust : '_';
  return [
    second && (() => second.render(left, right, BLOCK_FRAMES)),
    () => first.render(left, right, BLOCK_FRAMES),
    () => javaScript.process(left, right, BLOCK_FRAMES),
    faust && body ? await faust(unit?.name ?? 'empty', body) : null,
  ];
}

/** Nanoseconds per frame of each, NaN where there is none. */
function measure(runners: Runners, rounds: number): number[] {
  const series = runners.map((): number[] => []);
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const [n, run] of runners.entries()) {
      if (!run) continue;
      const startMs = performance.now();
      for (let block = 0; block < BLOCKS; block++) run();
      if (round >= 0) series[n].push(((performance.now() - startMs) * 1e6) / (BLOCKS * BLOCK_FRAMES));
    }
  }
  return series.map((values) => quantile(values, 0.1));
}

/** What the patch takes without the function: the least of some, as an engine that has just begun takes longer. */
async function emptyPatch(faust: FaustMaker | null, rounds: number): Promise<readonly number[]> {
  let least: readonly number[] = [];
  for (let time = 0; time < EMPTY_TIMES; time++) {
    const ns = measure(await runnersOf(null, faust), rounds);
    least = ns.map((value, n) => Math.min(value, least[n] ?? value));
  }
  return least;
}

const cell = (ns: number): string => (Number.isNaN(ns) ? '-' : Math.max(0, ns).toFixed(1));

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, rounds: { type: 'string' } },
  });
  const rounds = Number(values.rounds ?? ROUNDS);
  const only = values.only?.split(',');
  const faust = await faustMaker(SAMPLE_RATE, BLOCK_FRAMES);
  if (!faust) process.stderr.write(`${NOT_INSTALLED}\n`);
  const empty = await emptyPatch(faust, rounds);
  const rows: string[][] = [['ns per sample', ...COLUMNS, 'Faust / tier 2']];
  for (const unit of units) {
    if (only && !only.includes(unit.name)) continue;
    const ns = measure(await runnersOf(unit, faust), rounds).map((value, n) => value - empty[n]);
    const [own, , , other] = ns;
    const ratio = Math.min(own, other) > 0.3 ? (other / own).toFixed(2) : '';
    rows.push([unit.name, ...ns.map(cell), ratio]);
  }
  process.stdout.write(`${table(rows)}\n`);
}
