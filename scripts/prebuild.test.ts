/** What is compiled ahead is what the compiler makes where it is asked then, also from the library without comments. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '@babel/parser';
import { describe, expect, it } from 'vitest';
import { packPrebuilt } from '../src/engine/prebuilt.ts';
import { readLibrary } from '../src/node/librarySource.ts';
import { DEFAULT_FADE_MS } from '../src/node/playThrough.ts';
import { Session } from '../src/worker/session.ts';
import { withoutComments } from './leanLibrary.ts';
import { prebuilt } from './prebuild.ts';

const PATCHES = path.join(import.meta.dirname, '../patches');
const first = readdirSync(PATCHES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort()[0];
const TEXTS = {
  'the first patch of the gallery': readFileSync(path.join(PATCHES, first), 'utf8'),
  'a patch with much of the library': `const tone = saw()
const filter = svf()
const room = freeverb()
const bell = adsr()
export default (t) => {
  const x = Math.tanh(filter(tone(110), 900 + 300 * Math.sin(t), 0.8).low) * bell(t < 1 ? 1 : 0)
  return room([x, x])
}
`,
};
const lean = readLibrary().map(({ name, text }) => ({ name, text: withoutComments(text) }));

describe.each(Object.entries(TEXTS))('%s', (_, text) => {
  it.each([44_100, 48_000])('is the same at %i Hz', async (sampleRate) => {
    const fadeFrames = (DEFAULT_FADE_MS * sampleRate) / 1000;
    const patch = await prebuilt(text, sampleRate);
    const session = await Session.create({
      ...{ sampleRate, fadeFrames, postsModules: false, library: lean, now: () => 0 },
    });
    const result = session.update(text);
    if (result.kind !== 'batch' || !patch) throw new Error('it does not play');
    const made = { ...patch, batch: { ...patch.batch, batch: result.batch } };
    expect((await packPrebuilt('', text, [patch])) === (await packPrebuilt('', text, [made]))).toBe(true);
  });
});

describe('a module without its comments', () => {
  it('is shorter, and ends statements where it did', () => {
    expect(withoutComments('const a = 1 /* one\n*/ const b = /* two */ 2 // end\n')).toBe(
      'const a = 1 \n const b =   2  \n',
    );
    expect(withoutComments("const s = '// no comment'\n")).toBe("const s = '// no comment'\n");
  });

  it('has the tokens that it had, and no comment', () => {
    const tokensOf = (text: string) =>
      (parse(text, { sourceType: 'module', plugins: ['typescript'], tokens: true }).tokens ?? []).map(
        ({ type, value }: { type: unknown; value?: unknown }) => [type, value],
      );
    for (const [n, { name, text }] of readLibrary().entries()) {
      const before = tokensOf(text).filter(([type]) => type !== 'CommentBlock' && type !== 'CommentLine');
      expect(tokensOf(lean[n].text), name).toEqual(before);
    }
  });
});
