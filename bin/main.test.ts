/** Wrong usage: one line that says what is right, exit status 2, and nothing written. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from './main.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'segue-main-'));
  const files: Record<string, string | Uint8Array> = {
    'a.ts': 'export default () => 0',
    'b.ts': 'export default () => 0',
    'binary.ts': Uint8Array.of(65, 0, 66),
    'latin1.ts': Uint8Array.of(0x2f, 0x2f, 0xe9, 0x0a),
    'good-script.txt': '100 b.ts\n',
    'bad-frame.txt': '# edits\n\n100 b.ts\nten b.ts\n',
    'bad-line.txt': '100\n',
    'missing-patch.txt': '100 nowhere.ts\n',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  mkdirSync(path.join(folder, 'directory.ts'));
  mkdirSync(path.join(folder, 'directory.wav'));
  mkdirSync(path.join(folder, 'other'));
  mkdirSync(path.join(folder, 'taken', 'a.f32'), { recursive: true });
  writeFileSync(path.join(folder, 'other', 'a.ts'), 'export default () => 0');
  symlinkSync('loop.ts', path.join(folder, 'loop.ts'));
});

afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: string[]) {
  let out = '';
  let err = '';
  const status = await main(args, {
    cwd: folder,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { status, out, err };
}

const R = ['render', 'a.ts', '--json'];

describe('wrong usage', () => {
  const cases: [args: string[], says: RegExp][] = [
    [[], /a command is missing.*render, check, dump, bench/],
    [['play', 'a.ts'], /"play".*render, check, dump, bench/],
    [['toString'], /unknown command/],

    [['render'], /--out FILE, --out-dir DIR or --json/],
    [['render', '--json'], /name a patch/],
    [['render', 'a.ts'], /--out FILE, --out-dir DIR or --json/],
    [[...R, '--speed', '3'], /--speed; the options are .*--frames/],
    [[...R, '-x'], /unknown option -x/],
    [[...R, '--no-raw'], /unknown option --no-raw/],
    [[...R, '--json=yes'], /--json takes no value/],
    [[...R, '--raw', '--raw=1'], /--raw takes no value/],

    [[...R, '--frames'], /--frames needs a value/],
    [[...R, '--frames', '--raw'], /--frames needs a value/],
    [[...R, '--frames='], /--frames needs a value/],
    [[...R, '--frames', '1', '--frames', '2'], /--frames is given twice/],
    [[...R, '--frames', '0'], /--frames takes a whole number from 1 to \d+, not "0"/],
    [[...R, '--frames', '-5'], /--frames .*"-5"/],
    [[...R, '--frames', '1.5'], /--frames .*"1.5"/],
    [[...R, '--frames', 'many'], /--frames .*"many"/],
    [[...R, '--frames', '1e3'], /--frames/],
    [[...R, '--frames', '0x10'], /--frames/],
    [[...R, '--frames', '99999999999999999999'], /--frames/],
    [[...R, '--frames', '10', '--seconds', '1'], /--frames or --seconds, not both/],
    [[...R, '--seconds', '0'], /--seconds takes a number/],
    [[...R, '--seconds', '-1'], /--seconds/],
    [[...R, '--seconds', 'NaN'], /--seconds/],
    [[...R, '--seconds', 'Infinity'], /--seconds/],
    [[...R, '--seconds', '1e9'], /--seconds/],
    [[...R, '--rate', '0'], /--rate takes a whole number/],
    [[...R, '--rate', '-48000'], /--rate/],
    [[...R, '--rate', '44.1k'], /--rate/],
    [[...R, '--rate', '1e9'], /--rate/],
    [[...R, '--rate', '10000000'], /--rate/],
    [[...R, '--block', '0'], /--block takes a whole number/],
    [[...R, '--block', '12.5'], /--block/],
    [[...R, '--fade', '-1'], /--fade takes a number/],
    [[...R, '--fade', 'long'], /--fade/],
    [[...R, '--tier', '0'], /--tier takes 1 or 2/],
    [[...R, '--tier', '3'], /--tier/],

    [['render', 'nowhere.ts', '--json'], /nowhere.ts: no such file/],
    [['render', 'a.ts', 'nowhere.ts', '--json'], /nowhere.ts/],
    [['render', 'a.ts/x.ts', '--json'], /x.ts/],
    [['render', 'directory.ts', '--json'], /directory.ts is a directory/],
    [['render', 'binary.ts', '--json'], /binary.ts is a binary file/],
    [['render', 'latin1.ts', '--json'], /latin1.ts is not UTF-8/],
    [['render', 'loop.ts', '--json'], /cannot read loop.ts/],

    [[...R, '--swap', 'b.ts'], /FRAME:PATCH/],
    [[...R, '--swap', '100:'], /FRAME:PATCH/],
    [[...R, '--swap', ':b.ts'], /frame of --swap/],
    [[...R, '--swap', '-1:b.ts'], /frame of --swap/],
    [[...R, '--swap', '1.5:b.ts'], /frame of --swap/],
    [[...R, '--swap', '100:nowhere.ts'], /nowhere.ts: no such file/],
    [[...R, '--swap', '100:directory.ts'], /is a directory/],
    [[...R, '--swap-script', 'nowhere.txt'], /nowhere.txt/],
    [[...R, '--swap-script', 'bad-frame.txt'], /bad-frame.txt:4: .*"ten"/],
    [[...R, '--swap-script', 'bad-line.txt'], /bad-line.txt:1: a line is FRAME PATCH/],
    [[...R, '--swap-script', 'missing-patch.txt'], /nowhere.ts/],

    [['render', 'a.ts', '--out', 'a.mp3'], /\.wav .*or \.f32/],
    [['render', 'a.ts', '--out', 'a'], /\.wav .*or \.f32/],
    [['render', 'a.ts', 'b.ts', '--out', 'a.wav'], /--out-dir/],
    [['render', 'a.ts', '--out', 'a.wav', '--out-dir', 'd'], /--out or --out-dir, not both/],
    [['render', 'a.ts', '--out', 'nowhere/a.wav'], /its directory does not exist/],
    [['render', 'a.ts', '--out', 'a.ts/a.wav'], /its directory does not exist/],
    [['render', 'a.ts', '--out', 'directory.wav'], /is a directory/],
    [['render', 'a.ts', '--out', 'a.wav', '--frames', '600000000'], /at most \d+ frames/],
    [['render', 'a.ts', '--out-dir', 'b.ts'], /is a file, not a directory/],
    [['render', 'a.ts', '--out-dir', 'b.ts/x'], /cannot create b.ts.x/],
    [['render', 'a.ts', '--out-dir', 'taken'], /is a directory/],
    [['render', 'a.ts', 'other/a.ts', '--out-dir', 'd'], /a.ts and other.a.ts would both be written/],

    [['check'], /name a patch/],
    [['check', 'nowhere.ts'], /nowhere.ts/],
    [['check', 'a.ts', '--out', 'x.wav'], /unknown option --out; the options are --fix --json/],

    [['dump'], /--stage takes one of ast, types, ir, wat, layout, opt/],
    [['dump', 'a.ts'], /--stage takes one of/],
    [['dump', 'a.ts', '--stage', 'asm'], /--stage takes one of .*"asm"/],
    [['dump', '--stage', 'ast'], /name one patch/],
    [['dump', 'a.ts', 'b.ts', '--stage', 'ast'], /name one patch/],
    [['dump', 'nowhere.ts', '--stage', 'ast'], /nowhere.ts/],

    [['bench'], /name a patch/],
    [['bench', 'a.ts', '--seconds', '0'], /--seconds/],
    [['bench', 'nowhere.ts'], /nowhere.ts/],
  ];

  it.each(cases)('%j', async (args, says) => {
    const before = readdirSync(folder, { recursive: true });
    const { status, out, err } = await run(...args);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(says);
    expect(err).toMatch(/^segue( \w+)?: [^\n]+\n$/);
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });
});

describe('help', () => {
  it('names every command', async () => {
    for (const word of ['--help', '-h', 'help']) {
      const { status, out, err } = await run(word);
      expect(status).toBe(0);
      expect(err).toBe('');
      for (const name of ['render', 'check', 'dump', 'bench']) expect(out).toContain(`segue ${name} PATCH`);
    }
  });

  it('of a command is its usage', async () => {
    const { status, out } = await run('render', '--help');
    expect(status).toBe(0);
    expect(out).toMatch(/^usage: segue render PATCH\.\.\. .*--swap-script FILE.*\n$/);
  });
});
