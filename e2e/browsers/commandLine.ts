/** What the command line renders of a patch, run as people run it. */

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Heard } from './useBrowser.ts';

const ROOT = path.join(import.meta.dirname, '../..');

export interface Rendering {
  readonly text: string;
  readonly sampleRate: number;
  readonly frames: number;
  /** Frames at a time; a swap happens at the first frame at or after `frame` that is a multiple of it. */
  readonly blockFrames: number;
  readonly swap?: { readonly frame: number; readonly text: string };
}

/** Several browsers ask for the same. */
const rendered = new Map<string, Promise<Heard>>();

export function renderByCommandLine(rendering: Rendering): Promise<Heard> {
  const key = JSON.stringify(rendering);
  const known = rendered.get(key);
  if (known) return known;
  const sound = render(rendering);
  rendered.set(key, sound);
  return sound;
}

async function render(rendering: Rendering): Promise<Heard> {
  const { text, sampleRate, frames, blockFrames, swap } = rendering;
  const folder = mkdtempSync(path.join(tmpdir(), 'segue-render-'));
  try {
    const file = (name: string) => path.join(folder, name);
    writeFileSync(file('patch.ts'), text);
    const lengths = ['--rate', `${sampleRate}`, '--frames', `${frames}`, '--block', `${blockFrames}`];
    const args = ['render', file('patch.ts'), ...lengths, '--out', file('out.f32')];
    if (swap) {
      writeFileSync(file('edited.ts'), swap.text);
      args.push('--swap', `${swap.frame}:${file('edited.ts')}`);
    }
    const command = ['--import', './bin/typescript.mjs', 'bin/segue.ts', ...args];
    await promisify(execFile)(process.execPath, command, { cwd: ROOT });
    const bytes = readFileSync(file('out.f32'));
    const both = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    return { left: both.filter((_, n) => n % 2 === 0), right: both.filter((_, n) => n % 2 === 1) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
