/** Load, of patches whose cost and work are known. */
import { describe, expect, it } from 'vitest';
import { generation } from '../protocol/units.ts';
import { Load } from './load.ts';

const TIMES = { sampleRate: 48_000, callSeconds: 0.01 };
/** A frame lasts 20833 ns at 48 kHz: 3 % of it. */
const COSTS = { 1: { nanoseconds: 1250, work: 400 }, 2: { nanoseconds: 625, work: 100 } };
const meter = {
  ...{ nonFinite: 0, nonFiniteFrom: null, dcOffset: 0, reductionDb: 0, beat: 0, bpm: 120, frame: 0 },
  ...({ generation: generation(1), load: 0, loadTolerance: 0.1, workPerFrame: 400, tier: 1 } as const),
};

function told() {
  const load = new Load();
  load.told({ kind: 'cost', generation: generation(1), costs: COSTS });
  return load;
}

describe('what a patch takes', () => {
  it('is what the worker measured, where the clock of the audio thread sees nothing', () => {
    expect(told().next(meter, TIMES)).toBeCloseTo(0.06);
    expect(told().next({ ...meter, tier: 2, workPerFrame: 100 }, TIMES)).toBeCloseTo(0.03);
    // At half the rate there is twice the time.
    expect(told().next(meter, { ...TIMES, sampleRate: 24_000 })).toBeCloseTo(0.03);
  });

  it('follows the work that is done', () => {
    expect(told().next({ ...meter, workPerFrame: 600 }, TIMES)).toBeCloseTo(0.09);
    expect(told().next({ ...meter, workPerFrame: 0 }, TIMES)).toBeCloseTo(0.06);
  });

  it('lies within what the clock of the audio thread allows', () => {
    expect(told().next({ ...meter, load: 0.9, loadTolerance: 0.02 }, TIMES)).toBeCloseTo(0.8);
    expect(told().next({ ...meter, load: 0.9, loadTolerance: 0.02 }, { ...TIMES, callSeconds: 0 })).toBeCloseTo(0.525);
    expect(told().next({ ...meter, load: 0.01, loadTolerance: 0.02 }, TIMES)).toBeCloseTo(0.03);
  });

  it('is what it was until the worker has measured what plays now', () => {
    const load = told();
    expect(load.next(meter, TIMES)).toBeCloseTo(0.06);
    expect(load.next({ ...meter, generation: generation(2) }, TIMES)).toBeCloseTo(0.06);
    load.reset();
    expect(load.next({ ...meter, generation: generation(2), load: 0.02 }, TIMES)).toBeCloseTo(0.02);
  });
});
