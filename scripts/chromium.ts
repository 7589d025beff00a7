/**
 * Finds a Chromium for the browser tests and benchmarks: the one that SEGUE_CHROMIUM names, Playwright's own, one of the
 * system; where there is none, installs one by the means the machine has, in bounded time.
 *
 * In: the machine (environment, files, processes), injected so that tests need none. Out: the path of an executable, or
 * an error of one line that says what to do.
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

const START_TIMEOUT_MS = 15_000;
const DOWNLOAD_TIMEOUT_MS = 120_000;
const APT_UPDATE_TIMEOUT_MS = 60_000;
const APT_INSTALL_TIMEOUT_MS = 180_000;
/** Makes apt give up on a network that swallows packets, instead of waiting for minutes. */
const APT_NETWORK = ['-o', 'Acquire::http::Timeout=15', '-o', 'Acquire::https::Timeout=15', '-o', 'Acquire::Retries=1'];

const ADVICE =
  'run "npx playwright install --with-deps chromium", or set SEGUE_CHROMIUM to the executable of a Chromium or Chrome';

interface Installer {
  readonly name: string;
  readonly steps: readonly { readonly command: readonly string[]; readonly timeoutMs: number }[];
}

/**
 * The path of a Chromium that starts.
 * @throws Error of one line when there is none and none could be installed.
 */
export async function findChromium(machine: Machine = thisMachine()): Promise<string> {
  const named = machine.env.SEGUE_CHROMIUM;
  if (named) {
    if (machine.exists(named)) return named;
    throw new Error(`SEGUE_CHROMIUM names ${named}, which does not exist: set it to the executable of a Chromium.`);
  }
  const present = await firstThatStarts(machine);
  if (present) return present;
  for (const installer of installers(machine)) {
    machine.say(`No Chromium found: installing one with ${installer.name} …`);
    const failure = await install(machine, installer);
    if (failure) machine.say(`${installer.name} did not succeed: ${failure}`);
    const installed = await firstThatStarts(machine);
    if (installed) return installed;
  }
  throw new Error(`No Chromium was found and none could be installed: ${ADVICE}.`);
}

/** The places where a Chromium may be, the best first. Some of them need not exist. */
export async function candidates(machine: Machine): Promise<readonly string[]> {
  const own = await machine.playwrightExecutable();
  return [...(own ? [own] : []), ...systemCandidates(machine)];
}

function systemCandidates({ platform, env }: Machine): string[] {
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter((root) => root !== undefined);
    const places = ['Google/Chrome/Application/chrome.exe', 'Chromium/Application/chrome.exe'];
    return roots.flatMap((root) => places.map((place) => path.win32.join(root, place)));
  }
  if (platform === 'darwin') {
    const apps = ['Google Chrome.app/Contents/MacOS/Google Chrome', 'Chromium.app/Contents/MacOS/Chromium'];
    const roots = ['/Applications', ...(env.HOME ? [`${env.HOME}/Applications`] : [])];
    return roots.flatMap((root) => apps.map((app) => path.posix.join(root, app)));
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
  const usual = ['/usr/bin', '/usr/local/bin', '/snap/bin', '/opt/google/chrome'];
  const folders = new Set([...(env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/')), ...usual]);
  return names.flatMap((name) => [...folders].map((folder) => path.posix.join(folder, name)));
}

async function firstThatStarts(machine: Machine): Promise<string | null> {
  for (const file of await candidates(machine)) {
    if (machine.exists(file) && (await starts(machine, file))) return file;
  }
  return null;
}

/** Some systems have a stub that only tells where to get a browser, and a browser may lack a library it needs. */
async function starts(machine: Machine, file: string): Promise<boolean> {
  // On Windows `--version` opens a window and prints nothing.
  if (machine.platform === 'win32') return true;
  const { code, output } = await machine.run(file, ['--version'], START_TIMEOUT_MS);
  return code === 0 && /chrom/i.test(output);
}

/** The means this machine has, the one that fails sooner without a network first. */
function installers(machine: Machine): Installer[] {
  const ownsApt = machine.platform === 'linux' && machine.isRoot && machine.exists('/usr/bin/apt-get');
  const playwright = (args: readonly string[]): Installer => ({
    name: 'Playwright',
    steps: [{ command: [...machine.playwrightInstaller, 'install', ...args], timeoutMs: DOWNLOAD_TIMEOUT_MS }],
  });
  if (!ownsApt) return [playwright(['chromium'])];
  const apt: Installer = {
    name: 'apt-get',
    steps: [
      { command: ['apt-get', ...APT_NETWORK, 'update'], timeoutMs: APT_UPDATE_TIMEOUT_MS },
      {
        command: ['apt-get', ...APT_NETWORK, 'install', '-y', '--no-install-recommends', 'chromium'],
        timeoutMs: APT_INSTALL_TIMEOUT_MS,
      },
    ],
  };
  return [apt, playwright(['--with-deps', 'chromium'])];
}

/** Null when every step succeeded, otherwise the last line of what failed. */
async function install(machine: Machine, installer: Installer): Promise<string | null> {
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
