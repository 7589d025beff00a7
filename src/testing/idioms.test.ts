/**
 * What people write, a few lines for each thing: as the text run as JavaScript, in both tiers. In: the files of idioms. An idiom has a
 * name, lines of the top level, and an expression that is played: `=>` computes it in every frame, `=:` once, at the top level. `$(text)`
 * is a number for a text.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectLikeJavaScript } from './bothTiers.ts';

const TEXT_NUMBER =
  'const $ = (s) => { let h = 7; for (let i = 0; i < s.length; i++) h = (h * 31 + s.charCodeAt(i)) % 1000003; return h }\n';

const idiomsIn = (file: string): [name: string, text: string][] =>
  readFileSync(new URL(`idioms/${file}`, import.meta.url), 'utf8')
    .split(/^# /m)
    .slice(1)
    .map((part) => {
      const [, name = '', setup = '', how, played] = /^(.*)\n([\s\S]*?)^=([>:]) ([^\n]*)\n*$/m.exec(part) ?? [];
      const head = `${part.includes('$(') ? TEXT_NUMBER : ''}${setup}`;
      const frame =
        how === '>' ? `export default () => (${played})` : `const played = (${played})\nexport default () => played`;
      return [name, `${head}${frame}\n`];
    });

const files = readdirSync(new URL('idioms', import.meta.url));

it('there are some hundred of them', () => {
  const all = files.flatMap(idiomsIn);
  expect(all.length).toBeGreaterThan(200);
  expect(new Set(all.map(([name]) => name)).size).toBe(all.length);
});

describe.each(files)('%s', (file) => {
  it.each(idiomsIn(file))('%s', (_, text) => {
    expectLikeJavaScript(text);
  });
});
