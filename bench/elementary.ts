/**
 * `npm run bench -- elementary [--only NAMES] [--rounds N] [--before DIR]`: nanoseconds per call of each elementary
 * function in a compiled patch, and in the same text run by this JavaScript engine with its own `Math`. `--before` names
 * another checkout of this repository, whose library is measured in the same run. In alternation; the tenth part that was fastest counts, and the time of the
 * loop without the call is taken off. Node, one thread.
 */

import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { LibrarySource } from '../src/compiler/library.ts';
import { loadJavaScript } from '../src/node/javaScriptPatch.ts';
import { readLibrary } from '../src/node/librarySource.ts';
import { Player } from '../src/node/player.ts';
import { Session } from '../src/worker/session.ts';
import { quantile, table } from './statistics.ts';

const SAMPLE_RATE = 48_000;
const CALLS_PER_FRAME = 200;
const FRAMES = 128;
const ROUNDS = 41;
/** Rounds after which engines have optimised the code. */
const WARM_UP = 20;

/** A call, and where its argument `x` runs. */
interface Call {
  readonly name: string;
  readonly call: string;
  readonly from: number;
  readonly to: number;
}

const CALLS: readonly Call[] = [
  { name: 'sin', call: 'Math.sin(x)', from: 0, to: 6.28 },
  { name: 'sin, 0 to 10^6', call: 'Math.sin(x)', from: 0, to: 1e6 },
  { name: 'cos', call: 'Math.cos(x)', from: 0, to: 6.28 },
  { name: 'tan', call: 'Math.tan(x)', from: 0, to: 1.5 },
  { name: 'exp', call: 'Math.exp(x)', from: -10, to: 1 },
  { name: 'expm1', call: 'Math.expm1(x)', from: -2, to: 2 },
  { name: 'log', call: 'Math.log(x)', from: 0.01, to: 10 },
  { name: 'log1p', call: 'Math.log1p(x)', from: -0.5, to: 2 },
  { name: 'log2', call: 'Math.log2(x)', from: 0.01, to: 10 },
  { name: 'log10', call: 'Math.log10(x)', from: 0.01, to: 10 },
  { name: '2 ** x', call: '2 ** x', from: -5, to: 5 },
  { name: 'pow', call: 'Math.pow(x, 2.4)', from: 0.01, to: 10 },
  { name: 'x ** 2', call: 'x ** 2', from: -2, to: 2 },
  { name: 'x ** 3', call: 'x ** 3', from: -2, to: 2 },
  { name: 'tanh', call: 'Math.tanh(x)', from: -3, to: 3 },
  { name: 'sinh', call: 'Math.sinh(x)', from: -3, to: 3 },
  { name: 'cosh', call: 'Math.cosh(x)', from: -3, to: 3 },
  { name: 'asinh', call: 'Math.asinh(x)', from: -3, to: 3 },
  { name: 'acosh', call: 'Math.acosh(x)', from: 1, to: 4 },
  { name: 'atanh', call: 'Math.atanh(x)', from: -0.9, to: 0.9 },
  { name: 'asin', call: 'Math.asin(x)', from: -1, to: 1 },
  { name: 'acos', call: 'Math.acos(x)', from: -1, to: 1 },
  { name: 'atan', call: 'Math.atan(x)', from: -3, to: 3 },
  { name: 'atan2', call: 'Math.atan2(x, 1.5 - x)', from: -3, to: 3 },
  { name: 'cbrt', call: 'Math.cbrt(x)', from: -3, to: 3 },
  { name: 'hypot', call: 'Math.hypot(x, 1.5)', from: -3, to: 3 },
];

/** Adds up calls with arguments that do not depend on each other's results. */
const patchOf = ({ call, from, to }: Pick<Call, 'call' | 'from' | 'to'>): string => `
let x = ${from}
export default () => {
  let sum = 0
  for (let n = 0; n < ${CALLS_PER_FRAME}; n++) {
    x += ${(to - from) * 0.0137137}
    if (x > ${to}) x -= ${to - from}
    sum += ${call}
  }
  return sum
}
`;

interface Column {
  readonly name: string;
  readonly load: (text: string) => Promise<() => void>;
}

function compiled(name: string, library: LibrarySource[]): Column {
  return {
    name,
    load: async (text) => {
      const session = await Session.create({
        sampleRate: SAMPLE_RATE,
        fadeFrames: 0,
        postsModules: true,
        seed: 1,
        library,
      });
      const player = new Player(session, { sampleRate: SAMPLE_RATE, raw: true });
      const outcome = player.offer(text);
      if (outcome.kind !== 'committed') throw new Error(`${outcome.kind}: ${text}`);
      return renderer(player);
    },
  };
}

const javaScript: Column = {
  name: 'JavaScript',
  load: async (text) => renderer(loadJavaScript(text, SAMPLE_RATE)),
};

function renderer(patch: { process(left: Float64Array, right: Float64Array, frames: number): void }): () => void {
  const [left, right] = [new Float64Array(FRAMES), new Float64Array(FRAMES)];
  return () => patch.process(left, right, FRAMES);
}

/** The library of another checkout, which may have other modules. */
async function libraryOf(directory: string): Promise<LibrarySource[]> {
  const file = path.resolve(directory, 'src/node/librarySource.ts');
  const { readLibrary: read } = (await import(pathToFileURL(file).href)) as { readLibrary: () => LibrarySource[] };
  return read();
}

/** Nanoseconds per call: the fast tenth of each column, columns in alternation. */
async function measure(text: string, columns: readonly Column[], rounds: number): Promise<number[]> {
  const loaded = await Promise.all(columns.map(({ load }) => load(text)));
  const series = loaded.map((): number[] => []);
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const [index, render] of loaded.entries()) {
      const startMs = performance.now();
      render();
      const ms = performance.now() - startMs;
      if (round >= 0) series[index].push((ms * 1e6) / (FRAMES * CALLS_PER_FRAME));
    }
  }
  return series.map((values) => quantile(values, 0.1));
}

/** Nothing, where a call takes no time that can be measured. */
const ratioOf = (ns: number, own: number): string => (Math.min(ns, own) > 0.5 ? (ns / own).toFixed(2) : '');

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' }, rounds: { type: 'string' }, before: { type: 'string' } },
  });
  const rounds = Number(values.rounds ?? ROUNDS);
  const only = values.only?.split(',');
  const columns = [
    compiled('tier 1', readLibrary()),
    ...(values.before ? [compiled('before', await libraryOf(values.before))] : []),
    javaScript,
  ];
  const rows = [['', ...columns.flatMap(({ name }, n) => (n === 0 ? [name] : [name, 'ratio']))]];
  for (const call of CALLS) {
    if (only && !only.includes(call.name)) continue;
    const empty = await measure(patchOf({ ...call, call: 'x' }), columns, rounds);
    const all = await measure(patchOf(call), columns, rounds);
    const ns = all.map((value, n) => value - empty[n]);
    rows.push([
      call.name,
      ...ns.flatMap((value, n) => [`${value.toFixed(1)} ns`, ...(n === 0 ? [] : [ratioOf(value, ns[0])])]),
    ]);
  }
  process.stdout.write(`${table(rows)}\n`);
}
