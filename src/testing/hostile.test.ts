/**
 * Hostile patches against what plays: alone, and as swaps into a patch that sounds. Nothing here depends on time: what
 * runs away does so by its fuel.
 */
import { describe, expect, it } from 'vitest';
import { CEILING } from '../../worklets/output/limiter.ts';
import { TRUE_PEAK_ERROR } from '../../worklets/output/truePeak.ts';
import { Player } from '../node/player.ts';
import { createSession } from '../node/session.ts';
import type { Diagnostic } from '../protocol/diagnostic.ts';
import type { Session } from '../worker/session.ts';
import { type HostilePatch, hostilePatches } from './hostile.ts';

const SAMPLE_RATE = 48_000;
const BLOCK_FRAMES = 128;
const EVIL_SECONDS = 10;
const EVIL_BLOCKS = Math.ceil((EVIL_SECONDS * SAMPLE_RATE) / BLOCK_FRAMES);
const FADE_FRAMES = 480;

const HEALTHY = `const hz = 330
let phase = 0
export default () => {
  phase += hz / sampleRate
  if (phase >= 1) phase -= 1
  return 0.3 * Math.sin(2 * Math.PI * phase)
}`;
/** Limits for the healthy patch: the least peak of a block, and the largest step from one sample to the next. */
const HEALTHY_RMS = 0.3 / Math.SQRT2;
const HEALTHY_STEP = 0.3 * 2 * Math.PI * (330 / SAMPLE_RATE);

const patches = hostilePatches(EVIL_SECONDS);
const cases = patches.map((patch): [string, HostilePatch] => [`${patch.name} is ${patch.fate}`, patch]);

class Stage {
  readonly session: Session;
  readonly player: Player;
  readonly #left = new Float64Array(BLOCK_FRAMES);
  readonly #right = new Float64Array(BLOCK_FRAMES);

  private constructor(session: Session) {
    this.session = session;
    this.player = new Player(session, { sampleRate: SAMPLE_RATE, raw: false });
  }

  static async open(): Promise<Stage> {
    const session = await createSession({ sampleRate: SAMPLE_RATE, fadeFrames: FADE_FRAMES, postsModules: true });
    return new Stage(session);
  }

  /** What comes out in the next blocks, each on its own. */
  play(blocks: number): Float64Array[] {
    return Array.from({ length: blocks }, () => {
      this.player.process(this.#left, this.#right, BLOCK_FRAMES);
      return this.#left.slice();
    });
  }
}

const rms = (block: Float64Array) => Math.sqrt(block.reduce((sum, sample) => sum + sample * sample, 0) / block.length);
const lineOf = (text: string, { span }: Diagnostic) => text.slice(0, span.start).split('\n').length;

function expectMessage(patch: HostilePatch, diagnostic: Diagnostic | undefined): void {
  expect(diagnostic?.severity).toBe('error');
  if (patch.line !== undefined) expect(lineOf(patch.text, diagnostic!)).toBe(patch.line);
}

/** No block without sound, no step that is not the tone's own. */
function expectHealthy(blocks: readonly Float64Array[]): void {
  for (const [index, block] of blocks.entries()) {
    expect(rms(block)).toBeGreaterThan(0.8 * HEALTHY_RMS);
    for (let n = index === 0 ? 1 : 0; n < block.length; n++) {
      const before = n === 0 ? blocks[index - 1][BLOCK_FRAMES - 1] : block[n - 1];
      if (Math.abs(block[n] - before) > 1.05 * HEALTHY_STEP) throw new Error(`a step in block ${index}`);
    }
  }
}

describe('alone', () => {
  it.each(cases)('%s', async (_, patch) => {
    const stage = await Stage.open();
    const offered = stage.player.offer(patch.text);
    if (patch.fate === 'refused') {
      expect(offered.kind).toBe('rejected');
      expectMessage(patch, offered.diagnostics[0]);
      expect(stage.player.generation).toBeNull();
      return;
    }
    expect(offered.kind).toBe('committed');
    const blocks = stage.play(patch.fate === 'trapped' ? EVIL_BLOCKS + 100 : 400);
    expect(blocks.every((block) => block.every((sample) => Math.abs(sample) <= CEILING * TRUE_PEAK_ERROR))).toBe(true);
    if (patch.fate === 'muted' || patch.fate === 'lost') {
      expect(stage.player.nonFinite).toBeGreaterThan(300 * BLOCK_FRAMES);
      expectMessage(patch, stage.session.findNonFinite(patch.text) ?? undefined);
    }
    if (patch.fate === 'trapped') {
      expect(stage.player.traps.map(({ fallback }) => fallback)).toEqual([null]);
      expectMessage(patch, stage.player.traps[0].diagnostic);
    }
  });
});

describe('swapped into a patch that sounds', () => {
  const WARM_BLOCKS = 100;
  const AFTER_BLOCKS = 60;
  const undisturbed = (async () => {
    const stage = await Stage.open();
    stage.player.offer(HEALTHY);
    return stage.play(WARM_BLOCKS + AFTER_BLOCKS);
  })();

  it.each(cases)('%s', async (_, patch) => {
    const stage = await Stage.open();
    const { player } = stage;
    player.offer(HEALTHY);
    const before = stage.play(WARM_BLOCKS);
    const healthy = player.generation;
    const offered = player.offer(patch.text);

    if (patch.fate === 'refused' || patch.fate === 'muted') {
      expect(offered.kind).toBe('rejected');
      expectMessage(patch, offered.diagnostics[0]);
      expect(player.generation).toBe(healthy);
      expect([...before, ...stage.play(AFTER_BLOCKS)]).toEqual(await undisturbed);
      return;
    }
    expect(offered.kind).toBe('committed');
    if (patch.fate === 'trapped' || patch.fate === 'lost') {
      for (let block = 0; block < EVIL_BLOCKS + 100 && player.traps.length === 0; block++) stage.play(1);
      expect(player.traps.map(({ fallback }) => fallback)).toEqual([healthy]);
      expectMessage(patch, player.traps[0].diagnostic);
      // What the chain still holds is the end of the other one.
      stage.play(2);
    } else {
      const tamed = stage.play(400);
      expect(tamed.every((block) => block.every((sample) => Math.abs(sample) <= CEILING * TRUE_PEAK_ERROR))).toBe(true);
      expect(player.offer(HEALTHY).kind).toBe('committed');
      // The fade, and what limiter and DC blocker take to let go.
      stage.play(1200);
    }
    expectHealthy(stage.play(AFTER_BLOCKS));
  });
});

it('none leaves anything behind', async () => {
  const stage = await Stage.open();
  stage.player.offer(HEALTHY);
  stage.play(20);
  const memory = stage.session.memory();
  for (const { fate, text } of patches) if (fate === 'refused') stage.player.offer(text);
  stage.play(20);
  expect(stage.session.memory()).toEqual(memory);
});
