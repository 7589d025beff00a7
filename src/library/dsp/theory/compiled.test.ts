/** What this folder computes when Segue compiles it, against itself as JavaScript. */
import { it } from 'vitest';
import { expectSameAsJavaScript } from '../../../testing/measure/sameAsJavaScript.ts';

it('equals itself as JavaScript', async () => {
  const patch = `
    const values = [scaleNotes('blues'), chordNotes('F#m7b5', 3), chordNotes('Bb13'), invertChord([60, 64, 67], -2),
      euclid(5, 12, 2), pattern('x-5. X|~9'), shuffled([1, 2, 3, 4, 5], 3)].flat()
    const names = ['Bb-1', 'c', 'F#5', 'G##2'].map((name) => noteNumber(name) + noteHz(name))
    const scale = scaleNotes('hirajoshi')
    const steps = [sequence(values), arpeggio([1, 2, 3], 'upDown', 2), arpeggio([1, 2, 3], 'random', 2),
      arpeggio([1, 2, 3], 'down'), choose([4, 5, 6], 7)]
    const maybe = chance(3)
    export default (t) => {
      const trig = currentFrame % 7 < 3 ? 0.3 : 0
      let sum = maybe(trig, 0.4)
      for (const step of steps) sum = sum * 1.7 + step(trig)
      const note = 50 + 30 * Math.sin(t * 60)
      return [
        sum + values[currentFrame % values.length] + steps[0](trig, currentFrame % 90 === 0),
        mtof(note, 441) + ftom(note) + semiRatio(note) + ratioSemi(note) + centRatio(note) + snapNote(note, scale, 2)
          + degree(note, scale) + names[currentFrame & 3],
      ]
    }`;
  await expectSameAsJavaScript(patch);
});
