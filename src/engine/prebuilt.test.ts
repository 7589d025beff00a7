/** Files of patches that were compiled ahead: what was put in comes out, and nothing does where anything is wrong. */
import { describe, expect, it } from 'vitest';
import { prebuilt, prebuiltFile } from '../../scripts/prebuild.ts';
import { packPrebuilt, prebuiltName, unpackPrebuilt } from './prebuilt.ts';

const TEXT = 'const tone = sine()\nexport default () => 0.1 * tone(220)\n';
const wanted = { version: 'v1', text: TEXT, sampleRate: 48_000 };
const packed = () => prebuiltFile('v1', TEXT).then(({ contents }) => contents);

describe('a file', () => {
  it('gives back what the compiler said, bytes and all', async () => {
    const file = await packed();
    for (const sampleRate of [44_100, 48_000]) {
      expect(await unpackPrebuilt(file, { ...wanted, sampleRate })).toEqual(await prebuilt(TEXT, sampleRate));
    }
  });

  it.each([
    ['of another program', { version: 'v2' }],
    ['for another text', { text: `${TEXT} ` }],
    ['without the sample rate', { sampleRate: 96_000 }],
  ])('%s is not used', async (_, other) => {
    expect(await unpackPrebuilt(await packed(), { ...wanted, ...other })).toBeNull();
  });

  it('with any character changed, or cut off anywhere, is not used', async () => {
    const file = await packed();
    for (let at = 0; at < file.length; at += 997) {
      const changed = file[at] === 'A' ? 'B' : 'A';
      expect(await unpackPrebuilt(file.slice(0, at) + changed + file.slice(at + 1), wanted)).toBeNull();
      expect(await unpackPrebuilt(file.slice(0, at), wanted)).toBeNull();
    }
  });

  it('holds the same bytes once', async () => {
    const patch = await prebuilt(TEXT, 48_000);
    const once = await packPrebuilt('v1', TEXT, [patch!]);
    const twice = await packPrebuilt('v1', TEXT, [patch!, { ...patch!, sampleRate: 44_100 }]);
    const bytesOf = (file: string) => JSON.parse(file.slice(file.indexOf('\n'))).bytes;
    expect(bytesOf(once).length).toBeGreaterThan(1);
    expect(bytesOf(twice)).toEqual(bytesOf(once));
  });
});

it('names are the FNV-1a hashes of texts', () => {
  // From the table of its authors: the empty text, and "foobar".
  expect([prebuiltName(''), prebuiltName('foobar')]).toEqual(['811c9dc5', 'bf9cf968']);
});
