/** What a patch or the name of a file says is printed, never obeyed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from './main.ts';
import { printable, printableInLine } from './printable.ts';

/** What terminals obey: clears the screen, writes to the clipboard, goes back over the line, in C0, C1 and Unicode. */
const CODES = [
  ...[0x00, 0x07, 0x08, 0x0b, 0x0c, 0x0d, 0x0e, 0x1b, 0x1f, 0x7f, 0x80, 0x84, 0x90, 0x9b, 0x9c, 0x9d, 0x9f],
  ...[0x061c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069],
];
const characters = CODES.map((code) => String.fromCharCode(code));
/** A file's name may hold everything but a zero and a slash. */
const NAME = `evil\x1b]52;c;cm0gLXJm\x07\x9b2J\u202ets.\n../x.ts`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'segue-printable-'));
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

const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

const expectHarmless = (text: string) => {
  for (const character of characters) expect(text.includes(character)).toBe(false);
};

describe('a terminal', () => {
  it('is sent no character that it would obey', () => {
    for (const [index, character] of characters.entries()) {
      const escaped = `\\u${CODES[index]!.toString(16).padStart(4, '0')}`;
      expect(printable(`a${character}b`)).toBe(`a${escaped}b`);
      expect(printableInLine(`a${character}b`)).toBe(`a${escaped}b`);
    }
    expect(printable('two\n\tlines, ünïcode 𝄞 שלום')).toBe('two\n\tlines, ünïcode 𝄞 שלום');
    expect(printableInLine('two\n\tlines')).toBe('two\\n\\u0009lines');
  });

  it.each([
    ['check', 'evil.ts'],
    ['render', 'evil.ts', '--json'],
    ['render', 'evil.ts', '--out', 'x.wav'],
    ['dump', 'evil.ts', '--stage', 'ast'],
    ['dump', 'evil.ts', '--stage', 'ir'],
    ['bench', 'evil.ts'],
  ])('is sent none of a text by %s %s %s %s', async (...args) => {
    // A text with a zero is no text.
    const evil = characters.slice(1).join('');
    write('evil.ts', `const a${evil} = '${evil}'\nexport default () => b\n`);
    const { status, out, err } = await run(...args);
    expect(status).toBe(1);
    expect((out + err).length).toBeGreaterThan(0);
    expectHarmless(out + err);
  });

  it('is sent none of the texts in a patch that compiles', async () => {
    const text = `const names = ['\u202e\x9b2J', 'b']\nexport default (t) => names[t > 1 ? 0 : 1].length`;
    write('good.ts', text);
    for (const stage of ['ast', 'types', 'ir', 'wat', 'layout', 'opt']) {
      const { status, out } = await run('dump', 'good.ts', '--stage', stage);
      expect(status).toBe(0);
      expectHarmless(out);
    }
  });

  it('is sent none of the name of a file, and no other line by it', async () => {
    write('plain.ts', 'export default () => b');
    const { status, err } = await run('check', NAME);
    expect(status).toBe(2);
    expectHarmless(err);
    expect(err).toMatch(/^segue check: cannot read [^\n]*\n$/);
    for (const args of [['frobnicate\x1b[2J'], ['check', '--x\x1b[2J'], ['render', 'plain.ts', '--frames', '\x9b1']]) {
      const wrong = await run(...args);
      expect(wrong.status).toBe(2);
      expectHarmless(wrong.err);
    }
    const flat = NAME.replace('/', '');
    write(flat, 'export default () => b');
    const checked = await run('check', flat);
    expectHarmless(checked.out);
    expect(checked.out.trimEnd().split('\n')).toHaveLength(1);
    expect(checked.out).toMatch(/^evil\\u001b\]52;c;cm0gLXJm\\u0007\\u009b2J\\u202ets\.\\n\.\.x\.ts:1:22: error /);
  });

  it('gets JSON that means the same', async () => {
    const flat = NAME.replace('/', '');
    write(flat, 'export default () => b');
    const { out } = await run('check', flat, '--json');
    expectHarmless(out);
    expect(JSON.parse(out)).toMatchObject({ patch: flat, diagnostics: [{ file: flat }] });
    expect(out.trimEnd().split('\n')).toHaveLength(1);
  });
});
