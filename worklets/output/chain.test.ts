/** The stages together: a sound patch passes as it is, and nothing else gets through. */
import { describe, expect, it } from 'vitest';
import { OutputChain } from './chain.ts';
import { CEILING } from './limiter.ts';

function pass(chain: OutputChain, signal: (n: number) => number, frames: number, blockFrames = 128): Float64Array {
  const left = Float64Array.from({ length: frames }, (_, n) => signal(n));
  const right = left.slice();
  for (let start = 0; start < frames; start += blockFrames) {
    const end = Math.min(frames, start + blockFrames);
    chain.process(left.subarray(start, end), right.subarray(start, end), end - start);
  }
  expect(right.every((sample, n) => Object.is(sample, left[n]))).toBe(true);
  return left;
}

const tone = (n: number) => 0.3 * Math.sin(0.03 * n);

describe('the chain', () => {
  it('delays a sound patch, and changes no bit of it', () => {
    const chain = new OutputChain(48_000);
    const heard = pass(chain, (n) => (n % 3 === 0 ? -0 : tone(n)), 20_000);
    const isAsItWas = (sample: number, n: number) => Object.is(sample, n % 3 === 0 ? -0 : tone(n));
    expect(heard.subarray(chain.latencyFrames).every(isAsItWas)).toBe(true);
  });

  it('gets over samples that are not numbers', () => {
    const chain = new OutputChain(48_000);
    const broken = (n: number) => (n >= 1000 && n < 1010 ? [Number.NaN, Number.POSITIVE_INFINITY][n % 2] : tone(n));
    const heard = pass(chain, broken, 4000);
    const given = Array.from(heard, (_, n) => (n >= 1000 && n < 1010 ? 0 : tone(n)));
    expect([...heard.subarray(chain.latencyFrames)]).toEqual(given.slice(0, -chain.latencyFrames));
    expect(chain.guard.takeCount()).toBe(20);
  });

  it('makes silence of a full-scale constant, and room for the sound beside it', () => {
    const chain = new OutputChain(48_000);
    const heard = pass(chain, (n) => 2 + tone(n), 48_000 * 5);
    expect(heard.every((sample) => Math.abs(sample) < CEILING)).toBe(true);
    expect(chain.dcBlocker.takeOffset()).toBeCloseTo(2, 2);
    expect(chain.limiter.takeReductionDb()).toBeGreaterThan(7);
    pass(chain, (n) => 2 + tone(n), 48_000);
    expect(chain.limiter.takeReductionDb()).toBe(0);
  });

  it('gives the same for any length of blocks', () => {
    const wild = (n: number) => (n % 700 < 10 ? Number.NaN : 0.5 + 8 * tone(n));
    const whole = pass(new OutputChain(44_100), wild, 80_000, 80_000);
    for (const blockFrames of [1, 128, 1000]) {
      const heard = pass(new OutputChain(44_100), wild, 80_000, blockFrames);
      expect(heard.every((sample, n) => Object.is(sample, whole[n]))).toBe(true);
    }
  });

  it('forgets everything when told to', () => {
    const chain = new OutputChain(48_000);
    pass(chain, (n) => 1 + 12 * tone(n), 100_000);
    chain.reset();
    chain.guard.takeCount();
    const fresh = new OutputChain(48_000);
    expect(pass(chain, tone, 1000)).toEqual(pass(fresh, tone, 1000));
  });
});
