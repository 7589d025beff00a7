/** Pitches, scales, chords and rhythms against their definitions and tables. */
import { describe, expect, it } from 'vitest';
import { centRatio, ftom, mtof, noteHz, noteNumber, ratioSemi, semiRatio } from './pitch.ts';
import { euclid, pattern } from './rhythm.ts';
import { chordNotes, degree, invertChord, scaleNotes, snapNote } from './scales.ts';

describe('pitch', () => {
  it('mtof and ftom are each other’s inverse, A4 is 440 Hz', () => {
    expect(mtof(69)).toBe(440);
    expect(mtof(60)).toBeCloseTo(261.6256, 4);
    expect(mtof(69, 432)).toBe(432);
    expect(mtof(81, Number.NaN)).toBe(880);
    expect(ftom(440)).toBe(69);
    expect(ftom(880)).toBe(81);
    for (let note = 0; note < 128; note += 0.37) expect(ftom(mtof(note, 442), 442)).toBeCloseTo(note, 10);
  });

  it('ratios of intervals', () => {
    expect(semiRatio(12)).toBe(2);
    expect(semiRatio(-24)).toBe(0.25);
    expect(ratioSemi(2)).toBe(12);
    expect(ratioSemi(1.5)).toBeCloseTo(7.0195500086539, 12);
    expect(centRatio(1200)).toBe(2);
    expect(centRatio(100)).toBe(semiRatio(1));
  });

  it('names', () => {
    const names = ['C4', 'A4', 'Bb3', 'F#5', 'C-1', 'c4', 'C', 'Bb-1', 'Cb4', 'B#3', 'Fx4', 'bb2', 'G##4', 'H2', ''];
    const numbers = [60, 69, 58, 78, 0, 60, 60, 10, 59, 60, Number.NaN, 46, 69, Number.NaN, Number.NaN];
    expect(names.map(noteNumber)).toEqual(numbers);
    expect(noteHz('A4')).toBe(440);
    expect(noteHz('A3')).toBe(220);
  });
});

describe('scales', () => {
  // Steps between neighbouring notes, in semitones, up to the octave.
  const STEPS: Readonly<Record<string, string>> = {
    major: '2212221',
    ionian: '2212221',
    minor: '2122122',
    aeolian: '2122122',
    dorian: '2122212',
    phrygian: '1222122',
    lydian: '2221221',
    mixolydian: '2212212',
    locrian: '1221222',
    harmonicMinor: '2122131',
    melodicMinor: '2122221',
    majorPentatonic: '22323',
    minorPentatonic: '32232',
    blues: '321132',
    wholeTone: '222222',
    chromatic: '111111111111',
    octatonic: '21212121',
    phrygianDominant: '1312122',
    hungarianMinor: '2131131',
    hirajoshi: '21414',
  };

  it.each(Object.entries(STEPS))('%s goes %s', (name, steps) => {
    const notes = [...scaleNotes(name), 12];
    expect(notes[0]).toBe(0);
    expect(notes.slice(1).map((note, i) => note - notes[i])).toEqual([...steps].map(Number));
  });

  it('an unknown name has no notes', () => expect(scaleNotes('maior')).toEqual([]));

  it('degree counts through octaves, downwards too', () => {
    const minor = scaleNotes('minor');
    expect(degree(-1, minor, 60)).toBe(58);
    expect([0, 1, 6, 7, 8.9, -7, -8].map((n) => degree(n, minor))).toEqual([60, 62, 70, 72, 74, 48, 46]);
  });

  it('snapNote takes the nearest note, the lower of two', () => {
    const notes = ['major', 'blues', 'hirajoshi', 'wholeTone'].map(scaleNotes);
    for (const scale of notes) {
      for (const root of [0, 2, 61]) {
        const all = Array.from({ length: 30 }, (_, i) => scale.map((x) => x + root + 12 * (i - 15))).flat();
        for (const note of all.filter((x) => x > -20 && x < 140)) expect(snapNote(note, scale, root)).toBe(note);
        for (let note = 0; note < 128; note += 0.25) {
          const nearest = Math.min(...all.map((x) => Math.abs(x - note)));
          const expected = Math.min(...all.filter((x) => Math.abs(x - note) === nearest));
          expect(snapNote(note, scale, root)).toBe(expected);
        }
      }
    }
  });
});

