/** Readings of probes are what was seen since the one before; what rises from 0 is told at once, unless it is a sound. */
import { expect, it } from 'vitest';
import { generation } from '../protocol/units.ts';
import { createModel } from './model.ts';
import { Probes } from './probes.ts';
import { settingsFrom } from './settings.ts';

function setUp() {
  const model = createModel(settingsFrom({}), []);
  const triggers: number[] = [];
  const probes = new Probes(model, (place) => triggers.push(place));
  const tell = (number: number, ...values: number[]) =>
    probes.probed({ generation: generation(number), values: Float64Array.from(values) });
  return { model, probes, triggers, tell };
}

it('shows the last value, the range, and how it went, as long as the generation plays', () => {
  const { model, probes, tell } = setUp();
  const nothing = [7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  tell(1, 0.5, -1, 1, ...nothing);
  expect(model.probes.value).toEqual([
    { last: 0.5, low: -1, high: 1, trace: [-1, 1] },
    { last: 7, low: Number.NaN, high: Number.NaN, trace: [] },
  ]);
  // Four messages make a reading.
  tell(1, 0.25, -2, 0, 8, 8, 8);
  tell(1, 0.25, 0, 2, ...nothing);
  tell(1, 0.25, 0, 0, ...nothing);
  expect(model.probes.value[0]?.trace).toHaveLength(2);
  tell(1, 0.125, -1, 1, ...nothing);
  expect(model.probes.value).toEqual([
    { last: 0.125, low: -2, high: 2, trace: [-1, 1, -2, 2] },
    { last: 7, low: 8, high: 8, trace: [8, 8] },
  ]);
  tell(2, 1, 0, 1);
  expect(model.probes.value).toEqual([{ last: 1, low: 0, high: 1, trace: [0, 1] }]);
  for (let n = 0; n < 400; n++) tell(2, n, n, n);
  expect(model.probes.value[0]?.trace).toHaveLength(128);
  probes.metered({ generation: null });
  expect(model.probes.value).toEqual([]);
});

it('tells triggers and gates as they come, and no sound', () => {
  const { triggers, tell } = setUp();
  tell(1, 0, 0, 0, 0.5, -1, 1);
  tell(1, 0, 0, 0.7, 0.1, -1, 1);
  expect(triggers).toEqual([0]);
  // A gate that rises between two messages, and stays.
  tell(1, 0, 0, 0, 0, 0, 0);
  tell(1, 1, 1, 1, 0.2, -1, 1);
  tell(1, 1, 1, 1, 0.2, -1, 1);
  expect(triggers).toEqual([0, 0]);
  // Half of a wave.
  for (let n = 0; n < 20; n++) tell(1, 1, 1, 1, 0.2, 0, 1);
  expect(triggers.filter((place) => place === 1)).toHaveLength(3);
});
