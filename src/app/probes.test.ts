import { expect, it } from 'vitest';
import { generation } from '../protocol/units.ts';
import { createModel } from './model.ts';
import { Probes } from './probes.ts';
import { settingsFrom } from './settings.ts';

it('shows the last value, the range, and how it went, as long as the generation plays', () => {
  const model = createModel(settingsFrom({}), []);
  const probes = new Probes(model);
  const meter = (number: number, ...values: number[]) =>
    probes.metered({ generation: generation(number), probes: Float64Array.from(values) });
  meter(1, 0.5, -1, 1, 7, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
  meter(1, 0.25, -2, 2, 8, 8, 8);
  expect(model.probes.value).toEqual([
    { last: 0.25, low: -2, high: 2, trace: [-1, 1, -2, 2] },
    { last: 8, low: 8, high: 8, trace: [8, 8] },
  ]);
  meter(2, 1, 0, 1);
  expect(model.probes.value).toEqual([{ last: 1, low: 0, high: 1, trace: [0, 1] }]);
  for (let n = 0; n < 100; n++) meter(2, n, n, n);
  expect(model.probes.value[0]?.trace).toHaveLength(128);
  probes.metered({ generation: null });
  expect(model.probes.value).toEqual([]);
});
