/**
 * `npm run bench -- swap [--swaps N]`: what a swap takes of the audio thread, by size of the batch and of the state that is
 * copied: staging, commit and the first block, each beyond what a block takes without a swap. Node, one thread; modules
 * come compiled and were run in the worker’s shadow before, as in the browser. Engines differ: Node 24 has the V8 of
 * browsers of its time, and makes an instance several times as fast as Node 20.
 */

import { parseArgs } from 'node:util';
import { createSession } from '../src/node/session.ts';
import { MAX_MEMORY_PAGES, TABLE_SLOTS } from '../src/protocol/arena.ts';
import type { ProcessorToWorker } from '../src/protocol/audio.ts';
import { Renderer } from '../worklets/renderer.ts';
import { quantile, table } from './statistics.ts';

const AIM = { ms: 0.3, batchBytes: 16_384, stateBytes: 204_800 };
const BLOCK_FRAMES = 128;
const NODE_TABLE_SLOTS = 1024;
/** Swaps that warm the code up before anything is measured. */
const WARM_UP = 20;

interface Kind {
  readonly name: string;
  readonly patch: (edit: number) => string;
  /** Whether the aim is for the worst block, as the swap takes many; the aim for all of a swap is for small ones. */
  readonly isLarge?: boolean;
  readonly swaps?: number;
}

const KINDS: readonly Kind[] = [
  edited(1, 0),
  edited(1, 25_600),
  edited(8, 3_200),
  edited(40, 3_200),
  edited(40, 25_600),
  edited(100, 25_600),
  edited(100, 102_400),
  large(
    'sparse image',
    (edit) => `const table = new Float64Array(220000)
for (let n = 0; n < 20001; n++) table[11 * n] = n + ${edit}
let at = 0
export default () => { at = (at + 11) % table.length; return table[at] }`,
  ),
  large(
    'objects, one more in front',
    (edit) => `function voice(f) {
  let phase = 0
  return () => { phase += f; return phase }
}
const voices = Array.from({ length: ${5000 + (edit % 2)} }, (_, n) => voice(n + ${1 - (edit % 2)}))
let at = 0
export default () => { at = (at + 1) % voices.length; return ${edit} * voices[at]() }`,
  ),
  large(
    'pointers that frames write',
    (edit) => `const cells = Array.from({ length: ${20_000 + (edit % 2)} }, (_, n) => ({ n, next: null }))
for (let n = 0; n + 1 < cells.length; n++) cells[n].next = cells[n + 1]
let at = 0
export default () => { at = (at + 7) % 20000; cells[at].next = cells[(at * 3) % 20000]; return ${edit} * cells[at].next.n }`,
  ),
  large(
    'line of 8 to 23 MB, resized',
    (edit) => `const line = new Float64Array(${[1e6, 1.9e6, 1.2e6, 2.9e6][edit % 4]})
let at = 0
export default () => { at = (at + 1) % line.length; line[at] += ${edit}; return line[(at * 7) % line.length] }`,
  ),
];

function large(name: string, patch: (edit: number) => string): Kind {
  return { name, patch, isLarge: true, swaps: 40 };
}

/** A patch in which every edit changes all its functions. `numbers`: in the delay line that goes on. */
function edited(functions: number, numbers: number): Kind {
  return { name: `${functions} functions`, patch: (edit) => editedPatch(functions, numbers, edit) };
}

function editedPatch(functions: number, numbers: number, edit: number): string {
  const shapes = Array.from(
    { length: functions },
    (_, n) =>
      `const f${n} = (x) => { let y = x * ${n + 1}; y = y - Math.floor(y / ${edit + 2}) * ${edit + 1}; return y > 0.5 ? y * 0.5 : -y + ${n} / 100 }`,
  );
  const sum = shapes.map((_, n) => `f${n}(x)`).join(' + ');
  const lines = numbers > 0 ? `const line = new Float64Array(${numbers})\nlet at = 0\n` : '';
  const write =
    numbers > 0 ? 'at = (at + 1) % line.length; line[at] = x; x += line[(at + 7) % line.length] * 0.1;' : '';
  return `${lines}let phase = 0\n${shapes.join('\n')}\nexport default () => { phase = (phase + 0.01) % 1; let x = phase; ${write} return (${sum}) / ${functions} }\n`;
}

interface Figures {
  readonly batchBytes: number;
  readonly stateBytes: number;
  /** All that a swap takes, over its blocks, and the block that takes most. */
  readonly totalMs: readonly number[];
  readonly worstBlockMs: readonly number[];
  /** The most blocks that one took. */
  readonly blocks: number;
  readonly blockMs: number;
}

