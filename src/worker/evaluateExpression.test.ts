/** What expressions give is what JavaScript gives for them. */
import { describe, expect, it } from 'vitest';
import { emit } from '../compiler/emit/emit.ts';
import type { Evaluated } from '../protocol/peek.ts';
import { testLibrary } from '../testing/compileText.ts';
import { evaluateExpression } from './evaluateExpression.ts';

const TEXT = `const base = 110 * 2
let steps = [0, 4, 7]
const table = new Float64Array(1024).fill(0).map((_, n) => Math.sin(n / 100))
const isLoud = base > 100
const name = 'a' + 'b'
function ramp() {
  let n = 0
  return () => {
    const next = n + 1
    n = next
    return n / 8
  }
}
const up = ramp()
const broken = 1
export default (t) => [
  up() * 0.5, // half
  steps[1],
]
`;

const options = { sampleRate: 48_000, emit };

/** The line is the one that begins with this. */
function ofLine(start: string, text = TEXT): Evaluated {
  const at = text.split('\n').findIndex((line) => line.trim().startsWith(start));
  const offset = text.split('\n').slice(0, at).join('\n').length + 1;
  return evaluateExpression(text, { start: offset, end: offset }, testLibrary(), options);
}

function ofSelection(selected: string): Evaluated {
  const start = TEXT.indexOf(selected);
  return evaluateExpression(TEXT, { start, end: start + selected.length }, testLibrary(), options);
}

describe('a line', () => {
  it.each([
    ['const base', '220'],
    ['let steps', '[0, 4, 7]'],
    ['const isLoud', 'true'],
    ['const name', "'ab'"],
    ['function ramp', 'a function'],
    ['steps[1]', '4'],
  ])('%s gives %s', (start, wanted) => {
    expect(ofLine(start)).toEqual({ kind: 'value', text: wanted });
  });

  it('with a closure gives the signal that it makes', () => {
    const found = ofLine('const up');
    if (found.kind !== 'signal') throw new Error(JSON.stringify(found));
    expect([...found.left.subarray(0, 4)]).toEqual([0.125, 0.25, 0.375, 0.5]);
    expect(found.right).toBeNull();
  });

  it('with the default export gives both channels', () => {
    const found = ofLine('export default');
    if (found.kind !== 'signal') throw new Error(JSON.stringify(found));
    expect([found.left[3], found.right?.[3], found.left.length % 128]).toEqual([0.25, 4, 0]);
  });

  it('with many numbers gives them as a table', () => {
    const found = ofLine('const table');
    if (found.kind !== 'table') throw new Error(JSON.stringify(found));
    expect([found.count, found.values.length]).toEqual([1024, 1024]);
    expect(found.values[157]).toBeCloseTo(Math.sin(1.57), 6);
  });

  it('in a function says which of its names are only known there', () => {
    const reason = (name: string) =>
      `\`${name}\` lives only in its function: \`probe(${name}, '${name}')\` there shows it.`;
    expect(ofLine('const next')).toEqual({ kind: 'none', reason: reason('n') });
    const text = 'export default (t) => {\n  let sum = 0\n  sum += t\n  return sun + sum\n}\n';
    expect(ofLine('sum +=', text)).toEqual({ kind: 'none', reason: reason('sum') });
    // What is defined nowhere is told as such.
    expect(ofLine('return', text)).toMatchObject({
      kind: 'none',
      reason: expect.stringContaining('`sun` is not defined'),
    });
    expect(ofLine('}', '}\n')).toMatchObject({ kind: 'none' });
  });

  it('that never ends is given up', () => {
    const text = 'const x = (() => { let n = 0; while (n >= 0) n++; return n })()\nexport default () => x\n';
    expect(ofLine('const x', text).kind).toBe('none');
  });
});

describe('a selection', () => {
  it.each([
    ['110 * 2', '220'],
    ['steps[1]', '4'],
    ['base > 100', 'true'],
    ["'a' + 'b'", "'ab'"],
  ])('%s gives %s', (selected, wanted) => {
    expect(ofSelection(selected)).toEqual({ kind: 'value', text: wanted });
  });

  it('that is no expression says so', () => {
    expect(ofSelection('=> {').kind).toBe('none');
  });
});
