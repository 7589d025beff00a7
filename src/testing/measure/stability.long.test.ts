/** A minute of everything for each function: every signal under every modulation, as the short tests but longer. */
import { expect, it } from 'vitest';
import { type Subject, torture } from './stability.ts';
import { analysisSubjects } from './subjects/analysis.ts';
import { colourSubjects } from './subjects/colour.ts';
import { delaySubjects } from './subjects/delays.ts';
import { drumSubjects } from './subjects/drums.ts';
import { dynamicsSubjects } from './subjects/dynamics.ts';
import { envelopeSubjects } from './subjects/envelopes.ts';
import { filterSubjects } from './subjects/filters.ts';
import { noiseSubjects } from './subjects/noise.ts';
import { oscillatorSubjects } from './subjects/oscillators.ts';
import { physicalSubjects } from './subjects/physical.ts';
import { spaceSubjects } from './subjects/space.ts';

const SEED = 23;
const RATE = 48_000;
const SECONDS = 60;

const subjects: readonly Subject[] = [
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
];

it.each(subjects)(`$name is stable for a minute, seed ${SEED}`, (subject) => {
  expect(() => torture(subject, SEED, SECONDS * RATE, [RATE])).not.toThrow();
});
