/** That no function of the library is left out of the stability tests; and those of the plain ones, which have no folder. */
import { expect, it } from 'vitest';
import { units } from '../../../bench/library/units.ts';
import { documentedNames } from '../../../scripts/docComments.ts';
import { RATES } from './rates.ts';
import { reviveAfterNaN, torture } from './stability.ts';
import { allSubjects, NOT_DRIVEN } from './subjects/all.ts';
import { plainSubjects } from './subjects/plain.ts';

const SEED = 29;

const names = documentedNames()
  .map(({ name }) => name)
  .sort();

it('drives every function of the library, or says why not', () => {
  // A subject may say more behind the name of its function.
  const driven = allSubjects.map(({ name }) => name.split(/[ ,]/)[0]);
  const excused = Object.values(NOT_DRIVEN).flat();
  expect(excused.filter((name) => driven.includes(name))).toEqual([]);
  expect([...new Set([...driven, ...excused])].sort()).toEqual(names);
});

it('measures the speed of every function of the library', () => {
  expect(units.map(({ name }) => name).sort()).toEqual(names);
  expect(units.filter(({ faust }) => faust !== null).length).toBeGreaterThanOrEqual(30);
});

it.each(plainSubjects)(`$name is stable, seed ${SEED}`, (subject) => {
  expect(() => torture(subject, SEED, 600, RATES)).not.toThrow();
});

it.each(allSubjects)(`$name lives on after a NaN, seed ${SEED}`, (subject) => {
  expect(() => reviveAfterNaN(subject, SEED, 48_000)).not.toThrow();
});