async function measure(kind: Kind, swaps: number): Promise<Figures> {
  const session = await createSession({ sampleRate: 48_000, fadeFrames: 480, postsModules: true });
  const events: ProcessorToWorker[] = [];
  const renderer = new Renderer({
    memory: new WebAssembly.Memory({ initial: MAX_MEMORY_PAGES, maximum: MAX_MEMORY_PAGES }),
    // Node 20 makes a copy of the whole table for each instance, which the browsers' engines do not.
    table: new WebAssembly.Table({ initial: NODE_TABLE_SLOTS, maximum: TABLE_SLOTS, element: 'anyfunc' }),
    sampleRate: 48_000,
    emit: (event) => events.push(event),
  });
  const acknowledge = (): void => {
    for (const event of events.splice(0)) {
      if (event.kind === 'committed') renderer.drop(session.committed(event.generation));
      if (event.kind === 'retired') renderer.release(session.retired(event.generation));
      if (event.kind === 'settled') {
        const back = session.rollbackPlan();
        if (back) renderer.setWayBack(back.from, back.to, back.plan);
      }
      if (event.kind === 'refused' || event.kind === 'trapped') throw new Error(`${event.kind}: ${event.reason}`);
    }
  };
  const [left, right] = [new Float64Array(BLOCK_FRAMES), new Float64Array(BLOCK_FRAMES)];
  const block = (): number => {
    const startMs = performance.now();
    renderer.process(left, right, BLOCK_FRAMES);
    return performance.now() - startMs;
  };

  const totalMs: number[] = [];
  const worstBlockMs: number[] = [];
  const quietMs: number[] = [];
  let [batchBytes, stateBytes, blocks] = [0, 0, 0];
  for (let edit = 0; edit < swaps + WARM_UP; edit++) {
    const result = session.update(kind.patch(edit));
    if (result.kind === 'crowded') {
      renderer.drop(result.kept);
      acknowledge();
      edit--;
      continue;
    }
    if (result.kind !== 'batch') throw new Error(`the edit was ${result.kind}`);
    const usualMs = quantile(quietMs.slice(-50), 0.5) || 0;
    renderer.receive(result.batch);
    let swapMs = 0;
    let worstMs = 0;
    let count = 0;
    // Up to and with the first block of the new generation, which the old one renders too.
    while (!events.some(({ kind: told }) => told === 'committed')) {
      const extraMs = Math.max(0, block() - usualMs);
      swapMs += extraMs;
      worstMs = Math.max(worstMs, extraMs);
      count++;
    }
    acknowledge();
    while (renderer.isFading) block();
    acknowledge();
    for (let n = 0; n < 4; n++) quietMs.push(block());
    acknowledge();
    if (edit < WARM_UP) continue;
    totalMs.push(swapMs);
    worstBlockMs.push(worstMs);
    blocks = Math.max(blocks, count);
    batchBytes = Math.max(batchBytes, result.report.batchBytes);
    stateBytes = Math.max(stateBytes, result.report.copiedBytes + result.report.adoptedBytes);
  }
  return { batchBytes, stateBytes, totalMs, worstBlockMs, blocks, blockMs: quantile(quietMs, 0.5) };
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { swaps: { type: 'string' } } });
  const swaps = Number(values.swaps ?? 300);
  const rows: string[][] = [];
  for (const kind of KINDS) {
    const figures = await measure(kind, kind.swaps ?? swaps);
    const { batchBytes, stateBytes, totalMs, worstBlockMs, blocks, blockMs } = figures;
    const isSmall = batchBytes <= AIM.batchBytes && stateBytes <= AIM.stateBytes * 1.01;
    const p99 = quantile(totalMs, 0.99);
    const worst99 = quantile(worstBlockMs, 0.99);
    const aimed = kind.isLarge ? worst99 : isSmall ? p99 : null;
    const verdict = aimed === null ? '' : aimed <= AIM.ms ? 'met' : 'missed';
    rows.push([
      `${kind.name}: ${(batchBytes / 1024).toFixed(1)} KB, state ${(stateBytes / 1024).toFixed(1)} KB`,
      String(blocks),
      ...[quantile(totalMs, 0.5), p99, quantile(worstBlockMs, 0.5), worst99, blockMs].map(
        (ms) => `${ms.toFixed(3)} ms`,
      ),
      verdict,
    ]);
  }
  const head = [
    'swap',
    'blocks',
    'median',
    '99 %',
    'worst block median',
    'worst block 99 %',
    'block without',
    `aim ${AIM.ms} ms`,
  ];
  process.stdout.write(`${table([head, ...rows])}\n`);
}