describe('chords', () => {
  it('of the contract', () => {
    expect(chordNotes('C')).toEqual([60, 64, 67]);
    expect(chordNotes('Am7')).toEqual([69, 72, 76, 79]);
    expect(chordNotes('F#m7b5')).toEqual([66, 69, 72, 76]);
    expect(chordNotes('G13').map((note) => note - 67)).toEqual([0, 4, 7, 10, 14, 17, 21]);
    expect(chordNotes('Bbmaj7', 3)).toEqual([58, 62, 65, 69]);
    expect(chordNotes('Cmajor7')).toEqual([]);
  });

  // Degrees of the major scale of the root, as lead sheets spell them.
  const DEGREES: Readonly<Record<string, string>> = {
    '': '1 3 5',
    m: '1 b3 5',
    dim: '1 b3 b5',
    aug: '1 3 #5',
    5: '1 5',
    6: '1 3 5 6',
    m6: '1 b3 5 6',
    7: '1 3 5 b7',
    maj7: '1 3 5 7',
    m7: '1 b3 5 b7',
    mMaj7: '1 b3 5 7',
    dim7: '1 b3 b5 bb7',
    m7b5: '1 b3 b5 b7',
    sus2: '1 2 5',
    sus4: '1 4 5',
    '7sus4': '1 4 5 b7',
    add9: '1 3 5 9',
    madd9: '1 b3 5 9',
    9: '1 3 5 b7 9',
    maj9: '1 3 5 7 9',
    m9: '1 b3 5 b7 9',
    '7b9': '1 3 5 b7 b9',
    '7#9': '1 3 5 b7 #9',
    11: '1 3 5 b7 9 11',
    m11: '1 b3 5 b7 9 11',
    13: '1 3 5 b7 9 11 13',
  };
  const MAJOR = [0, 2, 4, 5, 7, 9, 11];
  const semitones = (degreeName: string): number => {
    const number = Number(degreeName.replace(/[b#]/g, '')) - 1;
    const flats = degreeName.split('b').length - degreeName.split('#').length;
    return MAJOR[number % 7] + 12 * Math.floor(number / 7) - flats;
  };

  it.each(Object.entries(DEGREES))('%s is %s', (quality, degrees) => {
    const expected = degrees.split(' ').map(semitones);
    for (const [root, note] of [
      ['C', 60],
      ['Eb', 63],
      ['F#', 66],
      ['b', 71],
    ] as const) {
      expect(chordNotes(root + quality)).toEqual(expected.map((interval) => note + interval));
    }
  });

  it('invert', () => {
    expect(invertChord([60, 64, 67], 1)).toEqual([64, 67, 72]);
    expect(invertChord([67, 60, 64], 4)).toEqual([76, 79, 84]);
    expect(invertChord([60, 64, 67], -1)).toEqual([55, 60, 64]);
    expect(invertChord([60, 64, 67], 0)).toEqual([60, 64, 67]);
    expect(invertChord([60, 64, 70, 79], 1)).toEqual([64, 70, 72, 79]);
  });
});

describe('rhythms', () => {
  const drawn = (steps: number[]): string => steps.map((step) => (step > 0 ? 'x' : '.')).join('');

  // Toussaint 2005, and the two of the contract.
  it.each([
    [3, 8, 'x..x..x.'],
    [5, 8, 'x.xx.xx.'],
    [5, 12, 'x..x.x..x.x.'],
    [3, 4, 'x.xx'],
    [2, 5, 'x.x..'],
    [4, 9, 'x.x.x.x..'],
    [5, 9, 'x.x.x.x.x'],
    [7, 12, 'x.xx.x.xx.x.'],
    [7, 16, 'x..x.x.x..x.x.x.'],
    [9, 16, 'x.xx.x.x.xx.x.x.'],
    [5, 16, 'x..x..x..x..x...'],
    [4, 12, 'x..x..x..x..'],
    [13, 24, 'x.xx.x.x.x.x.xx.x.x.x.x.'],
    [0, 4, '....'],
    [4, 4, 'xxxx'],
  ])('euclid(%i, %i) is %s', (hits, steps, expected) => expect(drawn(euclid(hits, steps))).toBe(expected));

  it('euclid has as many hits as asked for, and turns', () => {
    for (let steps = 1; steps <= 40; steps++) {
      for (let hits = 0; hits <= steps; hits++) {
        const base = euclid(hits, steps);
        expect(base.reduce((a, b) => a + b, 0)).toBe(hits);
        expect(base.length).toBe(steps);
        if (hits > 0) expect(base[0]).toBe(1);
        for (const rotation of [1, 3, -1, 50]) {
          const turned = euclid(hits, steps, rotation);
          for (let i = 0; i < steps; i++) expect(turned[i]).toBe(base[(((i + rotation) % steps) + steps) % steps]);
        }
      }
    }
  });

  it('pattern reads steps', () => {
    expect(pattern('x-5. X')).toEqual([1, 0, 5 / 9, 0, 1]);
    expect(pattern('9~_|0 1\n!')).toEqual([1, 0, 0, 0, 1 / 9]);
    expect(pattern('')).toEqual([]);
  });
});
