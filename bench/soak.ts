/**
 * `npm run soak [-- --edits N --node-edits N --load PART --only node|browser]`: edits in a row, in a real browser at half
 * load and in Node. Prints its figures beside what they have to be; exit status 1 when one is not.
 */

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { launch, serveBuilt } from '../e2e/site.ts';
import { type BrowserSoak, soakBrowser } from './soakBrowser.ts';
import { type NodeUsage, soakNode } from './soakNode.ts';
import { growth } from './soakTexts.ts';
import { table } from './statistics.ts';

const MAX_GROWTH = 1.05;
const MAX_STEP = 1.05;
const SAMPLES = 10;
/** What the editor's history keeps of each of these edits, by a heap snapshot: it is the visitor's, and grows as they type. */
const HISTORY_BYTES = 800;

const say = (text: string) => process.stdout.write(`${text}\n`);
const megabytes = (bytes: number | null) => (bytes === null ? '-' : (bytes / 2 ** 20).toFixed(1));

/** Whether it is as it has to be; says so. */
function check(what: string, isRight: boolean): boolean {
  say(`${isRight ? 'yes' : 'NO '}  ${what}`);
  return isRight;
}

function reportBrowser(soak: BrowserSoak, version: string): boolean {
  say(`\nChromium ${version}: ${soak.edits} edits, ${soak.voices} voices, load ${(100 * soak.load).toFixed(0)} %`);
  const rows = soak.memory.map(({ edit, processBytes, heapBytes, arenaBytes, slots }) => [
    ...[String(edit), megabytes(processBytes), megabytes(heapBytes), String(arenaBytes), String(slots)],
  ]);
  say(table([['edit', 'process MB', 'page heap MB', 'arena bytes', 'slots'], ...rows]));
  const processGrowth = growth(soak.memory.map(({ processBytes }) => processBytes ?? 0));
  const heapGrowth = growth(soak.memory.map(({ edit, heapBytes }) => heapBytes - edit * HISTORY_BYTES));
  const { controlUnderruns, editedUnderruns, largestStep, medianLatencyMs } = soak;
  say(`from text to commit: median ${medianLatencyMs.toFixed(1)} ms; found too slow and tried again: ${soak.refused}`);
  return [
    check(`underruns: ${editedUnderruns} with edits, ${controlUnderruns} without`, editedUnderruns <= controlUnderruns),
    check(`largest step: ${largestStep.toFixed(3)} of the programs' own, at most ${MAX_STEP}`, largestStep <= MAX_STEP),
    check(
      `memory of the process: ${processGrowth.toFixed(3)} of that after the first part`,
      processGrowth <= MAX_GROWTH,
    ),
    check(`heap of the page, without the editor's history: ${heapGrowth.toFixed(3)}`, heapGrowth <= MAX_GROWTH),
  ].every(Boolean);
}

function reportNode(usages: readonly NodeUsage[], edits: number): boolean {
  say(`\nNode ${process.versions.node}: ${edits} edits`);
  const rows = usages.map(({ edit, heapBytes, externalBytes, arenaBytes, peakBytes, slots, modules }) => [
    ...[String(edit), megabytes(heapBytes), megabytes(externalBytes)],
    ...[String(arenaBytes), String(peakBytes), String(slots), String(modules)],
  ]);
  say(table([['edit', 'heap MB', 'external MB', 'arena bytes', 'peak bytes', 'slots', 'modules'], ...rows]));
  const heapGrowth = growth(usages.map(({ heapBytes }) => heapBytes));
  const externalGrowth = growth(usages.map(({ externalBytes }) => externalBytes));
  const peakGrowth = growth(usages.map(({ peakBytes }) => peakBytes));
  return [
    check(`heap: ${heapGrowth.toFixed(3)} of that after the first hundred`, heapGrowth <= MAX_GROWTH),
    check(`external memory: ${externalGrowth.toFixed(3)}`, externalGrowth <= MAX_GROWTH),
    check(`arenas: ${peakGrowth.toFixed(3)}`, peakGrowth <= MAX_GROWTH),
  ].every(Boolean);
}

async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { edits: text, 'node-edits': text, load: text, only: text } });
  const edits = Number(values.edits ?? 1000);
  const nodeEdits = Number(values['node-edits'] ?? 10_000);
  say(`${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`);
  let isRight = true;
  if (values.only !== 'browser') {
    const usages = await soakNode(nodeEdits, ({ edit }) => say(`Node: ${edit} edits`));
    isRight = reportNode(usages, nodeEdits) && isRight;
  }
  if (values.only !== 'node') {
    await build({ logLevel: 'error' });
    const site = await serveBuilt();
    const browser = await launch();
    try {
      const soak = await soakBrowser(browser, site.url, {
        ...{ edits, load: Number(values.load ?? 0.5), sampleEvery: Math.ceil(edits / SAMPLES) },
        onProgress: (progress) => say(`browser: ${progress}`),
      });
      isRight = reportBrowser(soak, browser.version()) && isRight;
    } finally {
      await browser.close();
      await site.close();
    }
  }
  if (!isRight) process.exitCode = 1;
}

await main();
