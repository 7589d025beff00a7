/** What the gallery sounds like, by the oracle alone: loud enough, not too loud, the same at every sample rate. */
import { describe, expect, it } from 'vitest';
import { type Render, renderOracle } from './oracle.ts';
import { patches } from './texts.ts';

describe.each(patches())('$name', ({ text }) => {
  it('begins with its title', () => expect(text).toMatch(/^\/\/ [A-Z].*[^.]\n\/\/\n/));

  it.each([44_100, 48_000, 96_000])('sounds well at %d Hz', (sampleRate) => {
    const render = renderOracle(text, { frames: 8 * sampleRate, sampleRate });
    const { peak, mean } = levels(render);
    expect(peak).toBeGreaterThan(0.2);
    expect(peak).toBeLessThan(0.95);
    expect(mean).toBeLessThan(0.002);
  });
});

/** Peak and largest mean of both channels; NaN anywhere makes them NaN. */
function levels({ left, right }: Render): { peak: number; mean: number } {
  let peak = 0;
  let leftSum = 0;
  let rightSum = 0;
  for (let n = 0; n < left.length; n++) {
    peak = Math.max(peak, Math.abs(left[n]), Math.abs(right[n]));
    leftSum += left[n];
    rightSum += right[n];
  }
  return { peak, mean: Math.max(Math.abs(leftSum), Math.abs(rightSum)) / left.length };
}
