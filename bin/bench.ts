/** `segue bench`: how fast patches run, in times real time on one core, compiled and as plain JavaScript. */

import { performance } from 'node:perf_hooks';
import { DEFAULT_SAMPLE_RATE } from '../src/node/playThrough.ts';
import { type Command, EXIT, type Terminal } from './command.ts';
import { formatDiagnostic } from './diagnostics.ts';
import { parseOptions } from './options.ts';
import { type PatchFile, readPatches } from './patchFiles.ts';
import { oneLine, printableInLine } from './printable.ts';

const ROUNDS = 9;
const DEFAULT_SECONDS = 5;
const MAX_SECONDS = 3600;
const BLOCK_FRAMES = 128;

/** Seconds of sound per second of work. */
interface Speed {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

interface Measurement {
  readonly patch: string;
  readonly tier1: Speed;
  readonly javascript: Speed;
}

type Process = (left: Float64Array, right: Float64Array, frames: number) => void;

export const bench: Command = {
  usage: 'bench PATCH... [--json] [--seconds S]',

  async run(args, terminal) {
    const options = parseOptions(args, { json: 'flag', seconds: 'value' });
    const seconds = options.number('seconds', 0.01, MAX_SECONDS) ?? DEFAULT_SECONDS;
    const patches = readPatches(options.positionals, terminal.cwd);
    const measurements: Measurement[] = [];
    for (const patch of patches) {
      const programs = await prepare(patch, terminal);
      if (programs === null) continue;
      const [tier1, javascript] = measure([programs.tier1, programs.javaScript], seconds);
      measurements.push({ patch: patch.name, tier1, javascript });
      if (!options.has('json')) terminal.out(formatMeasurement(measurements[measurements.length - 1]));
    }
    if (options.has('json')) terminal.out(`${JSON.stringify(measurements)}\n`);
    return measurements.length === patches.length ? EXIT.WELL : EXIT.PATCH_HAS_ERRORS;
  },
};

/** Both forms of a patch; `null` if it has errors, which have been printed. */
async function prepare(patch: PatchFile, terminal: Terminal): Promise<{ tier1: Process; javaScript: Process } | null> {
  const [{ createSession }, { Player }, { loadJavaScript }] = await Promise.all([
    import('../src/node/session.ts'),
    import('../src/node/player.ts'),
    import('../src/node/javaScriptPatch.ts'),
  ]);
  const sampleRate = DEFAULT_SAMPLE_RATE;
  const session = await createSession({ sampleRate, fadeFrames: 0, postsModules: true });
  const player = new Player(session, { sampleRate, raw: true });
  const outcome = player.offer(patch.text);
  for (const diagnostic of outcome.diagnostics) terminal.err(formatDiagnostic(patch, diagnostic));
  if (outcome.kind !== 'committed') return null;
  const tier1: Process = (left, right, frames) => player.process(left, right, frames);
  try {
    const javaScript = loadJavaScript(patch.text, sampleRate).process;
    // One block of each, to check that they run at all.
    const block = new Float64Array(BLOCK_FRAMES);
    tier1(block, block, BLOCK_FRAMES);
    javaScript(block, block, BLOCK_FRAMES);
    for (const { diagnostic } of player.traps) terminal.err(formatDiagnostic(patch, diagnostic));
    return player.traps.length === 0 ? { tier1, javaScript } : null;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    terminal.err(`${printableInLine(patch.name)}: does not run as JavaScript: ${oneLine(message)}\n`);
    return null;
  }
}

/**
 * Rounds of all programs in turn, so that other load on the machine affects them equally. The first round of each is not
 * counted: the engine is still optimising then.
 */
function measure(programs: readonly Process[], seconds: number): Speed[] {
  const speeds = programs.map((): number[] => []);
  for (let round = 0; round <= ROUNDS; round++) {
    programs.forEach((program, index) => {
      const speed = timeRound(program, seconds);
      if (round > 0) speeds[index].push(speed);
    });
  }
  return speeds.map((values) => {
    const sorted = values.sort((a, b) => a - b);
    return { median: sorted[(sorted.length - 1) / 2], min: sorted[0], max: sorted[sorted.length - 1] };
  });
}

function timeRound(program: Process, seconds: number): number {
  const left = new Float64Array(BLOCK_FRAMES);
  const right = new Float64Array(BLOCK_FRAMES);
  const blocks = Math.ceil((seconds * DEFAULT_SAMPLE_RATE) / BLOCK_FRAMES);
  const beganMs = performance.now();
  for (let n = 0; n < blocks; n++) program(left, right, BLOCK_FRAMES);
  const tookSeconds = (performance.now() - beganMs) / 1000;
  return (blocks * BLOCK_FRAMES) / DEFAULT_SAMPLE_RATE / tookSeconds;
}

function formatMeasurement({ patch, tier1, javascript }: Measurement): string {
  const format = ({ median, min, max }: Speed) => `${round(median)} × real time (${round(min)} to ${round(max)})`;
  return `${printableInLine(patch)}: tier 1 ${format(tier1)}, JavaScript ${format(javascript)}\n`;
}

const round = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
