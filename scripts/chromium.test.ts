import { describe, expect, it } from 'vitest';
import { findChromium } from './chromium.ts';
import { type Machine, thisMachine } from './machine.ts';

const OWN = '/home/me/.cache/ms-playwright/chromium-1/chrome';

interface Fake {
  platform?: NodeJS.Platform;
  env?: Record<string, string>;
  isRoot?: boolean;
  files?: string[];
  /** Files that a command, recognised by a part of its line, puts there; null: the command fails. */
  effects?: Record<string, string[] | null>;
  /** Executables that are there and do not start. */
  broken?: string[];
}

function fakeMachine({ platform = 'linux', env = {}, isRoot = false, files = [], effects = {}, broken = [] }: Fake) {
  const there = new Set(files);
  const commands: string[] = [];
  const said: string[] = [];
  const machine: Machine = {
    platform,
    env,
    isRoot,
    exists: (file) => there.has(file),
    run: async (command, args, timeoutMs) => {
      expect(timeoutMs).toBeLessThanOrEqual(180_000);
      if (args[0] === '--version') {
        return broken.includes(command) ? { code: 1, output: '' } : { code: 0, output: 'Chromium 156.0' };
      }
      const line = [command, ...args].join(' ');
      commands.push(line);
      const effect = Object.entries(effects).find(([part]) => line.includes(part))?.[1];
      if (effect === undefined || effect === null) return { code: 100, output: 'first line\nno network\n' };
      for (const file of effect) there.add(file);
      return { code: 0, output: '' };
    },
    playwrightExecutable: async () => OWN,
    playwrightInstaller: ['node', 'playwright-cli'],
    say: (line) => said.push(line),
  };
  return { machine, commands, said };
}

describe('a Chromium that is there', () => {
  it('is the one SEGUE_CHROMIUM names, before any other', async () => {
    const { machine } = fakeMachine({ env: { SEGUE_CHROMIUM: '/opt/mine' }, files: ['/opt/mine', OWN] });
    expect(await findChromium(machine)).toBe('/opt/mine');
  });

  it('is not looked for elsewhere when SEGUE_CHROMIUM names nothing', async () => {
    const { machine, commands } = fakeMachine({ env: { SEGUE_CHROMIUM: '/opt/gone' }, files: [OWN] });
    await expect(findChromium(machine)).rejects.toThrow(/SEGUE_CHROMIUM names \/opt\/gone, which does not exist/);
    expect(commands).toEqual([]);
  });

  it("is Playwright's own before one of the system", async () => {
    const { machine } = fakeMachine({ files: ['/usr/bin/chromium', OWN] });
    expect(await findChromium(machine)).toBe(OWN);
  });

  it.each([
    ['linux', {}, '/usr/bin/chromium'],
    ['linux', {}, '/usr/bin/chromium-browser'],
    ['linux', {}, '/usr/bin/google-chrome'],
    ['linux', { PATH: '/nix/profile/bin:relative' }, '/nix/profile/bin/chrome'],
    ['darwin', {}, '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
    ['darwin', { HOME: '/Users/me' }, '/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium'],
    ['win32', { PROGRAMFILES: 'C:\\Program Files' }, 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe'],
    ['win32', { LOCALAPPDATA: 'C:\\me\\Local' }, 'C:\\me\\Local\\Chromium\\Application\\chrome.exe'],
  ] as const)('is found on %s with %j: %s', async (platform, env, file) => {
    const { machine, commands } = fakeMachine({ platform, env, files: [file] });
    expect(await findChromium(machine)).toBe(file);
    expect(commands).toEqual([]);
  });

  it('is passed over when it does not start', async () => {
    const { machine } = fakeMachine({
      files: ['/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
      broken: ['/usr/bin/chromium-browser'],
    });
    expect(await findChromium(machine)).toBe('/usr/bin/google-chrome');
  });
});

describe('without a Chromium', () => {
  it('Playwright installs its own for an ordinary user', async () => {
    const { machine, commands } = fakeMachine({
      files: ['/usr/bin/apt-get'],
      effects: { 'install chromium': [OWN] },
    });
    expect(await findChromium(machine)).toBe(OWN);
    expect(commands).toEqual(['node playwright-cli install chromium']);
  });

  it("root on Debian gets the system's package", async () => {
    const { machine, commands } = fakeMachine({
      isRoot: true,
      files: ['/usr/bin/apt-get'],
      effects: { update: [], 'recommends chromium': ['/usr/bin/chromium'] },
    });
    expect(await findChromium(machine)).toBe('/usr/bin/chromium');
    expect(commands.map((line) => line.replace(/ -o \S+/g, ''))).toEqual([
      'apt-get update',
      'apt-get install -y --no-install-recommends chromium',
    ]);
  });

  it('root gets Playwright with the libraries it needs when the system has no package', async () => {
    const { machine, commands } = fakeMachine({
      isRoot: true,
      files: ['/usr/bin/apt-get'],
      effects: { update: [], 'recommends chromium': null, '--with-deps chromium': [OWN] },
    });
    expect(await findChromium(machine)).toBe(OWN);
    expect(commands.at(-1)).toBe('node playwright-cli install --with-deps chromium');
  });

  it('root goes on to Playwright when the installed package is a stub', async () => {
    const { machine } = fakeMachine({
      isRoot: true,
      files: ['/usr/bin/apt-get'],
      effects: { update: [], 'recommends chromium': ['/usr/bin/chromium'], '--with-deps chromium': [OWN] },
      broken: ['/usr/bin/chromium'],
    });
    expect(await findChromium(machine)).toBe(OWN);
  });

  it('one line says what to do when nothing can be installed, after saying why', async () => {
    const { machine, said } = fakeMachine({ isRoot: true, files: ['/usr/bin/apt-get'] });
    const error = await findChromium(machine).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Error);
    const { message } = error as Error;
    expect(message).toMatch(/npx playwright install --with-deps chromium.*SEGUE_CHROMIUM/);
    expect(message).not.toContain('\n');
    expect(said).toContain('apt-get did not succeed: no network');
    expect(said).toContain('Playwright did not succeed: no network');
  });
});

describe('the commands of this machine', () => {
  const { run } = thisMachine();

  it('give their status and output', async () => {
    expect(await run(process.execPath, ['-e', 'console.log("out"); process.exit(3)'], 20_000)).toEqual({
      code: 3,
      output: 'out\n',
    });
  });

  it('are ended when they do not end, and never throw', async () => {
    const endless = await run(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], 50);
    expect(endless.code).toBeNull();
    expect(endless.output).toContain('no end after');
    expect((await run('/nowhere/at/all', [], 1000)).code).toBeNull();
  });
});
