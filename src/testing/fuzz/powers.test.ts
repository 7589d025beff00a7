/** Scripts mean the same with `Math.pow` in the place of `**`. */
import { expect, it } from 'vitest';
import { withoutPowers } from './powers.ts';

it.each([
  ['2 ** 3 ** 2', 512],
  ['(1 + 2) ** 2 * 3', 27],
  ['(() => { let x = 3; x **= 2; return x })()', 9],
  ['(() => { const a = [1, 2, 3]; let i = 0; a[i++] **= 2; a[i++] **= 3; return a.join() + i })()', '1,8,32'],
  ['(() => { const o = { p: 2 }; return [(o.p **= 4), o.p].join() })()', '16,16'],
  ['(() => { const p = 5, o = { p }; return o.p ** 2 })()', 25],
  ['(() => { switch (0) { case 0: return f() ** 2; default: function f() { return 3 } } })()', 9],
])('%s', (text, value) => {
  const script = withoutPowers(`const result = ${text}; result`);
  expect(script.replace(/'[^']*'/g, '')).not.toContain('**');
  const run = new Function(`'use strict'; ${script.replace(/; result$/, '; return result')}`) as () => unknown;
  expect(run()).toBe(value);
});
