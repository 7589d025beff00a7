/**
 * Finds a Chromium for the browser tests and benchmarks: the one that SEGUE_CHROMIUM names, Playwright's own, one of the
 * system; where there is none, installs one by the means the machine has, in bounded time.
 *
 * In: the machine (environment, files, processes), injected so that tests need none. Out: the path of an executable, or
 * an error of one line that says what to do.
 */
import path from 'node:path';
import {
  aptInstaller,
  type Installer,
  install,
  type Machine,
  ownsApt,
  START_TIMEOUT_MS,
  thisMachine,
} from './machine.ts';

const DOWNLOAD_TIMEOUT_MS = 120_000;

const ADVICE =
  'run "npx playwright install --with-deps chromium", or set SEGUE_CHROMIUM to the executable of a Chromium or Chrome';

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
  const playwright = (args: readonly string[]): Installer => ({
    name: 'Playwright',
    steps: [{ command: [...machine.playwrightInstaller, 'install', ...args], timeoutMs: DOWNLOAD_TIMEOUT_MS }],
  });
  if (!ownsApt(machine)) return [playwright(['chromium'])];
  return [aptInstaller(['chromium']), playwright(['--with-deps', 'chromium'])];
}
