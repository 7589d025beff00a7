/** The picture of given patches: boxes, who calls whom, counts and state, as one would draw them by hand from the text. */

import { expect, it } from 'vitest';
import type { GraphBox, PatchGraph } from '../../protocol/graph.ts';
import { LivePatch } from '../../testing/live.ts';

async function pictureOf(text: string): Promise<PatchGraph> {
  return pictured(await LivePatch.create(text));
}

function pictured(live: LivePatch): PatchGraph {
  live.render(256);
  const graph = live.session.ask('', { kind: 'graph' }) as PatchGraph | null;
  if (!graph) throw new Error('nothing plays');
  return graph;
}

/** `KIND LABEL ×COUNT <MADE BY> {STATE BYTES, …}`, without what is one or empty. */
function drawn({ kind, label, count, madeBy, state, isCalled }: GraphBox): string {
  const held = state.map(({ name, sizeBytes }) => `${name} ${sizeBytes}`);
  return [
    `${kind} ${label}`,
    count > 1 && `×${count}`,
    madeBy !== '' && `<${madeBy}>`,
    held.length > 0 && `{${held.join(', ')}}`,
    !isCalled && '(never called)',
  ]
    .filter(Boolean)
    .join(' ');
}

function lines({ boxes, edges }: PatchGraph): string[] {
  const label = new Map(boxes.map((box) => [box.id, box.label]));
  return edges.map(({ from, to, kind }) => `${label.get(from)} ${kind} ${label.get(to)}`).toSorted();
}

const boxesOf = (graph: PatchGraph): string[] => graph.boxes.map(drawn);

it('draws equal closures in an array as one box, with what they hold and call', async () => {
  const graph = await pictureOf(`
function wobble(depth) {
  let turns = 0
  return (f) => { turns = (turns + 5 / sampleRate) % 1; return f * (1 + depth * turns) }
}
function tone() {
  let phase = 0
  return (f) => { phase = (phase + f / sampleRate) % 1; return phase - 0.5 }
}
const half = (x) => x / 2
const voices = [110, 165, 220].map((f) => ({ f, osc: tone(), vib: wobble(0.01) }))
export default () => {
  let x = 0
  for (const v of voices) x += v.osc(v.vib(v.f))
  return half(x)
}`);
  expect(boxesOf(graph)).toEqual([
    'output output',
    'closure voices[].vib ×3 <wobble> {turns 24}',
    'closure voices[].osc ×3 <tone> {phase 24}',
    'function half',
  ]);
  expect(lines(graph)).toEqual(['output calls half', 'output calls voices[].osc', 'output calls voices[].vib']);
  expect(graph).toMatchObject({ leftOut: 0, isPartial: false });
});

it('follows closures that closures hold, into buffers, and through the functions of arrays', async () => {
  const graph = await pictureOf(`
function echo(frames) {
  const line = new Float32Array(frames)
  const tone = lag()
  let at = 0
  return (x) => { const y = tone(line[at]); line[at] = x + y / 2; at = (at + 1) % frames; return y }
}
function lag() { let held = 0; return (x) => { held += (x - held) / 4; return held } }
const echoes = [echo(100), echo(200)]
const gain = (x) => x * 0.5
const sum = (x) => echoes.reduce((all, one) => all + one(x), 0)
export default (t) => gain(sum(t % 1))`);
  expect(boxesOf(graph)).toEqual([
    'output output',
    'function sum',
    'closure echoes[] ×2 <echo> {line 1200, at 16}',
    'closure echoes[].tone ×2 <lag> {held 16}',
    'function gain',
  ]);
  expect(lines(graph)).toEqual([
    'echoes[] calls echoes[].tone',
    'output calls gain',
    'output calls sum',
    'sum calls echoes[]',
  ]);
});

it('tells closures of several functions in one array apart, and those that are picked at run time', async () => {
  const graph = await pictureOf(`
function up() { let a = 0; return () => { a = (a + 0.01) % 1; return a } }
function down() { let b = 1; return () => { b = b > 0 ? b - 0.01 : 1; return b } }
const waves = [up(), down(), up()]
let n = 0
export default () => { n = (n + 1) % 3; return waves[n]() / 3 }`);
  expect(boxesOf(graph)).toEqual([
    'output output {n 8}',
    'closure waves[] ×2 <up> {a 16}',
    'closure waves[1] <down> {b 8}',
  ]);
  expect(lines(graph)).toEqual(['output calls waves[1]', 'output calls waves[]']);
});

it('draws objects of classes as boxes, with the closures that they hold', async () => {
  const graph = await pictureOf(`
class Voice {
  constructor(f) { this.f = f; this.level = 1; this.osc = sine() }
  strike() { this.level = 1 }
  tick() { this.level *= 0.999; return this.level * this.osc(this.f) }
}
class Bell extends Voice {
  tick() { return super.tick() / 2 }
}
const bells = [new Bell(300), new Bell(400)]
export default (t) => {
  if (t % 1 < 0.001) bells[0].strike()
  return bells[0].tick() + bells[1].tick()
}`);
  expect(boxesOf(graph)).toEqual([
    'output output',
    'object bells[] ×2 <Bell> {level 16}',
    'library bells[].osc ×2 <sine> {turns 16}',
  ]);
  expect(lines(graph)).toEqual(['bells[] calls bells[].osc', 'output calls bells[]']);
});

