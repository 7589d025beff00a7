/** Everything of the library that `torture` drives, and the names that it has no use for, with the reason. */

import type { Subject } from '../stability.ts';
import { analysisSubjects } from './analysis.ts';
import { colourSubjects } from './colour.ts';
import { delaySubjects } from './delays.ts';
import { drumSubjects } from './drums.ts';
import { dynamicsSubjects } from './dynamics.ts';
import { envelopeSubjects } from './envelopes.ts';
import { filterSubjects } from './filters.ts';
import { noiseSubjects } from './noise.ts';
import { oscillatorSubjects } from './oscillators.ts';
import { physicalSubjects } from './physical.ts';
import { plainSubjects } from './plain.ts';
import { spaceSubjects } from './space.ts';

export const allSubjects: readonly Subject[] = [
  ...oscillatorSubjects,
  ...noiseSubjects,
  ...filterSubjects,
  ...envelopeSubjects,
  ...drumSubjects,
  ...analysisSubjects,
  ...colourSubjects,
  ...delaySubjects,
  ...dynamicsSubjects,
  ...physicalSubjects,
  ...spaceSubjects,
  ...plainSubjects,
];

/** Names without a parameter that changes from frame to frame, by what holds them instead. */
export const NOT_DRIVEN: Readonly<Record<string, readonly string[]>> = {
  'made once, from strings, arrays and whole numbers; theory.test.ts, sequences.test.ts, fft.test.ts, maths.test.ts': [
    ...['noteNumber', 'noteHz', 'euclid', 'pattern', 'scaleNotes', 'chordNotes', 'invertChord', 'shuffled'],
    ...['hannWindow', 'TAU'],
  ],
  'the queue of events; scheduling.test.ts': ['after', 'at', 'every', 'cancel', 'now'],
  'controls, which clamp what the host gives; src/testing/host/controls.test.ts': [
    ...['slider', 'knob', 'toggle', 'button', 'select', 'xy', 'probe'],
  ],
  'keys and controllers; src/testing/host/notes.test.ts': ['keyboard', 'padTrig', 'cc', 'pitchBend', 'aftertouch'],
  'sounds from outside; src/testing/host/soundFiles.test.ts': ['input', 'sample', 'samplePlayer'],
};
