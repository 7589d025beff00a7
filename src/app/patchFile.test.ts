/** Files as people open them: texts, and what is none. */
import { expect, it } from 'vitest';
import { type PatchFile, readPatchFile } from './patchFile.ts';

const file = (bytes: Uint8Array<ArrayBuffer>, size = bytes.length): PatchFile => ({
  ...{ name: 'song.ts', size },
  arrayBuffer: async () => bytes.buffer,
});

it('reads the text, without the mark that some editors put in front', async () => {
  const text = '// Süß\nexport default () => 0\n';
  expect(await readPatchFile(file(new TextEncoder().encode(`\uFEFF${text}`)))).toEqual({ text });
  expect(await readPatchFile(file(new Uint8Array(0)))).toEqual({ text: '' });
});

it('says why a file is no patch', async () => {
  const reasonOf = async (wanted: PatchFile) => {
    const opened = await readPatchFile(wanted);
    return 'reason' in opened ? opened.reason : null;
  };
  expect(await reasonOf(file(Uint8Array.of(0xff, 0xfb, 0x90)))).toBe(
    'song.ts is not a text file, so it cannot be opened as a patch, nor does its name say that it is a sound.',
  );
  expect(await reasonOf(file(Uint8Array.of(0x41, 0, 0x41)))).toMatch('is not a text file');
  expect(await reasonOf(file(new Uint8Array(1), 4_000_001))).toMatch('too large for a patch');
  const gone = { ...file(new Uint8Array(1)), arrayBuffer: () => Promise.reject(new DOMException('gone')) };
  expect(await reasonOf(gone)).toBe('song.ts cannot be read. Try to open it once more.');
});
