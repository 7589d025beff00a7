/** A minute of everything for each function: every signal under every modulation, as the short tests but longer. */
import { expect, it } from 'vitest';
import { RATES } from './rates.ts';
import { torture } from './stability.ts';
import { allSubjects } from './subjects/all.ts';

const SEED = 23;
const RATE = 48_000;
const SECONDS = 60;
const TAIL_SECONDS = 30;
const OTHER_RATES = RATES.filter((rate) => rate !== RATE);
const OTHER_SECONDS = 3;

it.each(allSubjects)(`$name is stable for a minute, seed ${SEED}`, (subject) => {
  expect(() => torture(subject, SEED, OTHER_SECONDS * RATE, OTHER_RATES)).not.toThrow();
  expect(() => torture({ ...subject, tailSeconds: TAIL_SECONDS }, SEED, SECONDS * RATE, [RATE])).not.toThrow();
});