it('keeps what the library makes as one box each, and draws controls', async () => {
  const graph = await pictureOf(`
const cutoff = slider('cutoff', 900, { min: 50, max: 8000 })
const osc = saw()
const low = svf()
const spare = sine()
export default () => low(osc(110), cutoff(), 0.8).low / 4`);
  expect(boxesOf(graph).map((box) => box.replace(/ \{.*\}/, ''))).toEqual([
    'output output',
    'library osc <saw>',
    'control cutoff',
    'library low <svf>',
    'library spare <sine> (never called)',
  ]);
  expect(lines(graph)).toEqual(['output calls cutoff', 'output calls low', 'output calls osc']);
  // Their state is what the worker's table of the running code says of the units.
  const live = await LivePatch.create(`const low = svf()\nexport default (t) => low(t % 1, 900, 0.8).low / 4`);
  const [, low] = pictured(live).boxes;
  const bytes = low?.state.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  expect(bytes).toBe(live.session.rows().find(({ unit }) => unit === 'low')?.stateBytes);
});

it('draws what after and every call, and the variables that several functions use', async () => {
  const graph = await pictureOf(`
let level = 0
let gate = 0
let phase = 0
every(0.5, () => { level = 1; gate = 1 })
function fall() { level *= 0.9; after(0.01, fall) }
after(0, fall)
export default () => {
  phase = (phase + 220 / sampleRate) % 1
  return level * gate * (phase - 0.5)
}`);
  expect(boxesOf(graph)).toEqual([
    'output output {phase 8}',
    'events after, every',
    'function every(0.5, () => { le…',
    'function fall',
    'state level {level 8}',
    'state gate {gate 8}',
  ]);
  expect(lines(graph)).toEqual([
    'after, every calls every(0.5, () => { le…',
    'after, every calls fall',
    'every(0.5, () => { le… uses gate',
    'every(0.5, () => { le… uses level',
    'fall uses level',
    'output uses gate',
    'output uses level',
  ]);
});

it('leads to the text, and keeps ids from edit to edit', async () => {
  const text = `const osc = [sine(), sine()]
function twice(x) { return 2 * x }
export default () => twice(osc[0](110) + osc[1](220)) / 8`;
  const live = await LivePatch.create(text);
  const before = pictured(live);
  const said = (graph: PatchGraph) =>
    graph.boxes.map(({ id, span }) => [id, span && graph.text.slice(span.start, span.end).slice(0, 14)]);
  expect(said(before)).toEqual([
    ['default', '() => twice(os'],
    ['osc[]', 'osc = [sine(),'],
    ['twice', 'function twice'],
  ]);
  live.swap(`// one more\n${text.replace('[sine(), sine()]', '[sine(), sine(), sine()]')}`);
  const after = pictured(live);
  expect(after.generation).toBeGreaterThan(before.generation);
  expect(said(after).map(([id]) => id)).toEqual(said(before).map(([id]) => id));
  expect(after.boxes.find(({ id }) => id === 'osc[]')?.count).toBe(3);
  expect(said(after)).toEqual(said(before));
});

it('leads to the newest text that means the same, as the table of the running code does', async () => {
  const text = 'const osc = sine()\nexport default () => osc(110) / 8';
  const live = await LivePatch.create(text);
  live.render(256);
  const newer = `// a line more\n${text}`;
  expect(live.compile(newer).batch).toBeNull();
  const graph = pictured(live);
  expect(graph.text).toBe(newer);
  const texts = [...graph.boxes, ...live.session.rows()]
    .flatMap(({ span }) => span ?? [])
    .map(({ start, end }) => newer.slice(start, end));
  expect(texts).toEqual(['() => osc(110) / 8', 'osc = sine()', 'osc = sine()', '() => osc(110) / 8']);
});

it('is of what sounds, not of what waits for its beat; and there is none before the first text', async () => {
  const live = await LivePatch.silent();
  expect(live.session.ask('', { kind: 'graph' })).toBeNull();
  live.swap('export default (t) => t % 0.01');
  const first = pictured(live);
  live.compile('const a = sine()\nexport default () => a(220) / 8');
  expect(pictured(live)).toEqual(first);
});

it('leaves boxes out beyond a number, and says so', async () => {
  const names = Array.from({ length: 150 }, (_, n) => `f${n}`);
  const graph = await pictureOf(
    `${names.map((name, n) => `function ${name}(x) { return x + ${n} }`).join('\n')}
export default () => (${names.map((name) => `${name}(0)`).join(' + ')}) / 100000`,
  );
  expect(graph.boxes).toHaveLength(120);
  expect(graph.leftOut).toBe(31);
});
