/** `--set`, `--script`, `--midi`, `--input` and `--sample`: in their frames, and refused where they say nothing. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXIT, UsageError } from './command.ts';
import { parseSetting } from './controlOptions.ts';
import { render } from './render.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'segue-outside-'));
const write = (name: string, content: string | Uint8Array) => writeFileSync(path.join(folder, name), content);

async function rendered(patch: string, args: readonly string[], frames = 100) {
  write('patch.ts', patch);
  const said: string[] = [];
  const terminal = { cwd: folder, out: (text: string) => said.push(text), err: (text: string) => said.push(text) };
  const all = ['patch.ts', '--frames', String(frames), '--raw', '--out', 'out.f32', ...args];
  const status = await render.run(all, terminal as Parameters<typeof render.run>[1]);
  const bytes = readFileSync(path.join(folder, 'out.f32'));
  const samples = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const side = (first: number) => [...samples].filter((_, index) => index % 2 === first);
  return { status, said: said.join(''), left: side(0), right: side(1) };
}

const ascii = (text: string) => [...text].map((character) => character.charCodeAt(0));
const wav = (...data: number[]) =>
  new Uint8Array([
    ...[...ascii('RIFF'), 0, 0, 0, 0, ...ascii('WAVEfmt '), 16, 0, 0, 0, 1, 0, 1, 0],
    // 48000 frames per second.
    ...[0x80, 0xbb, 0, 0, 0, 0x77, 1, 0, 2, 0, 16, 0, ...ascii('data'), data.length, 0, 0, 0, ...data],
  ]);

describe('controls', () => {
  const patch = `const a = slider('a=b@c', 0, { smooth: 0 }), w = select('w', ['x', 'y']), p = xy('p', 0, 0, { smooth: 0 })
export default () => [a() + w() * 10, p()[0] + 10 * p()[1]]`;

  it('are set in the first frame at or after a time', async () => {
    const set = ['--set', 'a=b@c=0.5@0.001', '--set', 'w=y@0.00101', '--set', 'p=0.25,0.5'];
    const { left, right, status } = await rendered(patch, set);
    expect(status).toBe(EXIT.WELL);
    expect([47, 48, 49].map((frame) => left[frame])).toEqual([0, 0.5, 10.5]);
    expect(right[0]).toBe(5.25);
  });

  it('are set by a script', async () => {
    write('script.txt', '# what happens\n0.001 a=b@c 0.5\n\n0.0015 w 1\n');
    const { left } = await rendered(patch, ['--script', 'script.txt']);
    expect([47, 48, 71, 72].map((frame) => left[frame])).toEqual([0, 0.5, 0.5, 10.5]);
  });

  it('that are not there, or cannot stand so, are told', async () => {
    const { said, status } = await rendered(patch, ['--set', 'nobody=1', '--set', 'w=z', '--set', 'p=1']);
    expect(said.match(/does nothing/g)).toHaveLength(3);
    expect(status).toBe(EXIT.WELL);
  });

  it.each(['a', '=1', 'a=', 'a=1@x', 'a=1@-1'])('%s is refused', (text) => {
    expect(() => parseSetting(text, 48_000)).toThrow(UsageError);
  });
});

it('a MIDI file plays at its frames, by its tempo', async () => {
  // A beat of half a second and 96 ticks; a note from the first tick to the second one, then a controller.
  const track = [0, 0xff, 0x51, 3, 7, 0xa1, 0x20, 1, 0x90, 60, 127, 1, 0x80, 60, 0, 1, 0xb1, 7, 127, 0, 0xff, 0x2f, 0];
  write(
    'song.mid',
    new Uint8Array([
      ...ascii('MThd'),
      0,
      0,
      0,
      6,
      0,
      0,
      0,
      1,
      0,
      96,
      ...ascii('MTrk'),
      0,
      0,
      0,
      track.length,
      ...track,
    ]),
  );
  const patch = 'const k = keyboard(), c = cc(7, 0, { smooth: 0, channel: 2 })\nexport default () => [k.gate(), c()]';
  const { left, right } = await rendered(patch, ['--midi', 'song.mid'], 800);
  expect([249, 250, 499, 500].map((frame) => left[frame])).toEqual([0, 1, 1, 0]);
  expect([749, 750].map((frame) => right[frame])).toEqual([0, 1]);
});

it('sound comes in, and a file is played', async () => {
  write('it.wav', wav(0, 0x40, 0, 0xc0));
  const patch = "const i = input(), s = sample('it')\nlet n = 0\nexport default () => [i(), s.at(n++)]";
  const { left, right } = await rendered(patch, ['--input', 'it.wav', '--sample', 'it=it.wav']);
  expect(left.slice(0, 3)).toEqual([0.5, -0.5, 0]);
  expect(right.slice(0, 3)).toEqual([0.5, -0.5, 0]);
  await expect(rendered(patch, ['--input', 'it.wav', '--rate', '44100'])).rejects.toThrow('48000 frames per second');
  await expect(rendered(patch, ['--sample', 'it=patch.ts'])).rejects.toThrow('no WAV or AIFF');
  await expect(rendered(patch, ['--midi', 'it.wav'])).rejects.toThrow('no MIDI file');
});
