/** Text can be read in both themes: the contrasts of WCAG 2, computed from the tokens themselves. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(path.join(import.meta.dirname, 'tokens.css'), 'utf8');
const blocks = [...css.matchAll(/(:root[^{]*)\{([^}]*)\}/g)].map(([, selector, body]) => ({
  selector: selector.trim(),
  tokens: Object.fromEntries(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  ),
}));
const dark = blocks.find(({ selector }) => selector === ':root')!.tokens;
const light = blocks.find(({ selector }) => selector.includes('light'))!.tokens;

/** Relative luminance of `#rrggbb`. */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [high, low] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

const READ_ON_GROUND = ['text', 'quiet', 'accent', 'error', 'warning', 'good'];
const CODE = ['comment', 'keyword', 'number', 'string', 'type', 'delimiter', 'gutter'].map((name) => `code-${name}`);

describe.each([
  ['dark', dark],
  ['light', { ...dark, ...light }],
])('%s', (_, tokens) => {
  it.each([...READ_ON_GROUND, ...CODE])('%s has at least 4.5 : 1 on the ground', (name) => {
    expect(contrast(tokens[name], tokens.ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['text', 'quiet'])('%s has at least 4.5 : 1 on what is raised', (name) => {
    expect(contrast(tokens[name], tokens.raised)).toBeGreaterThanOrEqual(4.5);
  });

  it('has at least 4.5 : 1 on play, also under the pointer, and on what is selected or hovered', () => {
    expect(contrast(tokens['on-accent'], tokens.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens['on-accent'], tokens['accent-hover'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.text, tokens['code-selection'])).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.text, tokens.line)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(tokens.focus, tokens.ground)).toBeGreaterThanOrEqual(3);
  });
});

it('has the same colours by role in both themes', () => {
  expect(Object.keys(light).sort()).toEqual(Object.keys(dark).sort());
});
