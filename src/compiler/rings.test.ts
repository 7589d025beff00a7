/** Which programs have a delay line, what its cursor is, and on which side of the write it is stepped. */
import { describe, expect, it } from 'vitest';
import { compileText } from '../testing/compileText.ts';
import type { RingShape } from './ringShape.ts';

/** Rings of `line`, an array of the top level with 64 elements, in a program with such a frame. */
function ringsOf(frame: string): readonly RingShape[] {
  const text = `const size = 64\nconst line = new Float64Array(size)\nlet at = 0
    export default (t) => { const x = t; ${frame}; return line[0] }`;
  const { lowered, diagnostics } = compileText(text);
  if (!lowered) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return lowered.roots.find(({ path }) => path === 'line')?.uses?.rings ?? [];
}

const next = { kind: 'wrapped', newest: false };
const newest = { kind: 'wrapped', newest: true };

it.each([
  ['line[at] = x; at = (at + 1) % size', next],
  ['line[at] = x; at = (1 + at) % line.length', next],
  ['at = (at + 1) % size; line[at] = x', newest],
  ['line[at] = x; at++; at %= size', next],
  ['line[at] = x; at = (at + 1) & 63', next],
  ['line[at] = x; at = (at + 1) & (line.length - 1)', next],
  ['line[at++] = x; if (at >= size) at = 0', next],
  ['line[++at] = x; if (at >= size - 1) at = 0', newest],
  ['line[at] = x; if (++at >= size) at = 0', next],
  ['line[at] = x; if (++at > 63) at = 0', next],
  ['line[at] = x; if (size <= ++at) at = 0', next],
  ['line[at] = x; ++at >= size && (at = 0)', next],
  ['line[at] = x; ++at < size || (at = 0)', next],
  ['line[at] = x; at += 1; while (at >= size) at -= size', next],
  ['line[at] = x; if (at === size - 1) at = 0; else at++', next],
  ['line[at] = x; if (at + 1 < size) at++; else at = 0', next],
  ['line[at] = x; at = at + 1 < size ? at + 1 : 0', next],
  ['line[at] = x; at = at >= size - 1 ? 0 : at + 1', next],
  ['line[at] = x; at = ++at < size ? at : 0', next],
  ['line[at] = x; const n = at + 1; at = n % size', next],
  ['line[at] = x; const n = at + 1; at = n < size ? n : 0', next],
  ['const w = at; at = (at + 1) % size; line[w] = x', next],
  ['line[at] += 0.5 * x; at = (at + 1) % size', next],
  ['const d = line; d[at | 0] = x; at = (at + 1) % d.length', next],
  ['line[at % size] = x; at++', { kind: 'counter', newest: false }],
  ['at += 1; line[at % 64] = x', { kind: 'counter', newest: true }],
  ['line[currentFrame % size] = x', { kind: 'frame', newest: false }],
  ['const w = currentFrame & 63; line[w] = x', { kind: 'frame', newest: false }],
])('%s', (frame, expected) => {
  const rings = ringsOf(frame);
  expect(rings.map(({ cursor, isNewestAtCursor }) => ({ kind: cursor.kind, newest: isNewestAtCursor }))).toEqual([
    expected,
  ]);
});

describe('no delay line', () => {
  it.each([
    ['a step of two', 'line[at] = x; at = (at + 2) % size'],
    ['a step that depends', 'line[at] = x; at = (at + x) % size'],
    ['a reset at any time', 'line[at] = x; at = (at + 1) % size; if (x > 3) at = 0'],
    ['a reset to the middle', 'line[at] = x; if (++at >= size) at = 5'],
    ['a cursor that is set', 'line[at] = x; at = (at + 1) % size; if (x > 3) at = 7'],
    ['a write elsewhere', 'line[at] = x; line[3] = x; at = (at + 1) % size'],
    ['an element at an angle', 'line[(at * 3) % size] = x; at = (at + 1) % size'],
    ['a step on both sides of the write', 'at = (at + 1) % size; line[at] = x; at = (at + 1) % size'],
    ['a length that changes', 'line[at] = x; at = (at + 1) % (1 + Math.floor(60 * x))'],
    ['nothing that is written', 'at = (at + 1) % size; const y = line[at]'],
    ['a count with no end', 'line[at] = x; at++'],
    ['other conditions beside the end', 'line[at] = x; at++; if (at >= size && x > 0) at = 0'],
  ])('%s', (_, frame) => expect(ringsOf(frame)).toEqual([]));
});
