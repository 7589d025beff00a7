/**
 * `npm run bench -- latency [--edits N] [--lines N,N] [--only node|browser]`: how long an edit of one closure takes, from
 * text to the generation that plays it, while a patch sounds: of 300 and of 1,000 lines, with twenty functions of the library.
 *
 * - Node: `Session.update`, staging and the commit by the engine, on one thread; real time does not pass, so that the
 *   wait for the next block is not in it. Once more with a linker that looks for no state by what it is, edit by edit in
 *   turn, since an edit that restructures nothing must not pay for those that do.
 *   The time to tier 2 is beside it, and what compilers of other languages take for the same sound (compileTimes.ts).
 * - browser: `window.segue.evaluate()` in the built page: main thread, worker, audio thread, block boundary and back.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { launch, newVisitor, serveBuilt, settled } from '../e2e/site.ts';
import { CARRY_LIMITS, type CarryLimits } from '../src/linker/limits.ts';
import { type CompileSide, Player } from '../src/node/player.ts';
import { DEFAULT_BLOCK_FRAMES, DEFAULT_FADE_MS, DEFAULT_SAMPLE_RATE } from '../src/node/playThrough.ts';
import { createSession } from '../src/node/session.ts';
import { compileTimes } from './compileTimes.ts';
import { largePatch } from './largePatch.ts';
import { LIBRARY_LINES, withLibrary } from './libraryVoices.ts';
import { quantile, table } from './statistics.ts';

/** At 300 lines; a patch of 1,000 may take so many times as long. */
const AIMS = { Node: { medianMs: 8, p95Ms: 16 }, browser: { medianMs: 12, p95Ms: 25 }, longer: 1.3 };
/** Between two edits in the browser: longer than the fade, about as quick as somebody can type. */
const PAUSE_MS = 60;

/** Texts after 0, 1, 2 … edits; all but the first are timed. */
type Texts = readonly string[];

interface Series {
  readonly name: string;
  readonly latenciesMs: readonly number[];
  readonly note: string;
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { edits: { type: 'string' }, lines: { type: 'string' }, only: { type: 'string' } },
  });
  const edits = Number(values.edits ?? 200);
  const sizes = (values.lines ?? '300,1000').split(',').map(Number);
  const series: Series[] = [];
  for (const lines of sizes) {
    const own = lines - LIBRARY_LINES;
    const texts = Array.from({ length: edits + 1 }, (_, edit) => withLibrary(largePatch({ lines: own, edits: edit })));
    const named = (one: Series): Series => ({ ...one, name: `${one.name}, ${lines} lines` });
    if (values.only !== 'browser') series.push(...(await inNode(texts)).map(named));
    if (values.only !== 'node') series.push(named(await inBrowser(texts)));
  }
  process.stdout.write(`${report(series)}\n`);
  if (values.only !== 'browser') process.stdout.write(`\n${await compileTimes()}\n`);
}

/** With state found by what it is where names do not lead to it, and without; the edits of both in turn. */
async function inNode(texts: Texts): Promise<Series[]> {
  const plays = [
    await playInNode('Node', CARRY_LIMITS),
    await playInNode('Node, names only', { ...CARRY_LIMITS, leftovers: 0 }),
  ];
  for (const [n, text] of texts.entries()) {
    // Neither of the two always comes first.
    for (const play of n % 2 === 0 ? plays : plays.toReversed()) play.offer(text);
  }
  plays[0].promote();
  return plays.map(({ series }) => series());
}

