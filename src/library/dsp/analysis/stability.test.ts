/** Everything of this folder that runs per frame, under any modulation and signal: finite, bounded, recovers from NaN. */
import { it } from 'vitest';
import { RATES } from '../../../testing/measure/rates.ts';
import { torture } from '../../../testing/measure/stability.ts';
import { analysisSubjects } from '../../../testing/measure/subjects/analysis.ts';

const SEED = 1234;
const FRAMES = 1500;

it.each(analysisSubjects)(`$name stays finite and recovers, seed ${SEED}`, (subject) =>
  torture({ tailSeconds: 0.05, ...subject }, SEED, FRAMES, RATES),
);
