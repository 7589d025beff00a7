/** The oracle and the comparison, against what can be worked out by hand: the truth must be tested first. */
import { describe, expect, it } from 'vitest';
import { bits, compareRender, expectSameRender, largestStep } from './compare.ts';
import { renderOracle, renderSelfChanging } from './oracle.ts';

const both = (samples: readonly number[]) => ({ left: samples, right: samples });

describe('the oracle', () => {
  it('calls the default export with t once a frame, and the globals go along', () => {
    const { left, right } = renderOracle('export default (t) => [t, currentFrame * 1000 + currentTime * sampleRate]', {
      frames: 4,
      sampleRate: 10,
    });
    expect([...left]).toEqual([0, 0.1, 0.2, 0.3]);
    expect([...right]).toEqual([0, 1001, 2002, 3003]);
  });

  it('runs the top level at frame 0, once for each render', () => {
    const text = 'let n = currentFrame + currentTime; export default () => n++';
    for (let again = 0; again < 2; again++) expect([...renderOracle(text, { frames: 3 }).right]).toEqual([0, 1, 2]);
  });

  it('plays a number on both channels and takes what Number makes of the rest', () => {
    const text = `
      const none: number[] = []
      export default () => currentFrame === 0 ? 0.5 : currentFrame === 1 ? true : currentFrame === 2 ? none[0] : [false, -0]`;
    const { left, right } = renderOracle(text, { frames: 4 });
    expect([...left]).toEqual([0.5, 1, Number.NaN, 0]);
    expect([...right]).toEqual([0.5, 1, Number.NaN, -0]);
  });

  it('is strict, as modules are', () => {
    expect(() => renderOracle('nowhere = 1; export default () => 0', { frames: 1 })).toThrow(/nowhere/);
  });

  it('says what is wrong with a patch that exports nothing to play', () => {
    expect(() => renderOracle('const x = 1', { frames: 1 })).toThrow(/default export/);
  });

  it('keeps two programs apart that take turns', () => {
    const counter = 'let n = 0; export default () => { n += 1; return n }';
    const a = renderOracle(counter, { frames: 5 });
    const b = renderOracle(counter, { frames: 5 });
    expect([...a.left]).toEqual([...b.left]);
  });

  it('renders a program that changes itself', () => {
    const { left } = renderSelfChanging((S) => `export default () => (currentFrame < ${S} ? 1 : 2)`, 3, { frames: 5 });
    expect([...left]).toEqual([1, 1, 1, 2, 2]);
  });
});

describe('the comparison', () => {
  it('with tolerance 0 tells apart one last bit and the zeros, and holds NaN equal to NaN', () => {
    const exact = { tolerance: 0 };
    expect(compareRender(both([1, Number.NaN, -0]), both([1, Number.NaN, -0]), exact)).toBeNull();
    expect(compareRender(both([0]), both([-0]), exact)?.frame).toBe(0);
    expect(compareRender(both([1, 1 + 2 ** -52]), both([1, 1]), exact)?.frame).toBe(1);
  });

  it('measures an error against the sample, or against the floor below it', () => {
    const relative = { tolerance: 1e-12 };
    expect(compareRender(both([1e6 + 5e-7]), both([1e6]), relative)).toBeNull();
    expect(compareRender(both([1e6 + 2e-6]), both([1e6]), relative)).not.toBeNull();
    expect(compareRender(both([1e-9 + 5e-16]), both([1e-9]), relative)).toBeNull();
    expect(compareRender(both([1e-9 + 5e-16]), both([1e-9]), { ...relative, scaleFloor: 0 })).not.toBeNull();
  });

  it('lets nothing pass for infinity or NaN but themselves', () => {
    const relative = { tolerance: 1e-12 };
    expect(compareRender(both([1e308]), both([Number.POSITIVE_INFINITY]), relative)).not.toBeNull();
    expect(compareRender(both([Number.NEGATIVE_INFINITY]), both([Number.POSITIVE_INFINITY]), relative)).not.toBeNull();
    expect(compareRender(both([Number.NaN]), both([0]), relative)).not.toBeNull();
    expect(compareRender(both([0]), both([Number.NaN]), relative)).not.toBeNull();
  });

  it('reports frame, channel, bits and surroundings of the first difference', () => {
    const expected = { left: [0, 1, 2, 3, 4, 5, 6, 7], right: [0, 1, 2, 3, 4, 5, 6, 7] };
    const actual = { left: [0, 1, 2, 3, 4, 5, 9, 7], right: [0, 1, 2, 3, -4, 5, 6, 7] };
    const difference = compareRender(actual, expected, { tolerance: 0 });
    expect(difference).toMatchObject({ frame: 4, channel: 'right', actual: -4, expected: 4 });
    expect(difference?.report).toBe(
      [
        'frame 4, right: got -4 (c010000000000000), expected 4 (4010000000000000), error -8',
        '  1: got [1, 1] expected [1, 1]',
        '  2: got [2, 2] expected [2, 2]',
        '  3: got [3, 3] expected [3, 3]',
        '> 4: got [4, -4] expected [4, 4]',
        '  5: got [5, 5] expected [5, 5]',
        '  6: got [9, 6] expected [6, 6]',
        '  7: got [7, 7] expected [7, 7]',
      ].join('\n'),
    );
  });

  it('compares a range only, if asked', () => {
    const range = { tolerance: 0, fromFrame: 1, toFrame: 2 };
    expect(compareRender(both([9, 1, 9]), both([0, 1, 2]), range)).toBeNull();
    expect(compareRender(both([0, 9, 2]), both([0, 1, 2]), range)?.frame).toBe(1);
  });

  it('does not take a shorter render for the same', () => {
    expect(() => expectSameRender('short', both([1]), both([1, 2]), { tolerance: 0 })).toThrow(
      'short: left: 1 frames instead of 2',
    );
  });

  it('finds the largest step, within a range', () => {
    const render = { left: [0, 1, 1, 1], right: [0, 0, 0, -3] };
    expect(largestStep(render)).toBe(3);
    expect(largestStep(render, 1, 3)).toBe(0);
    expect(largestStep(render, 0, 2)).toBe(1);
  });

  it('writes a number as the bits it has', () => {
    expect(bits(1)).toBe('3ff0000000000000');
    expect(bits(-0)).toBe('8000000000000000');
  });
});
