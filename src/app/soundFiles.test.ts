/** Which files are sounds, and what patches call them. */
import { expect, it } from 'vitest';
import { isAddress, isSoundFile, originOf, shortSoundName, soundName } from './soundFiles.ts';

it('tells sounds from patches by type or ending', () => {
  const sounds = [{ name: 'a.WAV' }, { name: 'b', type: 'audio/x-aiff' }, { name: 'c.d.flac', type: '' }];
  const others = [{ name: 'a.ts', type: 'video/mp2t' }, { name: 'wav' }, { name: 'b.txt', type: 'text/plain' }];
  expect([...sounds, ...others].map(isSoundFile)).toEqual([true, true, true, false, false, false]);
});

it('makes a name that stands in quotes as it is', () => {
  expect(
    ['kick.wav', 'a.b.aif', 'it\'s "`so\\.wav', '.wav', `${'x'.repeat(99)}.wav`, 'ü 01.ogg'].map(soundName),
  ).toEqual([...['kick', 'a.b', 'it s so', 'sound', 'x'.repeat(64), 'ü 01']]);
});

it('knows addresses, and which of them can be fetched', () => {
  expect(['https://a.b/c.wav', 'HTTP://a', 'kick', 'https//a', 'ftp://a'].map(isAddress)).toEqual([
    ...[true, true, false, false, false],
  ]);
  expect(['https://a.b:8/c?d', 'http://a.b', 'https://'].map(originOf)).toEqual(['https://a.b:8', null, null]);
  expect(['https://a.b/c/d.wav?e', 'https://a.b/', 'kick', 'https://'].map(shortSoundName)).toEqual([
    ...['d.wav', 'a.b', 'kick', 'https://'],
  ]);
});
