/** Every parameter at audio rate over its range and beyond, every kind of signal: finite, bounded, without denormals. */
import { expect, it } from 'vitest';
import { RATES } from '../../../testing/measure/rates.ts';
import { torture } from '../../../testing/measure/stability.ts';
import { noiseSubjects } from '../../../testing/measure/subjects/noise.ts';

const SEED = 17;

it.each(noiseSubjects)(`$name is stable, seed ${SEED}`, (subject) => {
  expect(() => torture(subject, SEED, 1500, RATES)).not.toThrow();
});
