/** The arguments of `render` to a job that can be done. Reads all files that are named; throws `UsageError`. */

import path from 'node:path';
import type { ControlSetting } from '../src/node/controlSettings.ts';
import { DEFAULT_BLOCK_FRAMES, DEFAULT_FADE_MS, DEFAULT_SAMPLE_RATE } from '../src/node/playThrough.ts';
import type { ScriptEvent } from '../src/node/scriptHost.ts';
import type { LoadedSample } from '../src/protocol/samples.ts';
import { UsageError } from './command.ts';
import { parseScript, parseSetting } from './controlOptions.ts';
import { parseOptions, wholeNumber } from './options.ts';
import {
  areSameFile,
  fileExists,
  isDirectory,
  type PatchFile,
  readPatch,
  readPatches,
  readText,
} from './patchFiles.ts';
import { checkWritable, MAX_WAV_FRAMES, type SoundFormat, soundFormat } from './soundFiles.ts';
import { readInput, readMidi, readSample } from './soundInputs.ts';

export interface FileSwap {
  readonly frame: number;
  readonly patch: PatchFile;
}

export interface RenderTask {
  readonly patch: PatchFile;
  /** `null`: the samples are not kept. Relative to `folder`. */
  readonly output: { readonly file: string; readonly format: SoundFormat } | null;
}

export interface RenderJob {
  readonly tasks: readonly RenderTask[];
  /** What relative names are relative to. */
  readonly folder: string;
  /** Made if it does not exist. */
  readonly outDir: string | null;
  readonly frames: number;
  readonly sampleRate: number;
  readonly blockFrames: number;
  readonly fadeFrames: number;
  readonly raw: boolean;
  readonly tier: 1 | 2;
  /** The seed of `Math.random`. */
  readonly seed: number;
  readonly json: boolean;
  readonly swaps: readonly FileSwap[];
  readonly settings: readonly ControlSetting[];
  /** The events of a MIDI file. */
  readonly events: readonly ScriptEvent[];
  readonly input: readonly Float32Array[];
  readonly samples: ReadonlyMap<string, LoadedSample>;
}

const DEFAULT_SECONDS = 2;
/** One frame at the lowest sample rate. */
const MIN_SECONDS = 0.001;
const MIN_SAMPLE_RATE = 1000;
const MAX_SAMPLE_RATE = 768_000;
const MAX_BLOCK_FRAMES_OFFLINE = 2 ** 20;
const MAX_FADE_MS = 60_000;
const MAX_SEED = 2 ** 32 - 1;
const DEFAULT_SEED = 1;
/** More than half a day at 48 kHz. */
const MAX_FRAMES = 2 ** 31 - 1;

export function parseRenderJob(args: readonly string[], folder: string): RenderJob {
  const options = parseOptions(args, {
    ...{ frames: 'value', seconds: 'value', rate: 'value', block: 'value', raw: 'flag', tier: 'value' },
    ...{
      fade: 'value',
      seed: 'value',
      swap: 'values',
      'swap-script': 'value',
      set: 'values',
      script: 'value',
      ...{ input: 'value', midi: 'value', sample: 'values' },
      out: 'value',
      'out-dir': 'value',
      json: 'flag',
    },
  });

  const tier = options.value('tier') ?? '1';
  if (tier !== '1' && tier !== '2') throw new UsageError(`--tier takes 1 or 2, not ${JSON.stringify(tier)}`);

  const sampleRate = options.wholeNumber('rate', MIN_SAMPLE_RATE, MAX_SAMPLE_RATE) ?? DEFAULT_SAMPLE_RATE;
  const fadeMs = options.number('fade', 0, MAX_FADE_MS) ?? DEFAULT_FADE_MS;
  if (options.has('frames') && options.has('seconds')) throw new UsageError('give --frames or --seconds, not both');
  const seconds = options.number('seconds', MIN_SECONDS, Math.floor(MAX_FRAMES / sampleRate)) ?? DEFAULT_SECONDS;
  const frames = options.wholeNumber('frames', 1, MAX_FRAMES) ?? Math.round(seconds * sampleRate);

  const out = options.value('out');
  const outDir = options.value('out-dir');
  const json = options.has('json');
  if (out !== undefined && outDir !== undefined) throw new UsageError('give --out or --out-dir, not both');
  if (out === undefined && outDir === undefined && !json) {
    throw new UsageError('say what to do with the sound: --out FILE, --out-dir DIR or --json');
  }

  const patches = readPatches(options.positionals, folder);
  const swaps = [
    ...options.values('swap').map((text) => parseSwap(text, folder)),
    ...parseSwapScript(options.value('swap-script'), folder),
  ];
  const settings = [
    ...parseScript(options.value('script'), folder, sampleRate),
    ...options.values('set').map((text) => parseSetting(text, sampleRate)),
  ];
  const tasks = planOutputs(patches, { out, outDir, folder, frames });
  const script = options.value('swap-script');
  const outside = {
    events: readMidi(options.value('midi'), folder, sampleRate),
    input: readInput(options.value('input'), folder, sampleRate),
    samples: new Map(options.values('sample').map((text) => readSample(text, folder))),
  };
  const sampleFiles = options.values('sample').map((text) => text.slice(text.indexOf('=') + 1));
  const scripts = [script, ...['script', 'midi', 'input'].map((name) => options.value(name)), ...sampleFiles]
    .filter((name) => name !== undefined)
    .map((name) => ({ name, path: path.resolve(folder, name) }));
  keepInputs([...patches, ...swaps.map(({ patch }) => patch), ...scripts], tasks, folder);
  return {
    tier: tier === '2' ? 2 : 1,
    ...{
      folder,
      frames,
      sampleRate,
      json,
      swaps,
      settings,
      ...outside,
      outDir: outDir ?? null,
      raw: options.has('raw'),
    },
    seed: options.wholeNumber('seed', 0, MAX_SEED) ?? DEFAULT_SEED,
    blockFrames: options.wholeNumber('block', 1, MAX_BLOCK_FRAMES_OFFLINE) ?? DEFAULT_BLOCK_FRAMES,
    fadeFrames: Math.round((fadeMs * sampleRate) / 1000),
    tasks,
  };
}

