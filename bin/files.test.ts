/** What the command line does to files: it never writes over what it reads, and leaves nothing unfinished. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from './main.ts';

const PATCH = 'export default (t) => 0.5 * Math.sin(t)';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'segue-files-'));
  // A patch may have any name.
  for (const name of ['in.wav', 'in.f32', 'other.ts']) writeFileSync(path.join(folder, name), PATCH);
  writeFileSync(path.join(folder, 'edits.f32'), '10 other.ts\n20 swapped.f32\n');
  writeFileSync(path.join(folder, 'swapped.f32'), PATCH);
  mkdirSync(path.join(folder, 'below'));
  symlinkSync('../in.wav', path.join(folder, 'below', 'soft.wav'));
  symlinkSync('..', path.join(folder, 'below', 'up'));
  linkSync(path.join(folder, 'in.wav'), path.join(folder, 'below', 'hard.wav'));
});

afterEach(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  let err = '';
  const status = await main([...args, '--frames', '100'], {
    cwd: folder,
    out: () => undefined,
    err: (text) => {
      err += text;
    },
  });
  return { status, err };
}

const contents = () =>
  Object.fromEntries(
    ['in.wav', 'in.f32', 'other.ts', 'edits.f32', 'swapped.f32'].map((name) => [
      name,
      readFileSync(path.join(folder, name), 'utf8'),
    ]),
  );

describe('render never writes over what it reads', () => {
  it.each<[string, ...string[]]>([
    ['in.wav', 'in.wav', '--out', 'in.wav'],
    ['in.wav', 'in.wav', '--out', './below/../in.wav'],
    ['in.wav', 'in.wav', '--out', 'below/soft.wav'],
    ['in.wav', 'in.wav', '--out', 'below/hard.wav'],
    ['in.wav', 'in.wav', '--out', 'below/up/in.wav'],
    ['below/hard.wav', 'below/hard.wav', '--out', 'in.wav'],
    ['in.f32', 'in.f32', '--out-dir', '.'],
    ['in.f32', 'in.f32', '--out-dir', 'below/up'],
    ['in.f32', 'other.ts', 'in.f32', '--out-dir', '.'],
    ['in.wav', 'other.ts', '--swap', '10:in.wav', '--out', 'in.wav'],
    ['edits.f32', 'other.ts', '--swap-script', 'edits.f32', '--out', 'edits.f32'],
    ['swapped.f32', 'other.ts', '--swap-script', 'edits.f32', '--out', 'swapped.f32'],
  ])('%s: render %s %s %s %s %s %s', async (input, ...args) => {
    const before = contents();
    const { status, err } = await run('render', ...args);
    expect(status).toBe(2);
    expect(err).toMatch(
      new RegExp(`^segue render: .* would be written over ${input}, which is read: name another file\n$`),
    );
    expect(contents()).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('but beside it, and over what was rendered before', async () => {
    for (let time = 0; time < 2; time++) {
      expect(await run('render', 'in.wav', 'other.ts', '--out-dir', 'below')).toEqual({ status: 0, err: '' });
      expect(await run('render', 'in.wav', '--out', 'out.wav')).toEqual({ status: 0, err: '' });
    }
    expect(readFileSync(path.join(folder, 'out.wav'))).toHaveLength(44 + 800);
    expect(contents()['in.wav']).toBe(PATCH);
  });
});

describe('a render that is ended before its end', () => {
  const root = path.join(import.meta.dirname, '..');
  const parts = () => readdirSync(folder).filter((name) => name.endsWith('.part'));

  function start(...args: string[]) {
    const command = ['--import', './bin/typescript.mjs', 'bin/segue.ts', 'render', 'other.ts', ...args];
    return spawn(process.execPath, command, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, npm_lifecycle_event: 'segue', INIT_CWD: folder },
    });
  }

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s leaves nothing, and ends with %i', async (signal, status) => {
    // Hours of sound: it does not end by itself.
    const child = start('--seconds', '40000', '--out', 'long.f32');
    await vi.waitUntil(() => parts().length > 0, { timeout: 120_000 });
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([status, null]);
    expect(parts()).toEqual([]);
    expect(readdirSync(folder)).not.toContain('long.f32');
  });

  it('by a reader who has gone leaves nothing', async () => {
    const child = start('in.wav', 'swapped.f32', '--seconds', '20', '--out-dir', 'many', '--json');
    child.stdout.destroy();
    await once(child, 'exit');
    expect(readdirSync(path.join(folder, 'many')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