async function playInNode(name: string, limits: CarryLimits) {
  const sampleRate = DEFAULT_SAMPLE_RATE;
  const fadeFrames = Math.round((DEFAULT_FADE_MS * sampleRate) / 1000);
  const session = await createSession({ sampleRate, fadeFrames, postsModules: true, limits });
  const compilesMs: number[] = [];
  const timed: CompileSide = {
    update: (text) => {
      const startMs = performance.now();
      const result = session.update(text);
      compilesMs.push(performance.now() - startMs);
      return result;
    },
    committed: (generation) => session.committed(generation),
    retired: (generation) => session.retired(generation),
    refused: (generation) => session.refused(generation),
    trapped: (generation, fallback) => session.trapped(generation, fallback),
    describeTrap: (trap) => session.describeTrap(trap),
    explainNonFinite: (generation) => session.explainNonFinite(generation),
    rollbackPlan: () => session.rollbackPlan(),
    memory: () => session.memory(),
    promotionJob: () => session.promotionJob(),
    optimised: (answer) => session.optimised(answer),
    promotionStep: () => session.promotionStep(),
    promoted: (generation) => session.promoted(generation),
    notPromoted: (generation, reason) => session.notPromoted(generation, reason),
    tierOf: (generation) => session.tierOf(generation),
  };
  let promotionNote = '';
  const player = new Player(timed, { sampleRate, raw: false });
  const left = new Float64Array(DEFAULT_BLOCK_FRAMES);
  const right = new Float64Array(DEFAULT_BLOCK_FRAMES);
  const latenciesMs: number[] = [];
  return {
    offer(text: string): void {
      const startMs = performance.now();
      const outcome = player.offer(text);
      latenciesMs.push(performance.now() - startMs);
      if (outcome.kind !== 'committed')
        throw new Error(`Node: an edit was ${outcome.kind}: ${JSON.stringify(outcome)}`);
      const untilFrame = player.currentFrame + fadeFrames + PAUSE_MS * 48;
      while (!player.isReady || player.currentFrame < untilFrame) player.process(left, right, DEFAULT_BLOCK_FRAMES);
    },
    promote(): void {
      const startMs = performance.now();
      player.promote();
      const ms = Math.round(performance.now() - startMs);
      promotionNote = player.tier === 2 ? `; tier 2 after ${ms} ms` : `; stays in tier 1: ${player.tierReason}`;
    },
    series(): Series {
      const compileMs = quantile(compilesMs.slice(1), 0.5);
      const note = `Node ${process.versions.node}; of the median, ${compileMs.toFixed(1)} ms compile and link${promotionNote}`;
      return { name, latenciesMs: latenciesMs.slice(1), note };
    },
  };
}

async function inBrowser(texts: Texts): Promise<Series> {
  await build({ logLevel: 'error' });
  const site = await serveBuilt();
  const browser = await launch();
  try {
    const page = await (await newVisitor(browser)).newPage();
    await page.goto(site.url);
    await settled(page);
    const measured = await page.evaluate(
      async ({ texts: allTexts, pauseMs }) => {
        const { segue } = window;
        const edit = async (text: string) => {
          segue.text = text;
          const { ok, latencyMs, diagnostics } = await segue.evaluate();
          if (!ok) throw new Error(`the browser did not take an edit: ${diagnostics[0]?.message}`);
          await new Promise((resolve) => setTimeout(resolve, pauseMs));
          return latencyMs;
        };
        await edit(allTexts[0]);
        await segue.play();
        await new Promise((resolve) => setTimeout(resolve, 1000));
        const underrunsBefore = segue.stats().underruns ?? 0;
        const latenciesMs: number[] = [];
        for (const text of allTexts.slice(1)) latenciesMs.push(await edit(text));
        const { load, underruns } = segue.stats();
        segue.stop();
        return { latenciesMs, load, underruns: (underruns ?? 0) - underrunsBefore };
      },
      { texts, pauseMs: PAUSE_MS },
    );
    const { latenciesMs, load, underruns } = measured;
    const note = `Chromium ${browser.version()}; load ${(100 * load).toFixed(0)} %, underruns ${underruns}`;
    return { name: 'browser', latenciesMs, note };
  } finally {
    await browser.close();
    await site.close();
  }
}

function report(series: readonly Series[]): string {
  const ms = (value: number) => value.toFixed(1);
  const rows = series.map(({ name, latenciesMs }) => [
    ...[name, String(latenciesMs.length), ms(latenciesMs[0])],
    ...[0.5, 0.95, 1].map((part) => ms(quantile(latenciesMs, part))),
  ]);
  return [
    `From the text of an edit to the generation that plays it: one closure of a patch with twenty functions of the library, in ms.`,
    `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
    '',
    table([['', 'edits', 'first', 'median', '95 %', 'max'], ...rows]),
    '',
    ...series.map(({ name, note }) => `${name}: ${note}`),
    ...(['Node', 'browser'] as const).map((where) => aimOf(where, series)),
  ].join('\n');
}

function aimOf(where: 'Node' | 'browser', series: readonly Series[]): string {
  const { medianMs, p95Ms } = AIMS[where];
  const [short, long] = series.filter(({ name }) => new RegExp(`^${where}, \\d+ lines$`).test(name));
  const times = short && long && quantile(long.latenciesMs, 0.5) / quantile(short.latenciesMs, 0.5);
  const longer = times ? `; the longer patch takes ${times.toFixed(2)} times as long (aim ${AIMS.longer})` : '';
  return `The aim in ${where}, at 300 lines: median ${medianMs}, 95 % ${p95Ms}${longer}.`;
}
