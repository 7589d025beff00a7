/** `segue check --fix` puts right what is obvious, writes it, and says what it has done and what is left. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from './main.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'segue-check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function check(text: string, ...options: string[]) {
  writeFileSync(path.join(folder, 'a.ts'), text);
  let out = '';
  const status = await main(['check', 'a.ts', ...options], {
    cwd: folder,
    out: (more) => {
      out += more;
    },
    err: (more) => {
      out += more;
    },
  });
  return { status, out, text: readFileSync(path.join(folder, 'a.ts'), 'utf8') };
}

const BROKEN = 'const lp = lowpas()\nfunction dsp(t) { return lp(sin(t), 900) }\n';
const WHOLE = 'const lp = lowpass()\nexport default function dsp(t) { return lp(Math.sin(t), 900) }\n';

it('writes what it has put right, one mistake after the other', async () => {
  const { status, out, text } = await check(BROKEN, '--fix');
  expect(text).toBe(WHOLE);
  expect(status).toBe(0);
  expect(out).toBe(
    [
      'a.ts:1:12: fixed undefined-name: change to `lowpass`',
      'a.ts:2:29: fixed undefined-name: change to `Math.sin`',
      'a.ts:2:1: fixed no-default-export: play `dsp`',
      '',
    ].join('\n'),
  );
});

it('leaves the file alone without being asked, and says which fix there is', async () => {
  const { status, out, text } = await check(BROKEN, '--json');
  expect(text).toBe(BROKEN);
  expect(status).toBe(1);
  expect(JSON.parse(out).diagnostics[0].fix).toEqual({
    title: 'change to `lowpass`',
    edits: [{ span: { start: 11, end: 17 }, text: 'lowpass' }],
  });
});

it('tells what is left', async () => {
  const { status, out, text } = await check('export default (t) => sin(t) * zzzqqq\n', '--fix', '--json');
  expect(text).toBe('export default (t) => Math.sin(t) * zzzqqq\n');
  expect(status).toBe(1);
  const { fixed, diagnostics } = JSON.parse(out);
  expect(fixed).toEqual([{ line: 1, column: 23, code: 'undefined-name', title: 'change to `Math.sin`' }]);
  expect(diagnostics.map(({ code }: { code: string }) => code)).toEqual(['undefined-name']);
});
