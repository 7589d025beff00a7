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

describe('running down', () => {
  it.each([
    ['line[at] = x; at = (at - 1 + size) % size', next],
    ['line[at] = x; at = (at + size - 1) % size', next],
    ['line[at] = x; at = (at + (size - 1)) % size', next],
    ['line[at] = x; at = (at + 63) % 64', next],
    ['at = (line.length + at - 1) % line.length; line[at] = x', newest],
    ['line[at] = x; at = (at - 1) & 63', next],
    ['line[at] = x; at = (at + 63) & 63', next],
    ['line[at] = x; at--; at &= line.length - 1', next],
    ['line[at--] = x; if (at < 0) at = size - 1', next],
    ['line[at] = x; if (--at < 0) at = size - 1', next],
    ['line[at] = x; if (--at === -1) at = 63', next],
    ['line[at] = x; if (0 > --at) at = line.length - 1', next],
    ['line[at] = x; if (at-- === 0) at = size - 1', next],
    ['line[at] = x; if (at === 0) at = size - 1; else at--', next],
    ['line[at] = x; if (at > 0) at -= 1; else at = size - 1', next],
    ['line[at] = x; at -= 1; if (at < 0) at += size', next],
    ['line[at] = x; at--; if (at < 0) at = at + size', next],
    ['line[at] = x; at = at > 0 ? at - 1 : size - 1', next],
    ['line[at] = x; at = at === 0 ? size - 1 : at - 1', next],
    ['line[at] = x; at = at - 1 < 0 ? size - 1 : at - 1', next],
    ['if (--at < 0) at = size - 1; line[at] = x', newest],
  ])('%s', (frame, expected) => {
    const rings = ringsOf(frame);
    expect(rings.map((ring) => [ring.runsDown, ring.cursor.kind, ring.isNewestAtCursor])).toEqual([
      [true, expected.kind, expected.newest],
    ]);
    expect(rings.every(({ lengths }) => lengths.length > 0)).toBe(true);
  });

  it.each([
    ['to the start and no further', 'line[at] = x; at--; if (at < 0) at = 0'],
    ['to the middle', 'line[at] = x; if (--at < 5) at = size - 1'],
    ['a round that leaves the first element out', 'line[at] = x; at--; if (at === 0) at = size - 1'],
    ['modulo, which is below 0 for what is', 'line[at] = x; at--; at %= size'],
    ['both ways', 'line[at] = x; if (x > 0) at = (at + 1) % size; else at = (at - 1 + size) % size'],
    ['a count that only falls', 'line[at % size] = x; at--'],
    ['a step of two', 'line[at] = x; at = (at - 2 + size) % size'],
  ])('no delay line: %s', (_, frame) => expect(ringsOf(frame)).toEqual([]));
});

describe('an array of cursors', () => {
  /** Rings of `lines`, two arrays of the top level, in a program with such statements for each index. */
  const eachOf = (body: string, at = '[0, 0]', more = ''): readonly RingShape[] => {
    const { lowered, diagnostics } = compileText(`const size = 64
      const sizes = [64, 32]
      const lines = sizes.map((n) => new Float64Array(n))
      const at = ${at}
      export default (t) => {
        const x = t
        ${more}
        for (let i = 0; i < 2; i++) { ${body} }
        return lines[0][0]
      }`);
    if (!lowered) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    return lowered.roots.find(({ path }) => path === 'lines')?.uses?.rings ?? [];
  };

  it.each([
    ['lines[i][at[i]] = x; at[i] = (at[i] + 1) % lines[i].length', '[0, 0]'],
    ['lines[i][at[i]] = x; at[i] = (at[i] + 1) % sizes[i]', '[0, 0]'],
    ['const line = lines[i]; line[at[i]] = x; at[i] = at[i] + 1 < line.length ? at[i] + 1 : 0', '[0, 0]'],
    ['lines[i][at[i]++] = x; if (at[i] >= lines[i].length) at[i] = 0', '[0, 0]'],
    ['lines[i][at[i]] = x; if (++at[i] >= size) at[i] = 0', 'new Float64Array(2)'],
    ['lines[i][at[i]] = x; at[i] = (at[i] + 1) % lines[i].length', 'new Int32Array(2)'],
    ['lines[i][at[i]] = x; at[i] = at[i] > 0 ? at[i] - 1 : lines[i].length - 1', '[0, 0]'],
    ['const w = at[i]; at[i] = (w + 1) % sizes[i]; lines[i][w] = x', '[0, 0]'],
  ])('%s', (body, at) => {
    expect(eachOf(body, at).map(({ isEach, cursor }) => [isEach, cursor.kind])).toEqual([[true, 'wrapped']]);
  });

  it.each([
    ['a cursor of another line', 'lines[i][at[1 - i]] = x; at[i] = (at[i] + 1) % sizes[i]', ''],
    ['a cursor that is set', 'lines[i][at[i]] = x; at[i] = (at[i] + 1) % sizes[i]', 'if (x > 3) at[0] = 7'],
    ['a write elsewhere', 'lines[i][at[i]] = x; at[i] = (at[i] + 1) % sizes[i]', 'lines[1][3] = x'],
  ])('no delay line: %s', (_, body, more) => expect(eachOf(body, '[0, 0]', more)).toEqual([]));
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
