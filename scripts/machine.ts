/**
 * What finding and installing browsers needs to know of a machine (environment, files, processes), as an interface, so
 * that its tests need none; this machine; and the steps of an installation, each in bounded time.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** How a command ended. `code` is null when it could not be started or ran out of time. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** What the search needs to know of a machine. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  exists(file: string): boolean;
  run(command: string, args: readonly string[], timeoutMs: number): Promise<Outcome>;
  /** Where Playwright keeps, or would keep, its own Chromium. */
  playwrightExecutable(): Promise<string | null>;
  /** The command line of Playwright's installer, to which its arguments are added. */
  readonly playwrightInstaller: readonly string[];
  say(line: string): void;
}

/** For a program that only prints its version. */
export const START_TIMEOUT_MS = 15_000;
const APT_UPDATE_TIMEOUT_MS = 60_000;
const APT_INSTALL_TIMEOUT_MS = 180_000;
/** Makes apt give up on a network that swallows packets, instead of waiting for minutes. */
const APT_NETWORK = ['-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::https::Timeout=15', '-o', 'Acquire::Retries=1'];

export interface Installer {
  readonly name: string;
  readonly steps: readonly { readonly command: readonly string[]; readonly timeoutMs: number }[];
}

/** Whether this is a Debian or one of its relatives, where we may install packages. */
export const ownsApt = (machine: Machine): boolean =>
  machine.platform === 'linux' && machine.isRoot && machine.exists('/usr/bin/apt-get');

export const aptInstaller = (packages: readonly string[]): Installer => ({
  name: 'apt-get',
  steps: [
    { command: ['apt-get', ...APT_NETWORK, 'update'], timeoutMs: APT_UPDATE_TIMEOUT_MS },
    {
      command: ['apt-get', ...APT_NETWORK, 'install', '-y', '--no-install-recommends', ...packages],
      timeoutMs: APT_INSTALL_TIMEOUT_MS,
    },
  ],
});

/** Null when every step succeeded, otherwise the last line of what failed. */
export async function install(machine: Machine, installer: Installer): Promise<string | null> {
  for (const { command, timeoutMs } of installer.steps) {
    const [program, ...args] = command;
    const { code, output } = await machine.run(program, args, timeoutMs);
    if (code !== 0) return output.trim().split('\n').at(-1) || `it ended with ${code ?? 'no status'}`;
  }
  return null;
}

/** The machine this runs on. */
export function thisMachine(): Machine {
  return {
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
    exists: existsSync,
    run,
    playwrightExecutable: async () => {
      const { chromium } = await import('playwright');
      return chromium.executablePath() || null;
    },
    playwrightInstaller: [
      process.execPath,
      path.join(path.dirname(createRequire(import.meta.url).resolve('playwright/package.json')), 'cli.js'),
    ],
    say: (line) => process.stderr.write(`${line}\n`),
  };
}

/** Runs a command without input, for at most `timeoutMs`; never throws. */
function run(command: string, args: readonly string[], timeoutMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let output = '';
    let late = false;
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '20000' },
    });
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
      // A grandchild may hold the pipes open, so do not wait for them to close.
      finish(null);
    }, timeoutMs);
    const finish = (code: number | null) => {
      clearTimeout(timer);
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({ code, output: late ? `${output}\nno end after ${timeoutMs / 1000} s` : output });
    };
    child.stdout.on('data', (data) => {
      output += data;
    });
    child.stderr.on('data', (data) => {
      output += data;
    });
    child.on('error', (error) => {
      output += error.message;
      finish(null);
    });
    child.on('close', finish);
  });
}
