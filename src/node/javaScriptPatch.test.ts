/** What is timed is the patch: the same samples as the oracle's. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { libraryMath } from '../testing/libraryMath.ts';
import { renderOracle } from '../testing/oracle.ts';
import { loadJavaScript } from './javaScriptPatch.ts';

const patches = path.join(import.meta.dirname, '../testing/handwritten');

it.each(readdirSync(patches).filter((name) => name.endsWith('.ts')))('runs %s as the oracle does', (name) => {
  const text = readFileSync(path.join(patches, name), 'utf8');
  const frames = 1000;
  const expected = renderOracle(text, { frames, sampleRate: 44_100 });
  const patch = loadJavaScript(text, 44_100, libraryMath);
  const left = new Float64Array(frames);
  const right = new Float64Array(frames);
  for (let frame = 0; frame < frames; frame += 100) {
    patch.process(left.subarray(frame), right.subarray(frame), 100);
  }
  expect(left).toEqual(expected.left);
  expect(right).toEqual(expected.right);
});

it('knows the globals, types and both forms of a result', () => {
  const text = 'let n: number = sampleRate; export default (t: number) => n++ % 2 ? t : [currentFrame, currentTime]';
  const patch = loadJavaScript(text, 8);
  const left = new Float64Array(4);
  const right = new Float64Array(4);
  patch.process(left, right, 4);
  expect([...left]).toEqual([0, 1 / 8, 2, 3 / 8]);
  expect([...right]).toEqual([0, 1 / 8, 2 / 8, 3 / 8]);
});

it('counts beats by the tempo that no function changes', () => {
  const ways: readonly (readonly [text: string, bpm: number])[] = [
    ['', 60],
    ['const bpm = 90', 90],
    ['let tempo = 100; tempo += 20; const f = (tempo) => { tempo = 3 }', 120],
    ['let bpm = 90; const f = () => { bpm++ }', 60],
    ['const tempo = 30; let bpm = 90; const f = () => { [bpm] = [80] }', 30],
    ['let bpm = 90; const f = () => { let bpm = 1; bpm *= 2 }', 90],
    ['const bpm = "fast"', 60],
    ['const song = { bpm: 90 }; const f = () => { song.bpm = 3 }', 60],
  ];
  for (const [text, bpm] of ways) {
    const patch = loadJavaScript(`${text}\nexport default () => currentBeat`, 8);
    const [left, right] = [new Float64Array(4), new Float64Array(4)];
    patch.process(left, right, 4);
    expect([...left], text).toEqual([0, 1, 2, 3].map((frame) => (frame * bpm) / (60 * 8)));
  }
});

it('throws what the text throws', () => {
  expect(() => loadJavaScript('const a = nowhere; export default () => a', 48_000)).toThrow(/nowhere/);
  expect(() => loadJavaScript('export default (', 48_000)).toThrow();
});
