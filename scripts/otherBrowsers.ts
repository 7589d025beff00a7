/**
 * Finds Firefox and WebKit for the browser tests, each with what it takes to drive it without a screen or a loudspeaker:
 * a PulseAudio of the tests' own, and for WebKit an X server and the sound plugins. They are tested where they are found,
 * which only Linux is looked through for; nothing is installed unless `installOthers` is asked to.
 *
 * In: the machine. Out: paths of executables, or one line that says what is missing and what to do.
 */
import path from 'node:path';
import { aptInstaller, install, type Machine, ownsApt, START_TIMEOUT_MS } from './machine.ts';

export type Sought<Places> =
  | { readonly isThere: true; readonly places: Places }
  | { readonly isThere: false; readonly reason: string };

export interface FirefoxPlaces {
  readonly executable: string;
  readonly pulseAudio: string;
}

export interface WebKitPlaces {
  /** WebKitWebDriver. */
  readonly driver: string;
  /** The browser that belongs to it. */
  readonly miniBrowser: string;
  readonly xServer: string;
  readonly pulseAudio: string;
}

const FIREFOX_PACKAGES = ['firefox-esr', 'pulseaudio', 'pulseaudio-utils'];
const WEBKIT_PACKAGES = [
  ...['webkit2gtk-driver', 'xvfb', 'pulseaudio', 'pulseaudio-utils'],
  ...['gstreamer1.0-plugins-good', 'gstreamer1.0-plugins-bad', 'gstreamer1.0-pulseaudio'],
];

const missing = (reason: string): Sought<never> => ({ isThere: false, reason });

/** SEGUE_FIREFOX, or a Firefox of the system that starts. */
export async function findFirefox(machine: Machine): Promise<Sought<FirefoxPlaces>> {
  if (machine.platform !== 'linux') return missing('its sound is only caught on Linux');
  const pulseAudio = inPath(machine, 'pulseaudio');
  const named = machine.env.SEGUE_FIREFOX;
  if (named && !machine.exists(named)) return missing(`SEGUE_FIREFOX names ${named}, which does not exist`);
  const executable = named || (await firstFirefox(machine));
  const absent = [...(executable ? [] : ['Firefox']), ...(pulseAudio ? [] : ['pulseaudio'])];
  if (!executable || !pulseAudio) return missing(notFound(absent, FIREFOX_PACKAGES));
  return { isThere: true, places: { executable, pulseAudio } };
}

/** A stub that only tells where to get the browser does not print its version. */
async function firstFirefox(machine: Machine): Promise<string | null> {
  for (const name of ['firefox-esr', 'firefox']) {
    const file = inPath(machine, name);
    if (!file) continue;
    const { code, output } = await machine.run(file, ['--version'], START_TIMEOUT_MS);
    if (code === 0 && /Mozilla Firefox/.test(output)) return file;
  }
  return null;
}

/** The WebKitWebDriver that SEGUE_WEBKIT names, or that of WebKitGTK, with the rest. */
export function findWebKit(machine: Machine): Sought<WebKitPlaces> {
  if (machine.platform !== 'linux') return missing('only that of WebKitGTK, on Linux, is driven');
  const named = machine.env.SEGUE_WEBKIT;
  if (named && !machine.exists(named)) return missing(`SEGUE_WEBKIT names ${named}, which does not exist`);
  const driver = named || inPath(machine, 'WebKitWebDriver');
  const miniBrowser = inLibraries(machine, WEBKIT_FOLDERS, 'MiniBrowser');
  const xServer = inPath(machine, 'Xvfb');
  const pulseAudio = inPath(machine, 'pulseaudio');
  const plugin = inLibraries(machine, ['gstreamer-1.0'], 'libgstpulseaudio.so');
  if (driver && miniBrowser && xServer && pulseAudio && plugin) {
    return { isThere: true, places: { driver, miniBrowser, xServer, pulseAudio } };
  }
  const needed = {
    ...{ WebKitWebDriver: driver, MiniBrowser: miniBrowser, Xvfb: xServer, pulseaudio: pulseAudio },
    "GStreamer's PulseAudio plugin": plugin,
  };
  const absent = Object.entries(needed).flatMap(([name, file]) => (file ? [] : [name]));
  return missing(notFound(absent, WEBKIT_PACKAGES));
}

const notFound = (absent: readonly string[], packages: readonly string[]): string =>
  `not found: ${absent.join(', ')} (on Debian: apt-get install ${packages.join(' ')})`;

/** Where distributions put the MiniBrowser, below a folder of libraries. */
const WEBKIT_FOLDERS = ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'];
const LIBRARIES = [
  ...['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'],
  ...['/usr/libexec', '/usr/local/lib', '/usr/local/libexec'],
];

function inLibraries(machine: Machine, folders: readonly string[], name: string): string | null {
  const files = folders.flatMap((folder) => LIBRARIES.map((root) => path.posix.join(root, folder, name)));
  return files.find((file) => machine.exists(file)) ?? null;
}

function inPath({ env, exists }: Machine, name: string): string | null {
  const given = (env.PATH ?? '').split(':').filter((folder) => folder.startsWith('/'));
  const folders = [...given, '/usr/bin', '/usr/local/bin'];
  return folders.map((folder) => path.posix.join(folder, name)).find((file) => exists(file)) ?? null;
}

export type Named =
  | (Sought<FirefoxPlaces> & { readonly name: 'Firefox' })
  | (Sought<WebKitPlaces> & { readonly name: 'WebKit' });

export const seekOthers = async (machine: Machine): Promise<readonly Named[]> => [
  { name: 'Firefox', ...(await findFirefox(machine)) },
  { name: 'WebKit', ...findWebKit(machine) },
];

/** Installs what is missing where that can be done (Debian and its relatives, as root), and says what became of it. */
export async function installOthers(machine: Machine): Promise<void> {
  for (const before of await seekOthers(machine)) {
    if (before.isThere) continue;
    const { name, reason } = before;
    if (!ownsApt(machine)) {
      machine.say(`${name} is not installed, since only root can, on Debian: ${reason}.`);
      continue;
    }
    machine.say(`Installing ${name} with apt-get …`);
    const failure = await install(machine, aptInstaller(name === 'Firefox' ? FIREFOX_PACKAGES : WEBKIT_PACKAGES));
    if (failure) machine.say(`apt-get did not succeed: ${failure}`);
    const after = (await seekOthers(machine)).find((one) => one.name === name);
    if (after?.isThere === false) machine.say(`${name} could not be installed: ${after.reason}.`);
  }
}
