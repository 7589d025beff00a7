import { describe, expect, it } from 'vitest';
import type { Machine } from './machine.ts';
import { findFirefox, findWebKit, installOthers } from './otherBrowsers.ts';

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/pulseaudio'];
const WEBKIT = [
  ...['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb', '/usr/bin/pulseaudio'],
  '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser',
  '/usr/lib/x86_64-linux-gnu/gstreamer-1.0/libgstpulseaudio.so',
];

interface Fake {
  platform?: NodeJS.Platform;
  env?: Record<string, string>;
  isRoot?: boolean;
  files?: string[];
  /** What a program prints as its version, by its path; by default that of a Firefox. */
  versions?: Record<string, string>;
  /** What installing puts there; null: it fails. */
  installs?: string[] | null;
}

function fakeMachine({ platform = 'linux', env = {}, isRoot = false, files = [], versions = {}, installs = [] }: Fake) {
  const there = new Set(files);
  const commands: string[] = [];
  const said: string[] = [];
  const machine: Machine = {
    platform,
    env,
    isRoot,
    exists: (file) => there.has(file),
    run: async (command, args) => {
      if (args[0] === '--version') return { code: 0, output: versions[command] ?? 'Mozilla Firefox 153.0' };
      commands.push([command, ...args.filter((arg) => !/^(-o|Acquire.*)$/.test(arg))].join(' '));
      if (installs === null) return { code: 100, output: 'no network' };
      for (const file of args.includes('install') ? installs : []) there.add(file);
      return { code: 0, output: '' };
    },
    playwrightExecutable: async () => null,
    playwrightInstaller: [],
    say: (line) => said.push(line),
  };
  return { machine, commands, said };
}

describe('Firefox', () => {
  it.each([
    [{ files: FIREFOX }, '/usr/bin/firefox-esr'],
    [{ files: ['/usr/bin/firefox', '/usr/bin/pulseaudio'] }, '/usr/bin/firefox'],
    [{ files: [...FIREFOX, '/opt/mine'], env: { SEGUE_FIREFOX: '/opt/mine' } }, '/opt/mine'],
    [{ files: ['/opt/bin/firefox', '/usr/bin/pulseaudio'], env: { PATH: '/opt/bin' } }, '/opt/bin/firefox'],
  ])('of %j is %s', async (fake, executable) => {
    const places = { executable, pulseAudio: '/usr/bin/pulseaudio' };
    expect(await findFirefox(fakeMachine(fake).machine)).toEqual({ isThere: true, places });
  });

  it.each([
    [{}, /not found: Firefox, pulseaudio \(.*apt-get install firefox-esr pulseaudio/],
    [{ files: FIREFOX.slice(0, 1) }, /not found: pulseaudio \(/],
    [{ files: FIREFOX.slice(1) }, /not found: Firefox \(/],
    [{ files: FIREFOX, env: { SEGUE_FIREFOX: '/opt/gone' } }, /SEGUE_FIREFOX names \/opt\/gone, which does not exist/],
    [{ files: FIREFOX, platform: 'darwin' as const }, /only.*Linux/],
    [{ files: FIREFOX, versions: { '/usr/bin/firefox-esr': 'install the snap' } }, /not found: Firefox \(/],
  ])('of %j is not there: %s', async (fake, reason) => {
    expect(await findFirefox(fakeMachine(fake).machine)).toEqual({
      isThere: false,
      reason: expect.stringMatching(reason),
    });
  });
});

describe('WebKit', () => {
  it.each([
    ['/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser'],
    ['/usr/lib/aarch64-linux-gnu/webkit2gtk-4.1/MiniBrowser'],
    ['/usr/libexec/webkitgtk-6.0/MiniBrowser'],
  ])('is found with its browser in %s', (miniBrowser) => {
    const files = [...WEBKIT.filter((file) => !file.endsWith('MiniBrowser')), miniBrowser];
    const [driver, xServer, pulseAudio] = WEBKIT;
    const places = { driver, miniBrowser, xServer, pulseAudio };
    expect(findWebKit(fakeMachine({ files }).machine)).toEqual({ isThere: true, places });
  });

  it.each(WEBKIT.map((file) => [file, file.endsWith('.so') ? 'PulseAudio plugin' : file.split('/').at(-1)!]))(
    'is not there without %s, and the line names it',
    (absent, name) => {
      const sought = findWebKit(fakeMachine({ files: WEBKIT.filter((file) => file !== absent) }).machine);
      const reason = new RegExp(`not found: [^(,]*${name} \\(.*apt-get install webkit2gtk-driver`);
      expect(sought).toEqual({ isThere: false, reason: expect.stringMatching(reason) });
    },
  );

  it('is only driven on Linux', () => {
    const { machine } = fakeMachine({ files: WEBKIT, platform: 'win32' });
    expect(findWebKit(machine)).toEqual({ isThere: false, reason: expect.stringMatching(/Linux/) });
  });
});

describe('installing', () => {
  const apt = '/usr/bin/apt-get';

  it('is done by root on Debian, once for each that is missing', async () => {
    const { machine, commands, said } = fakeMachine({ isRoot: true, files: [apt, ...WEBKIT], installs: FIREFOX });
    await installOthers(machine);
    expect(commands).toEqual([
      'apt-get update',
      'apt-get install -y --no-install-recommends firefox-esr pulseaudio pulseaudio-utils',
    ]);
    expect(said).toEqual(['Installing Firefox with apt-get …']);
  });

  it('does not fail where it cannot be done, and says so', async () => {
    const { machine, said } = fakeMachine({ isRoot: true, files: [apt], installs: null });
    await installOthers(machine);
    expect(said.filter((line) => line.includes('no network'))).toHaveLength(2);
    expect(said).toContainEqual(expect.stringMatching(/^Firefox could not be installed: not found: Firefox/));
    expect(said).toContainEqual(expect.stringMatching(/^WebKit could not be installed: not found: WebKitWebDriver/));
  });

  it('is not tried by others', async () => {
    const { machine, commands, said } = fakeMachine({ files: [apt] });
    await installOthers(machine);
    expect(commands).toEqual([]);
    expect(said).toHaveLength(2);
    expect(said[0]).toMatch(/^Firefox is not installed, since only root can, on Debian/);
  });
});
