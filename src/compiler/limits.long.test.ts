/** Mistakes in texts that are as long as a text may be. */
import { expect, it } from 'vitest';
import { MAX_DIAGNOSTICS } from '../language/diagnostics.ts';
import { compileText } from '../testing/compileText.ts';
import { MAX_TEXT_LENGTH } from './parse.ts';

it.each([
  ['unknown names', 'q\n', 'undefined-name'],
  ['declarations of one name', 'let a\n', null],
  ['recoverable mistakes', '010\n', 'syntax'],
  ['functions that are not closed', '\nfunction a() {\n', 'syntax'],
])('are told up to a number: %s', (_, line, code) => {
  const { diagnostics } = compileText(line.repeat(MAX_TEXT_LENGTH / line.length));
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(diagnostics.length).toBeLessThanOrEqual(MAX_DIAGNOSTICS + 1);
  if (code !== null) expect(diagnostics[0].code).toBe(code);
});
