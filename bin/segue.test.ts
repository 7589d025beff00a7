/** The commands with the compiler and the engine behind them: files, figures, diagnostics and exit statuses. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from './main.ts';

/** Samples that f32 holds exactly; the right channel tells the frame. */
const TONE = `let level = 0
export default () => {
  level = level >= 0.5 ? -0.5 : level + 0.125
  return [level, currentFrame / 65536]
}
`;
const HALF = TONE.replace('return [level,', 'return [level * 0.5,');
/** The index is a whole number only in the first frame. */
const SCALE = `const notes = [220, 330, 440]
let phase = 0
export default (t) => {
  const frequency = notes[(t * 4) % 3]
  phase += frequency / sampleRate
  return Math.sin(6.283 * phase)
}
`;
const BROKEN = `const a = 1
const b = a + 20 + 3 * cutof
export default () => b
`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'segue-cli-'));
  const files = {
    'tone.ts': TONE,
    'half.ts': HALF,
    'broken.ts': BROKEN,
    'infinite.ts': 'export default (t) => [1 / (t - t), 0.25]',
    'edits.txt': '# two edits\n\n100 half.ts\r\n  300   tone.ts\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
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

const inFolder = (name: string) => path.join(folder, name);

/** Interleaved samples of a file, from a byte on. */
function samples(name: string, fromByte = 0) {
  const bytes = readFileSync(inFolder(name));
  const view = new DataView(bytes.buffer, bytes.byteOffset + fromByte, bytes.length - fromByte);
  const left: number[] = [];
  const right: number[] = [];
  for (let offset = 0; offset < view.byteLength; offset += 8) {
    left.push(view.getFloat32(offset, true));
    right.push(view.getFloat32(offset + 4, true));
  }
  return { left, right };
}

function tone(frames: number, gainAt: (frame: number) => number = () => 1) {
  let level = 0;
  const left: number[] = [];
  const right: number[] = [];
  for (let n = 0; n < frames; n++) {
    level = level >= 0.5 ? -0.5 : level + 0.125;
    left.push(level * gainAt(n));
    right.push(n / 65536);
  }
  return { left, right };
}

describe('render', () => {
  it('writes raw interleaved float32', async () => {
    const { status, out, err } = await run('render', 'tone.ts', '--frames', '1000', '--out', 'x.f32');
    expect({ status, out, err }).toEqual({ status: 0, out: '', err: '' });
    expect(samples('x.f32')).toEqual(tone(1000));
  });

  it('writes a WAV file of 32-bit floats', async () => {
    const args = ['--seconds', '0.1', '--rate', '44100', '--out', 'x.wav'];
    expect((await run('render', 'tone.ts', ...args)).status).toBe(0);
    const bytes = readFileSync(inFolder('x.wav'));
    const frames = 4410;
    expect(bytes.length).toBe(44 + 8 * frames);
    expect(bytes.toString('latin1', 0, 4) + bytes.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    const format = [16, 3, 2, 44_100, 44_100 * 8, 8, 32];
    expect([
      ...[bytes.readUInt32LE(16), bytes.readUInt16LE(20), bytes.readUInt16LE(22), bytes.readUInt32LE(24)],
      ...[bytes.readUInt32LE(28), bytes.readUInt16LE(32), bytes.readUInt16LE(34)],
    ]).toEqual(format);
    expect(bytes.toString('latin1', 36, 40)).toBe('data');
    expect(bytes.readUInt32LE(40)).toBe(8 * frames);
    expect(samples('x.wav', 44)).toEqual(tone(frames));
  });

  it('plays the same samples in tier 2, through a swap, and says which tier it was', async () => {
    const args = ['--frames', '5000', '--swap', '2000:half.ts', '--json', '--raw'];
    const rendered = async (tier: string) => {
      const { status, out } = await run('render', 'tone.ts', ...args, '--tier', tier, '--out', `tier${tier}.f32`);
      expect(status).toBe(0);
      return JSON.parse(out);
    };
    const [first, second] = [await rendered('1'), await rendered('2')];
    expect([first.tier, second.tier]).toEqual([1, 2]);
    expect({ ...second, tier: 1 }).toEqual(first);
    expect(readFileSync(inFolder('tier2.f32'))).toEqual(readFileSync(inFolder('tier1.f32')));
  });

  it('says why a patch stays in tier 1', async () => {
    const recursive =
      'let sum = 0\nconst down = (n) => { sum = (sum + n) % 1; return n < 1 ? sum : down(n - 1) }\nexport default (t) => down(3 + t * 9) / 99\n';
    writeFileSync(inFolder('recursive.ts'), recursive);
    const { out } = await run('render', 'recursive.ts', '--frames', '500', '--json', '--tier', '2');
    expect(JSON.parse(out)).toMatchObject({ tier: 1, tierReason: expect.stringMatching(/call themselves/) });
  });

  it('renders two seconds at 48000 if not told otherwise', async () => {
    const { status, out } = await run('render', 'tone.ts', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ patch: 'tone.ts', frames: 96_000, sampleRate: 48_000 });
  });

  it('prints one object per patch', async () => {
    const { status, out } = await run('render', 'tone.ts', './half.ts', '--frames', '9000', '--json');
    expect(status).toBe(0);
    const lines = out.trimEnd().split('\n');
    expect(lines).toHaveLength(2);
    const [first, second] = lines.map((line) => JSON.parse(line));
    const { left, right } = tone(9000);
    const squares = [...left, ...right].reduce((sum, sample) => sum + sample * sample, 0);
    expect(first).toEqual({
      ...{
        patch: 'tone.ts',
        frames: 9000,
        sampleRate: 48_000,
        peak: 0.5,
        nonFinite: 0,
        diagnostics: [],
        swaps: [],
        tier: 1,
      },
      ...{ reductionDb: 0, dcOffset: 0, rms: expect.closeTo(Math.sqrt(squares / 18_000), 12) },
      memory: {
        ...{ arenaBytes: expect.any(Number), peakBytes: expect.any(Number) },
        ...{ slots: expect.any(Number), modules: expect.any(Number) },
      },
    });
    expect(second).toMatchObject({ patch: './half.ts', peak: 0.25 });
  });

  it('renders the good ones of several, into a directory that it makes', async () => {
    const { status, err } = await run(
      ...['render', 'tone.ts', 'broken.ts', 'half.ts', '--frames', '500', '--out-dir', 'new/dir'],
    );
    expect(status).toBe(1);
    expect(err).toMatch(/^broken\.ts:2:24: error undefined-name: [^\n]*`cutof`[^\n]*\n$/);
    expect(readdirSync(inFolder('new/dir')).sort()).toEqual(['half.f32', 'tone.f32']);
    expect(samples('new/dir/tone.f32')).toEqual(tone(500));
    expect(samples('new/dir/half.f32')).toEqual(tone(500, () => 0.5));
  });

  it('writes nothing for a patch with errors, and says them in JSON too', async () => {
    const { status, out } = await run('render', 'broken.ts', '--out', 'broken.wav', '--json');
    expect(status).toBe(1);
    expect(existsSync(inFolder('broken.wav'))).toBe(false);
    expect(JSON.parse(out)).toMatchObject({
      ...{ patch: 'broken.ts', frames: 0 },
      diagnostics: [{ file: 'broken.ts', line: 2, column: 24, severity: 'error', code: 'undefined-name' }],
    });
  });

  it('replaces and counts samples that are not finite, and leaves them raw', async () => {
    const args = ['render', 'infinite.ts', '--frames', '100', '--json'];
    const safe = await run(...args, '--out', 'safe.f32');
    expect(JSON.parse(safe.out)).toMatchObject({ nonFinite: 100, peak: 0.25 });
    expect(samples('safe.f32').left).toEqual(Array(100).fill(0));
    const raw = await run(...args, '--raw', '--out', 'raw.f32');
    expect(JSON.parse(raw.out)).toMatchObject({ nonFinite: 100, peak: 0.25 });
    expect(samples('raw.f32').left).toEqual(Array(100).fill(Number.POSITIVE_INFINITY));
  });

  it('says once where samples come from that are not finite, as they begin to, but not of what is raw', async () => {
    const late = 'let x = 0\nexport default (t) => {\n  x = t < 0.05 ? t : 0 / (t - t)\n  return x\n}\n';
    writeFileSync(inFolder('late.ts'), late);
    writeFileSync(inFolder('scale.ts'), SCALE);
    for (const [name, line, column] of [
      ['late.ts', 3, 22],
      ['scale.ts', 4, 21],
    ]) {
      const { status, out, err } = await run('render', String(name), '--frames', '4800', '--json');
      expect(status).toBe(0);
      const { nonFinite, diagnostics } = JSON.parse(out);
      expect(nonFinite).toBeGreaterThan(4000);
      expect(diagnostics).toMatchObject([{ file: name, severity: 'warning', code: 'not-finite', line, column }]);
      expect(err).toMatch(new RegExp(`^${name}:${line}:${column}: warning not-finite: `));
      expect((await run('render', String(name), '--frames', '4800', '--json', '--raw')).err).toBe('');
    }
  });

  it('says of which swap', async () => {
    // A thousandth of a second, and for good: that is left for what played before, and an error.
    for (const [end, severity] of [
      ['0.051', 'warning'],
      ['9', 'error'],
    ]) {
      const text = `export default (t) => (t > 0.05 && t < ${end} ? 0 / (t - t) : 0.25)\n`;
      writeFileSync(inFolder('late.ts'), text);
      const { err } = await run('render', 'tone.ts', '--frames', '9600', '--json', '--swap', '100:late.ts');
      expect(err).toMatch(new RegExp(`^late\\.ts:1:\\d+: ${severity} not-finite: [^\\n]*\\n$`));
    }
  });

  it('leaves no temporary file', () => {
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });
});

describe('render --swap', () => {
  const gainAt = (boundaryA: number, boundaryB: number) => (n: number) => (n < boundaryA || n >= boundaryB ? 1 : 0.5);

  it('commits at the first block boundary at or after the frame', async () => {
    const swaps = ['--swap', '100:half.ts', '--swap', '300:tone.ts', '--fade', '0'];
    for (const [block, a, b] of [
      [128, 128, 384],
      [100, 100, 300],
      [1, 100, 300],
      [500, 500, 500],
    ]) {
      const { status } = await run(
        ...['render', 'tone.ts', '--frames', '900', ...swaps, '--block', String(block), '--out', 'swap.f32'],
      );
      expect(status).toBe(0);
      expect(samples('swap.f32')).toEqual(tone(900, gainAt(a, b)));
    }
  });

  it('reads the same from a script, and tells what each swap did', async () => {
    const { status, out } = await run(
      ...['render', 'tone.ts', '--frames', '900', '--swap-script', 'edits.txt', '--fade', '0'],
      ...['--out', 'script.f32', '--json'],
    );
    expect(status).toBe(0);
    expect(samples('script.f32')).toEqual(tone(900, gainAt(128, 384)));
    const { swaps } = JSON.parse(out);
    expect(
      swaps.map(({ frame, patch, fadeFrames }: { frame: number; patch: string; fadeFrames: number }) => [
        ...[frame, patch, fadeFrames],
      ]),
    ).toEqual([
      [128, 'half.ts', 0],
      [384, 'tone.ts', 0],
    ]);
    expect(Object.keys(swaps[0]).sort()).toEqual(
      ['batchBytes', 'changed', 'fadeFrames', 'frame', 'kept', 'patch', 'stateKept', 'stateReset'].sort(),
    );
    expect(swaps[0].stateKept).toContain('level');
    expect(swaps[0].batchBytes).toBeGreaterThan(0);
  });

  it('fades for 10 ms if not told otherwise', async () => {
    const args = ['render', 'tone.ts', '--frames', '2000', '--swap', '128:half.ts', '--out', 'fade.f32', '--json'];
    const { out } = await run(...args);
    expect(JSON.parse(out).swaps[0].fadeFrames).toBe(480);
    const { left } = samples('fade.f32');
    const full = tone(2000).left;
    const expected = full.map((sample, n) => {
      const gain = Math.min(1, Math.max(0, (n - 127) / 480));
      return Math.fround(sample + (sample * 0.5 - sample) * gain);
    });
    expect(left).toEqual(expected);
  });

  it('to a patch with errors leaves the sound alone and says so', async () => {
    const { status, out, err } = await run(
      ...['render', 'tone.ts', '--frames', '400', '--swap', '128:broken.ts', '--out', 'alone.f32', '--json'],
    );
    expect(status).toBe(1);
    expect(err).toMatch(/^broken\.ts:2:24: error/);
    expect(samples('alone.f32')).toEqual(tone(400));
    expect(JSON.parse(out)).toMatchObject({ swaps: [], diagnostics: [{ file: 'broken.ts' }] });
  });
});

describe('check', () => {
  it('prints where and why', async () => {
    const { status, out, err } = await run('check', 'tone.ts', 'broken.ts');
    expect(status).toBe(1);
    expect(err).toBe('');
    expect(out).toMatch(/^broken\.ts:2:24: error undefined-name: [^\n]+\n$/);
    expect(await run('check', 'tone.ts')).toEqual({ status: 0, out: '', err: '' });
  });

  it('warns of a patch that makes numbers which are not finite, at the line that does', async () => {
    writeFileSync(inFolder('scale.ts'), SCALE);
    const { status, out } = await run('check', 'scale.ts');
    expect(status).toBe(0);
    expect(out).toMatch(/^scale\.ts:4:21: warning not-finite: [^\n]+\nscale\.ts:5:\d+: note: [^\n]+\n$/);
  });

  it('prints one object per patch as JSON', async () => {
    const { status, out } = await run('check', 'tone.ts', 'broken.ts', '--json');
    expect(status).toBe(1);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { patch: 'tone.ts', diagnostics: [] },
      { patch: 'broken.ts', diagnostics: [{ line: 2, column: 24, code: 'undefined-name', severity: 'error' }] },
    ]);
  });
});

