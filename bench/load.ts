/**
 * `npm run bench -- load [--runs N] [--rate BITS_PER_SECOND] [--round-trip MS]`: what a first visit waits for, in Chromium with
 * an empty cache: over a line (4 Mbit/s and 50 ms, without what encryption adds), and without one. Play is clicked as soon as
 * it is there; a number in the patch is changed as soon as it sounds, and once more when the editor is there.
 *
 * The page is the built one, from the preview server, which compresses as hosts do. Times are from the beginning of the
 * navigation. Medians; each run has a browser context of its own.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright';
import { build } from 'vite';
import { launch, newVisitor, type Site, serveBuilt } from '../e2e/site.ts';
import { type Line, openLine } from './slowLine.ts';
import { quantile, table } from './statistics.ts';

/** Underruns are counted for so long from the first sound on. */
const LISTEN_MS = 6000;

const AIMS_MS = { soundAfterLoad: 1500, edit: 4000, soundAfterClick: 500 };

/** What happened when, in milliseconds; absent: it has not. */
interface Times {
  readable?: number;
  playThere?: number;
  sound?: number;
  editor?: number;
  /** The first edit was heard that did not wait for the editor. */
  compiler?: number;
  edit?: number;
}

interface Measured {
  readonly times: Required<Times>;
  readonly soundBytes: number;
  readonly editBytes: number;
  readonly underruns: number;
}

export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: { runs: { type: 'string' }, rate: { type: 'string' }, 'round-trip': { type: 'string' } },
  });
  const runs = Number(values.runs ?? 5);
  const bitsPerSecond = Number(values.rate ?? 4_000_000);
  const roundTripMs = Number(values['round-trip'] ?? 50);
  await build({ logLevel: 'error' });
  const site = await serveBuilt();
  const browser = await launch();
  try {
    const name = `${bitsPerSecond / 1e6} Mbit/s, ${roundTripMs} ms`;
    const slow = await measureAll(browser, site, runs, { bitsPerSecond, roundTripMs });
    const fast = await measureAll(browser, site, runs, { bitsPerSecond: 1e10, roundTripMs: 0 });
    const lines = [
      `A first visit in Chromium ${browser.version()}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${runs} runs.`,
      'Medians in ms from the beginning of the navigation, and the longest.',
      '',
      table([['', ...Object.keys(COLUMNS)], row(name, slow), row('no line between', fast)]),
      '',
      `The aims: sound ${AIMS_MS.soundAfterLoad} ms after play is there, the first edit after ${AIMS_MS.edit} ms; without a line, sound ${AIMS_MS.soundAfterClick} ms after the click.`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    await browser.close();
    await site.close();
  }
}

const COLUMNS: Readonly<Record<string, (measured: Measured) => number>> = {
  readable: ({ times }) => times.readable,
  play: ({ times }) => times.playThere,
  sound: ({ times }) => times.sound,
  'click to sound': ({ times }) => times.sound - times.playThere,
  compiler: ({ times }) => times.compiler,
  editor: ({ times }) => times.editor,
  edit: ({ times }) => times.edit,
  'KB to sound': ({ soundBytes }) => soundBytes / 1024,
  'KB to edit': ({ editBytes }) => editBytes / 1024,
  underruns: ({ underruns }) => underruns,
};

function row(name: string, all: readonly Measured[]): string[] {
  return [
    name,
    ...Object.values(COLUMNS).map((value) => {
      const values = all.map(value);
      return `${quantile(values, 0.5).toFixed(0)} (${Math.max(...values).toFixed(0)})`;
    }),
  ];
}

async function measureAll(
  browser: Browser,
  site: Site,
  runs: number,
  options: Parameters<typeof openLine>[1],
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (let n = 0; n < runs; n++) {
    const url = new URL(site.url);
    const line = await openLine(Number(url.port), options);
    url.port = String(line.port);
    try {
      measured.push(await measure(browser, url.href, line));
    } finally {
      line.close();
    }
  }
  return measured;
}

async function measure(browser: Browser, url: string, line: Line): Promise<Measured> {
  const context = await newVisitor(browser);
  try {
    const page = await context.newPage();
    let soundBytes = 0;
    await page.exposeFunction('soundIsThere', () => {
      soundBytes = line.bytes;
    });
    await page.addInitScript(watch);
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => window.loading.edit !== undefined, undefined, { timeout: 120_000 });
    const editBytes = line.bytes;
    const { times, underruns } = await page.evaluate(async (listenMs) => {
      const restMs = (window.loading.sound ?? 0) + listenMs - performance.now();
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, restMs)));
      return { times: window.loading, underruns: window.segue.stats().underruns ?? Number.NaN };
    }, LISTEN_MS);
    return { times: times as Required<Times>, soundBytes, editBytes, underruns };
  } finally {
    await context.close();
  }
}

declare global {
  interface Window {
    loading: Times;
    soundIsThere(): void;
  }
}

/** In the page, before anything of it runs: looks every few milliseconds whether the next thing has happened. */
function watch(): void {
  const times: Times = {};
  window.loading = times;
  const buffer = new Float32Array(512);
  let ear: AnalyserNode | null = null;
  window.AudioWorkletNode = class extends AudioWorkletNode {
    constructor(...args: ConstructorParameters<typeof AudioWorkletNode>) {
      super(...args);
      ear = new AnalyserNode(this.context, { fftSize: 512 });
      this.connect(ear);
    }
  };
  const isShown = (selector: string) => {
    const element = document.querySelector(selector);
    return element !== null && element.textContent !== '' && element.getBoundingClientRect().height > 0;
  };
  const isHeard = () => {
    ear?.getFloatTimeDomainData(buffer);
    return buffer.some((sample) => sample !== 0);
  };
  let isEditing = false;
  const edit = async (what: 'compiler' | 'edit') => {
    isEditing = true;
    const { segue } = window;
    segue.text = segue.text.replace(/\d+(?=\D*$)/, (digits) => String(Number(digits) + 1));
    const { ok, diagnostics } = await segue.evaluate();
    if (!ok) throw new Error(`the edit was refused: ${diagnostics[0]?.message}`);
    times[what] = performance.now();
    isEditing = false;
  };
  const timer = setInterval(() => {
    const nowMs = performance.now();
    if (isShown('.code-preview, .view-line')) times.readable ??= nowMs;
    const play = [...document.querySelectorAll<HTMLButtonElement>('button.play')].find(
      (button) => button.offsetParent !== null && !button.disabled,
    );
    if (times.playThere === undefined && play) {
      times.playThere = nowMs;
      play.click();
    }
    if (times.sound === undefined && isHeard()) {
      times.sound = nowMs;
      window.soundIsThere();
    }
    if (isShown('.view-line')) times.editor ??= nowMs;
    if (times.sound === undefined || isEditing) return;
    if (times.compiler === undefined) void edit('compiler');
    else if (times.editor !== undefined && times.edit === undefined) void edit('edit');
    else if (times.edit !== undefined) clearInterval(timer);
  }, 4);
}
