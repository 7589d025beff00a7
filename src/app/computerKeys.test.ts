import { expect, it } from 'vitest';
import { isBlack, noteName, octaveStepOf, semitoneOf } from './computerKeys.ts';

it('lays the keys out as a piano: white ones in the middle row, black ones above', () => {
  const middle = ['KeyA', 'KeyS', 'KeyD', 'KeyF', 'KeyG', 'KeyH', 'KeyJ', 'KeyK', 'KeyL'].map(semitoneOf);
  expect(middle).toEqual([0, 2, 4, 5, 7, 9, 11, 12, 14]);
  expect(['KeyW', 'KeyE', 'KeyT', 'KeyY', 'KeyU', 'KeyO', 'KeyP'].map(semitoneOf)).toEqual([1, 3, 6, 8, 10, 13, 15]);
  expect([semitoneOf('KeyR'), semitoneOf('Space')]).toEqual([null, null]);
  expect([octaveStepOf('KeyZ'), octaveStepOf('KeyX'), octaveStepOf('KeyC')]).toEqual([-1, 1, 0]);
});

it('names notes and tells black keys from white ones', () => {
  expect([60, 69, 61, 0, 127].map(noteName)).toEqual(['C4', 'A4', 'C♯4', 'C-1', 'G9']);
  expect([60, 61, 62, 63, 64, 65, 66].map(isBlack)).toEqual([false, true, false, true, false, false, true]);
});
