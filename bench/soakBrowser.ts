/**
 * Edits in a row in the built page, at a load, and as long without edits. In: a browser and how many. Out: figures; what
 * they must be is for the caller to say. Used by `npm run soak` and, short, by the tests.
 */

import { readFileSync } from 'node:fs';
import type { Browser, CDPSession, Page } from 'playwright';
import { evaluateText, newVisitor, settled } from '../e2e/site.ts';
import { type GarbageCollector, garbageCollector } from './garbage.ts';
import { ownStep, soakText } from './soakTexts.ts';

export interface BrowserSoak {
  readonly edits: number;
  /** Fraction of real time that rendering takes, measured before the first edit. */
  readonly load: number;
  readonly voices: number;
  /** How often the output ran dry without edits, and with. */
  readonly controlUnderruns: number;
  readonly editedUnderruns: number;
  /** The largest step around any edit, as a multiple of the largest that the texts have by themselves. */
  readonly largestStep: number;
  readonly medianLatencyMs: number;
  /** Times that an edit was found too slow and tried again. */
  readonly refused: number;
  /** At certain edits: anonymous memory of the page's process (page, worker, worklet, wasm), the page's heap, and arena. */
  readonly memory: readonly MemorySample[];
}

export interface MemorySample {
  readonly edit: number;
  /** `null` where the system does not say. */
  readonly processBytes: number | null;
  readonly heapBytes: number;
  readonly arenaBytes: number;
  readonly slots: number;
}

export interface SoakOptions {
  readonly edits: number;
  readonly load: number;
  /** Memory is looked at after each so many edits. */
  readonly sampleEvery: number;
  readonly onProgress?: (text: string) => void;
}

/** What is recorded around each edit: longer than the answer and the fade take. */
const HEARD_SECONDS = 0.1;
const FIRST_VOICES = 64;
const MAX_VOICES = 4000;
const MAX_ROUNDS = 6;

export async function soakBrowser(browser: Browser, url: string, options: SoakOptions): Promise<BrowserSoak> {
  const context = await newVisitor(browser);
  const page = await context.newPage();
  try {
    const garbage = await garbageCollector(context, page);
    await page.goto(url);
    await settled(page);
    const cdp = await context.newCDPSession(page);
    const browserCdp = await browser.newBrowserCDPSession();
    const { voices, load } = await findVoices(page, options.load);
    options.onProgress?.(`${voices} voices, load ${(100 * load).toFixed(0)} %`);
    const texts = Array.from({ length: options.edits + 1 }, (_, n) => soakText(n, voices));
    const sampleRate = await page.evaluate(() => new AudioContext().sampleRate);
    const memory: MemorySample[] = [];
    let controlUnderruns = 0;
    let editedUnderruns = 0;
    let largestStep = 0;
    let refused = 0;
    const latenciesMs: number[] = [];
    // Control and edits take turns, so that a neighbour on the machine is loud for both.
    for (let done = 0; done < options.edits; done += options.sampleEvery) {
      const part = texts.slice(done + 1, done + 1 + options.sampleEvery);
      controlUnderruns += (await run(page, part, false)).underruns;
      const edited = await run(page, part, true);
      editedUnderruns += edited.underruns;
      refused += edited.refused;
      largestStep = Math.max(largestStep, edited.step / ownStep(sampleRate));
      latenciesMs.push(...edited.latenciesMs);
      memory.push(await sampleMemory(page, garbage, cdp, browserCdp, done + part.length));
      options.onProgress?.(`${done + part.length} edits`);
    }
    latenciesMs.sort((a, b) => a - b);
    const medianLatencyMs = latenciesMs[Math.floor(latenciesMs.length / 2)] ?? Number.NaN;
    return {
      ...{
        edits: options.edits,
        load,
        voices,
        controlUnderruns,
        editedUnderruns,
        largestStep,
        medianLatencyMs,
        refused,
      },
      memory,
    };
  } finally {
    await context.close();
  }
}

/** As many voices as make the load, by trying; fewer where the audition finds that too slow. */
export async function findVoices(page: Page, load: number): Promise<{ voices: number; load: number }> {
  let voices = FIRST_VOICES;
  let measured = 0;
  await evaluateText(page, soakText(0, voices));
  await page.evaluate(() => window.segue.play());
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { ok } = await evaluateText(page, soakText(0, voices));
    if (!ok) {
      voices = Math.ceil(voices / 2);
      continue;
    }
    measured = await page.evaluate(async () => {
      const loads: number[] = [];
      for (let n = 0; n < 5; n++) {
        await new Promise((resolve) => setTimeout(resolve, 300));
        loads.push(window.segue.stats().load);
      }
      return loads.sort((a, b) => a - b)[2];
    });
    if (Math.abs(measured / load - 1) < 0.15 || round >= MAX_ROUNDS - 2) break;
    voices = Math.min(MAX_VOICES, Math.max(1, Math.round((voices * load) / Math.max(0.05, measured))));
  }
  // Voices that came later are at another phase, and would take away from each other.
  await page.evaluate(() => window.segue.evaluate({ fresh: true }));
  return { voices, load: measured };
}

/** Records once for each text, and evaluates it meanwhile, if `edits`. */
async function run(page: Page, texts: readonly string[], edits: boolean) {
  const heard = await page.evaluate(
    async ({ given, isEdited, seconds }) => {
      const { segue } = window;
      const before = segue.stats().underruns ?? 0;
      const latenciesMs: number[] = [];
      let step = 0;
      let refused = 0;
      for (const [index, text] of given.entries()) {
        const recording = segue.record(Math.round(seconds * 48_000));
        if (isEdited) {
          segue.text = text;
          let answer = await segue.evaluate();
          // On a machine that is busy with other things the audition may find anything too slow.
          for (let again = 0; again < 10 && answer.diagnostics[0]?.code === 'too-slow'; again++) {
            refused++;
            answer = await segue.evaluate();
          }
          if (!answer.ok) throw new Error(`edit ${index} was refused: ${answer.diagnostics[0]?.message}`);
          latenciesMs.push(answer.latencyMs);
        }
        const { left } = await recording;
        for (let n = 1; n < left.length; n++) step = Math.max(step, Math.abs(left[n] - left[n - 1]));
      }
      return { underruns: (segue.stats().underruns ?? 0) - before, latenciesMs, step, refused };
    },
    { given: texts, isEdited: edits, seconds: HEARD_SECONDS },
  );
  return heard;
}

async function sampleMemory(
  page: Page,
  garbage: GarbageCollector,
  cdp: CDPSession,
  browserCdp: CDPSession,
  edit: number,
): Promise<MemorySample> {
  await garbage.collect();
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  const { arenaBytes, slots } = await page.evaluate(() => window.segue.stats());
  return { edit, processBytes: await processBytes(browserCdp), heapBytes: usedSize, arenaBytes, slots };
}

/** The memory of the largest renderer: there is only one page. */
async function processBytes(browserCdp: CDPSession): Promise<number | null> {
  const { processInfo } = await browserCdp.send('SystemInfo.getProcessInfo');
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => anonymousBytes(id));
  const known = sizes.filter((size) => size !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

function anonymousBytes(processId: number): number | null {
  try {
    const found = /^RssAnon:\s+(\d+) kB/m.exec(readFileSync(`/proc/${processId}/status`, 'utf8'));
    return found ? Number(found[1]) * 1024 : null;
  } catch {
    return null;
  }
}
