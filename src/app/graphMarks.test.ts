/** What the last swap did, as it shows in the boxes of the patch: real swaps, and what one would mark by hand. */

import { expect, it } from 'vitest';
import type { PatchGraph } from '../protocol/graph.ts';
import { LivePatch } from '../testing/live.ts';
import { marksOf, marksText, sentenceOf, shortLabel } from './graphMarks.ts';
import type { Swap } from './model.ts';

/** Boxes by label with their marks, after `text` was swapped in for what `live` plays. */
async function marked(before: string, text: string) {
  const live = await LivePatch.create(before);
  live.render(4096);
  const { report, batch } = live.swap(text);
  live.render(4096);
  const graph = live.session.ask('', { kind: 'graph' }) as PatchGraph;
  const serial = batch?.generation ?? 0;
  const swap: Swap = {
    ...{ serial, cause: 'edit', latencyMs: 0, compileMs: 0, fadeMs: 0 },
    ...{ transition: 'fade', report },
  };
  const marks = marksOf(graph, swap);
  const byLabel = Object.fromEntries(
    graph.boxes.flatMap(({ id, label }) => (marks.has(id) ? [[label, [...marks.get(id)!].toSorted()]] : [])),
  );
  return { graph, marks, byLabel, swap };
}

const PATCH = `function tone(step) {
  let phase = 0
  return (f) => { phase = (phase + f / sampleRate) % 1; return phase * step }
}
const voices = [tone(1), tone(2)]
const low = tone(3)
let turn = 0.25
const half = (x) => x / 2
export default () => { turn = (turn + 0.001) % 1; return half(voices[0](110) + voices[1](220) + low(55)) * turn / 9 }`;

it('marks what the edit changed and nothing else', async () => {
  expect((await marked(PATCH, PATCH.replace('x / 2', 'x / 3'))).byLabel).toEqual({ half: ['changed'] });
  const { byLabel, marks } = await marked(PATCH, PATCH.replace('phase * step', 'phase * step * step'));
  expect(byLabel).toEqual({ 'voices[]': ['changed'], low: ['changed'] });
  expect(marksText(marks)).toBe('last swap: 2 changed');
});

it('marks state that was lost where it is held', async () => {
  const { byLabel, marks, graph } = await marked(PATCH, PATCH.replace('turn = 0.25', 'turn = 0.5'));
  expect(byLabel).toEqual({ output: ['reset'] });
  const [output] = graph.boxes;
  expect(output && sentenceOf(output, graph, marks.get(output.id))).toBe(
    'output · default export · holds turn 8 B · calls voices[], low, half · lost state in the last swap',
  );
});

it('marks boxes that hold only what is new', async () => {
  const more = PATCH.replace('const half', 'const high = tone(4)\nconst half').replace('low(55)', 'low(55) + high(99)');
  expect((await marked(PATCH, more)).byLabel).toEqual({ high: ['changed', 'new'], output: ['changed'] });
});

it('marks nothing of a first text, nor of another generation than it shows', async () => {
  const { graph, swap } = await marked(PATCH, PATCH.replace('x / 2', 'x / 3'));
  expect(marksOf(graph, null).size).toBe(0);
  expect(marksOf(graph, { ...swap, serial: swap.serial + 1 }).size).toBe(0);
  expect((await marked('export default () => 0', PATCH)).marks.size).toBe(0);
});

it('cuts long names in front, and code at its end', () => {
  expect(shortLabel('voices[].osc', 12)).toBe('voices[].osc');
  expect(shortLabel('voices[].next.osc', 12)).toBe('…[].next.osc');
  expect(shortLabel('every(1, () => 0)', 10)).toBe('every(1, …');
});
