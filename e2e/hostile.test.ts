import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type HostilePatch, hostilePatches } from '../src/testing/hostile.ts';
import { clickPlay, evaluateText, newVisitor, type Visit, visit } from './site.ts';
import { useSite } from './useSite.ts';

const TURNS = 1 / 128;
const GAIN = 0.3;
const HEALTHY = `let phase = 0
export default () => {
  phase += ${TURNS}
  if (phase >= 1) phase -= 1
  return ${GAIN} * Math.sin(2 * Math.PI * phase)
}`;
/** A whole number of turns, so that every block has the same RMS. */
const BLOCK_FRAMES = 128;
const HEALTHY_RMS = GAIN / Math.SQRT2;
const HEALTHY_STEP = GAIN * 2 * Math.PI * TURNS;

const EVIL_SECONDS = 0.3;
/** The page may not stand still for longer. */
const MAX_FREEZE_MS = 1000;

const site = useSite();
let visited: Visit;

beforeAll(async () => {
  visited = await visit(await newVisitor(site.browser), site.url);
  await evaluateText(visited.page, HEALTHY);
  await clickPlay(visited.page);
});

afterAll(() => visited?.context.close());

interface Happened {
  readonly ok: boolean;
  readonly lines: readonly number[];
  /** The longest time in which the page did nothing. */
  readonly freezeMs: number;
  /** From the call to the answer. */
  readonly answerMs: number;
  /** What was heard meanwhile and shortly after, one piece after the other. */
  readonly heard: readonly (readonly number[])[];
  /** Generations before and after. */
  readonly generations: readonly (number | null)[];
}

/** Evaluates a text while recording, and records `extraPieces` more when it is done. */
function evaluateHeard(text: string, extraPieces: number): Promise<Happened> {
  return visited.page.evaluate(
    async ({ text: newText, extra }) => {
      const { segue } = window;
      let freezeMs = 0;
      let isOver = false;
      let lastMs = performance.now();
      const tick = (): void => {
        const nowMs = performance.now();
        freezeMs = Math.max(freezeMs, nowMs - lastMs);
        lastMs = nowMs;
        if (!isOver) setTimeout(tick, 0);
      };
      tick();
      const heard: number[][] = [];
      let isAnswered = false;
      const listening = (async () => {
        for (let rest = extra; rest > 0; ) {
          const { left } = await segue.record(4800);
          heard.push([...left]);
          if (isAnswered) rest--;
        }
      })();
      const before = segue.stats().generation;
      const startMs = performance.now();
      segue.text = newText;
      const { ok, diagnostics } = await segue.evaluate();
      const answerMs = performance.now() - startMs;
      isAnswered = true;
      await listening;
      isOver = true;
      const lines = diagnostics.map(({ line }) => line);
      return { ok, lines, freezeMs, answerMs, heard, generations: [before, segue.stats().generation] };
    },
    { text, extra: extraPieces },
  );
}

function expectHealthy(pieces: readonly (readonly number[])[]): void {
  for (const piece of pieces) {
    for (let start = 0; start + BLOCK_FRAMES <= piece.length; start += BLOCK_FRAMES) {
      const block = piece.slice(start, start + BLOCK_FRAMES);
      const rms = Math.sqrt(block.reduce((sum, sample) => sum + sample * sample, 0) / BLOCK_FRAMES);
      expect(rms).toBeGreaterThan(0.8 * HEALTHY_RMS);
    }
    const largestStep = piece.reduce((largest, s, n) => Math.max(largest, n > 0 ? Math.abs(s - piece[n - 1]) : 0), 0);
    expect(largestStep).toBeLessThan(1.05 * HEALTHY_STEP);
  }
}

const cases = hostilePatches(EVIL_SECONDS).map((patch): [string, HostilePatch] => [
  `${patch.name} is ${patch.fate}`,
  patch,
]);

// Retried, because other processes may slow the machine down, too.
describe('while something healthy sounds', { retry: 2 }, () => {
  afterEach(async () => {
    const { page } = visited;
    const { ok, freezeMs } = await evaluateHeard(HEALTHY, 1);
    expect(ok).toBe(true);
    expect(freezeMs).toBeLessThan(MAX_FREEZE_MS);
    // Limiter and DC blocker let go of what they held.
    await page.waitForFunction(async (rms) => {
      const { left } = await window.segue.record(12_800);
      const sum = left.reduce((squares, sample) => squares + sample * sample, 0);
      return Math.abs(Math.sqrt(sum / left.length) / rms - 1) < 0.01;
    }, HEALTHY_RMS);
  });

  it.each(cases)('%s', async (_, patch) => {
    const { page } = visited;
    const { ok, lines, freezeMs, heard, generations } = await evaluateHeard(patch.text, 2);
    expect(freezeMs).toBeLessThan(MAX_FREEZE_MS);
    if (patch.fate === 'refused' || patch.fate === 'muted') {
      expect(ok).toBe(false);
      expect(lines.length).toBeGreaterThan(0);
      if (patch.line !== undefined) expect(lines[0]).toBe(patch.line);
      expect(generations[1]).toBe(generations[0]);
      expectHealthy(heard);
    } else {
      expect(ok).toBe(true);
      if (patch.fate !== 'tamed') {
        await page.waitForFunction((before) => window.segue.stats().generation === before, generations[0]);
        // What it plays meanwhile may be told of first.
        await page.locator('.message', { hasText: new RegExp(`line ${patch.line}\\b`, 'i') }).waitFor();
        // The chain's delay, and what was recorded in two pieces of which the first may hold the end of the other one.
        const { heard: after } = await evaluateHeardOnly(3);
        expectHealthy(after.slice(1));
      }
    }
  });

  it('and nothing was on the console', () => {
    expect(visited.complaints).toEqual([]);
  });
});

/** What is heard in the next pieces, without doing anything. */
function evaluateHeardOnly(pieces: number): Promise<{ heard: number[][] }> {
  return visited.page.evaluate(async (count) => {
    const heard: number[][] = [];
    for (let n = 0; n < count; n++) heard.push([...(await window.segue.record(4800)).left]);
    return { heard };
  }, pieces);
}
