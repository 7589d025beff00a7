/** `segue render`: patches to sound files and figures, with edits on the way. */

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { PlayOutcome, PrintedAt } from '../src/node/playThrough.ts';
import type { Diagnostic } from '../src/protocol/diagnostic.ts';
import { type Command, EXIT, type Terminal, UsageError } from './command.ts';
import { describeDiagnostic, formatDiagnostic, hasErrors } from './diagnostics.ts';
import { Levels } from './levels.ts';
import { type PatchFile, systemReason } from './patchFiles.ts';
import { oneLine, printableInLine } from './printable.ts';
import { printedLines } from './printed.ts';
import { parseRenderJob, type RenderJob, type RenderTask } from './renderOptions.ts';
import { SoundFile } from './soundFiles.ts';

export const render: Command = {
  usage:
    'render PATCH... [--frames N | --seconds S] [--rate HZ] [--block N] [--raw] [--tier 1|2] [--fade MS] [--seed N] ' +
    '[--swap FRAME:PATCH]... [--swap-script FILE] [--set NAME=VALUE[@SECONDS]]... [--script FILE] [--midi FILE.mid] [--input FILE.wav] [--sample NAME=FILE]... [--out FILE | --out-dir DIR] [--json]',

  async run(args, terminal) {
    const job = parseRenderJob(args, terminal.cwd);
    if (job.outDir !== null) makeDirectory(job.outDir, job.folder);
    let status: number = EXIT.WELL;
    for (const task of job.tasks) {
      if (!(await renderTask(task, job, terminal))) status = EXIT.PATCH_HAS_ERRORS;
    }
    return status;
  },
};

/** Whether it succeeded; if not, the reason has been printed. */
async function renderTask(task: RenderTask, job: RenderJob, terminal: Terminal): Promise<boolean> {
  // Loading the compiler takes longer than reporting wrong arguments.
  const { playPatch } = await import('../src/node/renderPatch.ts');
  const levels = new Levels();
  let file: SoundFile | null = null;
  try {
    const { frames, sampleRate, blockFrames, fadeFrames, raw, seed, tier } = job;
    const { settings, events, input, samples } = job;
    const swaps = job.swaps.map(({ frame, patch }) => ({ frame, text: patch.text }));
    const request = {
      ...{ text: task.patch.text, frames, sampleRate, blockFrames, fadeFrames, raw, seed, tier, swaps },
      ...{ settings, events, input, samples },
      print: ({ index, sites, words }: PrintedAt) => {
        const patch = index < 0 ? task.patch : job.swaps[index].patch;
        for (const line of printedLines(patch, sites, words)) terminal.err(line);
      },
    };
    const outcome = await playPatch(request, (left, right, blockLength) => {
      const { output } = task;
      if (output !== null) {
        file ??= new SoundFile(output.file, job.folder, { format: output.format, sampleRate, frames });
        file.append(left, right, blockLength);
      }
      levels.add(left, right, blockLength);
    });
    const found = findings(task.patch, job, outcome);
    for (const line of found.lines) terminal.err(line);
    if (job.json) terminal.out(`${JSON.stringify(summary(task.patch, job, outcome, levels, found.diagnostics))}\n`);
    // A render that ends in silence because of a trap is not written.
    const isWhole = outcome.played && outcome.traps.every(({ fallback }) => fallback !== null);
    finish(file, isWhole);
    return isWhole && !found.isBad;
  } catch (error) {
    finish(file, false);
    if (error instanceof UsageError) throw error;
    // If the compiler fails on one patch, the others must still be rendered.
    const message = error instanceof Error ? error.message : String(error);
    terminal.err(`${printableInLine(task.patch.name)}: internal error, a bug in Segue: ${oneLine(message)}\n`);
    return false;
  }
}

function finish(file: SoundFile | null, isWhole: boolean): void {
  if (isWhole) file?.finish();
  else file?.discard();
}

interface Findings {
  readonly isBad: boolean;
  readonly lines: readonly string[];
  readonly diagnostics: readonly ReturnType<typeof describeDiagnostic>[];
}

/** All problems of the patch and of the patches swapped in. */
function findings(patch: PatchFile, job: RenderJob, outcome: PlayOutcome): Findings {
  const found: [PatchFile, Diagnostic][] = outcome.diagnostics.map((diagnostic) => [patch, diagnostic]);
  const lines: string[] = [];
  for (const swap of outcome.swaps) {
    const swapPatch = job.swaps[swap.index].patch;
    for (const diagnostic of swap.diagnostics) found.push([swapPatch, diagnostic]);
    if (swap.kind === 'refused')
      lines.push(`${printableInLine(swapPatch.name)}: could not be swapped in: ${oneLine(swap.reason)}\n`);
  }
  for (const { name, text, reason } of outcome.failedSettings) {
    const setting = printableInLine(`${name}=${text}`);
    lines.push(`${printableInLine(patch.name)}: --set ${setting} does nothing: ${oneLine(reason)}\n`);
  }
  for (const { index, diagnostic } of [...outcome.traps, ...outcome.notices]) {
    found.push([index < 0 ? patch : job.swaps[index].patch, diagnostic]);
  }
  return {
    isBad: outcome.swaps.some(({ kind }) => kind === 'refused') || hasErrors(found.map(([, diagnostic]) => diagnostic)),
    lines: [...found.map(([file, diagnostic]) => formatDiagnostic(file, diagnostic)), ...lines],
    diagnostics: found.map(([file, diagnostic]) => describeDiagnostic(file, diagnostic)),
  };
}

/** What `--json` prints for a patch. */
function summary(
  patch: PatchFile,
  job: RenderJob,
  outcome: PlayOutcome,
  levels: Levels,
  diagnostics: Findings['diagnostics'],
) {
  const swaps = outcome.swaps.flatMap((swap) => {
    if (swap.kind !== 'committed' && swap.kind !== 'unchanged') return [];
    const { changed, kept, fadeFrames, stateKept, stateReset, batchBytes } = swap.report;
    const name = job.swaps[swap.index].patch.name;
    return [{ frame: swap.frame, patch: name, changed, kept, fadeFrames, stateKept, stateReset, batchBytes }];
  });
  return {
    ...{ patch: patch.name, frames: levels.frames, sampleRate: job.sampleRate, peak: levels.peak, rms: levels.rms },
    ...{
      nonFinite: outcome.nonFinite,
      reductionDb: outcome.reductionDb,
      dcOffset: outcome.dcOffset,
      diagnostics,
      swaps,
      ...{ tier: outcome.tier, ...(outcome.tierReason !== null && { tierReason: outcome.tierReason }) },
      memory: outcome.memory,
    },
  };
}

function makeDirectory(name: string, folder: string): void {
  try {
    mkdirSync(path.resolve(folder, name), { recursive: true });
  } catch (error) {
    throw new UsageError(`cannot create ${name}: ${systemReason(error)}`);
  }
}
