import { expect, it } from 'vitest';
import { renderOracle } from '../src/testing/oracle.ts';
import { EDITED_CLOSURES, largePatch } from './largePatch.ts';

it.each([280, 300, 1000])('is %i lines long', (lines) => {
  const text = largePatch({ lines });
  expect(text.endsWith('\n')).toBe(true);
  expect(text.split('\n')).toHaveLength(lines + 1);
});

it('changes one line with each edit, in the body of the closure it says', () => {
  const editsInAll = 200;
  for (let edits = 1; edits <= editsInAll; edits++) {
    const before = largePatch({ edits: edits - 1 }).split('\n');
    const after = largePatch({ edits }).split('\n');
    const changed = after.flatMap((line, index) => (line === before[index] ? [] : [index]));
    expect(changed).toHaveLength(1);
    const enclosing = after.slice(0, changed[0] + 1).findLast((line) => /^(function|const)\b/.test(line));
    const name = EDITED_CLOSURES[(edits - 1) % EDITED_CLOSURES.length];
    expect(enclosing).toMatch(new RegExp(`^(function|const) ${name === 'lowpass' ? 'filter' : name}\\b`));
  }
});

it('plays as JavaScript: all of it finite, and loud enough to be heard, whatever its edits', () => {
  for (const edits of [0, 7 * 19 + 6]) {
    const { left, right } = renderOracle(largePatch({ edits }), { frames: 48_000 });
    for (const channel of [left, right]) {
      expect(channel.every(Number.isFinite)).toBe(true);
      const rms = Math.sqrt(channel.reduce((sum, sample) => sum + sample * sample, 0) / channel.length);
      expect(rms).toBeGreaterThan(0.05);
      expect(Math.max(...channel.map(Math.abs))).toBeLessThanOrEqual(1);
    }
  }
});