describe('dump', () => {
  it.each(['ast', 'types', 'ir', 'wat', 'layout', 'opt'])('prints the patch after %s', async (stage) => {
    const { status, out, err } = await run('dump', 'tone.ts', '--stage', stage);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    // Where all is one function, names are gone.
    expect(out).toContain(stage === 'opt' ? 'render(' : 'level');
    expect(out.endsWith('\n')).toBe(true);
  });

  it('of a patch with errors says those', async () => {
    const { status, out, err } = await run('dump', 'broken.ts', '--stage', 'wat');
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/^broken\.ts:2:24: error/);
  });
});

describe('bench', () => {
  it('gives median, least and most of both forms', async () => {
    const { status, out } = await run('bench', 'tone.ts', '--seconds', '0.01', '--json');
    expect(status).toBe(0);
    const [measurement] = JSON.parse(out);
    expect(measurement.patch).toBe('tone.ts');
    for (const { median, min, max } of [measurement.tier1, measurement.javascript]) {
      expect(min).toBeGreaterThan(0);
      expect(median).toBeGreaterThanOrEqual(min);
      expect(max).toBeGreaterThanOrEqual(median);
    }
  });

  it('measures the good ones of several', async () => {
    const { status, out, err } = await run('bench', 'broken.ts', 'tone.ts', '--seconds', '0.01', '--json');
    expect(status).toBe(1);
    expect(err).toMatch(/^broken\.ts:2:24: error/);
    expect(JSON.parse(out)).toHaveLength(1);
  });
});

describe('as a process', () => {
  const root = path.join(import.meta.dirname, '..');
  const spawn = (args: string[], env: Record<string, string>) =>
    spawnSync(process.execPath, ['--import', './bin/typescript.mjs', 'bin/segue.ts', ...args], {
      ...{ cwd: root, encoding: 'utf8' },
      env: { ...process.env, npm_lifecycle_event: '', ...env },
    });

  it('takes paths from where the user stands when npm runs it, and ends with the status', () => {
    const npm = { npm_lifecycle_event: 'segue', INIT_CWD: folder };
    const good = spawn(['render', 'tone.ts', '--frames', '10', '--out', 'npm.f32'], npm);
    expect(good).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(samples('npm.f32')).toEqual(tone(10));
    expect(spawn(['check', 'broken.ts'], npm).status).toBe(1);
    const missing = spawn(['check', 'tone.ts'], { INIT_CWD: folder });
    expect(missing.status).toBe(2);
    expect(missing.stderr).toBe('segue check: cannot read tone.ts: no such file\n');
  });
});