interface OutputOptions {
  readonly out: string | undefined;
  readonly outDir: string | undefined;
  readonly folder: string;
  readonly frames: number;
}

/** Which file each patch is written to; no two to the same. */
function planOutputs(patches: readonly PatchFile[], { out, outDir, folder, frames }: OutputOptions): RenderTask[] {
  if (out !== undefined) {
    if (patches.length > 1) throw new UsageError('--out takes the sound of one patch: use --out-dir for several');
    const format = soundFormat(out);
    if (format === 'wav' && frames > MAX_WAV_FRAMES) {
      throw new UsageError(`a .wav file holds at most ${MAX_WAV_FRAMES} frames: write .f32 instead`);
    }
    checkWritable(out, folder);
    return [{ patch: patches[0], output: { file: out, format } }];
  }
  if (outDir === undefined) return patches.map((patch) => ({ patch, output: null }));

  if (fileExists(outDir, folder) && !isDirectory(outDir, folder)) {
    throw new UsageError(`${outDir} is a file, not a directory`);
  }
  const names = new Map<string, string>();
  return patches.map((patch) => {
    const file = path.join(outDir, `${path.parse(patch.name).name}.f32`);
    const other = names.get(file);
    if (other !== undefined) throw new UsageError(`${other} and ${patch.name} would both be written to ${file}`);
    names.set(file, patch.name);
    if (isDirectory(file, folder)) throw new UsageError(`${file} is a directory`);
    return { patch, output: { file, format: 'f32' } };
  });
}

/** `inputs`: every file that is read. What is written must be none of them. */
function keepInputs(inputs: readonly Pick<PatchFile, 'name' | 'path'>[], tasks: readonly RenderTask[], folder: string) {
  for (const { output } of tasks) {
    if (output === null) continue;
    const file = path.resolve(folder, output.file);
    const input = inputs.find((read) => areSameFile(read.path, file));
    if (input)
      throw new UsageError(`${output.file} would be written over ${input.name}, which is read: name another file`);
  }
}

/** `FRAME:PATCH`. */
function parseSwap(text: string, folder: string): FileSwap {
  const colon = text.indexOf(':');
  const name = text.slice(colon + 1);
  if (colon < 0 || name === '') {
    throw new UsageError(`--swap takes FRAME:PATCH, such as 24000:b.ts, not ${JSON.stringify(text)}`);
  }
  const frame = wholeNumber(text.slice(0, colon), 'the frame of --swap', 0, MAX_FRAMES);
  return { frame, patch: readPatch(name, folder) };
}

/** One `FRAME PATCH` a line; empty lines and lines that begin with `#` say nothing. */
function parseSwapScript(script: string | undefined, folder: string): FileSwap[] {
  if (script === undefined) return [];
  const scriptFolder = path.dirname(path.resolve(folder, script));
  const patches = new Map<string, PatchFile>();
  return readText(script, folder)
    .split(/\r\n|\r|\n/)
    .flatMap((line, index) => {
      const entry = line.trim();
      if (entry === '' || entry.startsWith('#')) return [];
      const parts = /^(\S+)\s+(.+)$/.exec(entry);
      const place = `${script}:${index + 1}`;
      if (parts === null) throw new UsageError(`${place}: a line is FRAME PATCH, not ${JSON.stringify(entry)}`);
      const frame = wholeNumber(parts[1], `${place}: the frame`, 0, MAX_FRAMES);
      const name = parts[2];
      let patch = patches.get(name);
      if (patch === undefined) {
        // As on the command line; for a script that was moved with its patches, beside it.
        patch = readPatch(name, fileExists(name, folder) || !fileExists(name, scriptFolder) ? folder : scriptFolder);
        patches.set(name, patch);
      }
      return [{ frame, patch }];
    });
}
