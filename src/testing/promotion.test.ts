/**
 * Promotions are not heard: with edits, undos, traps and blocks of all lengths on the way, and promotions at random frames,
 * a patch sounds as it does in tier 1 alone, bit for bit. SEGUE_SEED chooses other edits; the seed is in the names.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLibrary } from '../node/librarySource.ts';
import { Player } from '../node/player.ts';
import { createSession } from '../node/session.ts';
import { twoTiers } from '../node/twoTiers.ts';
import { HEADER } from '../protocol/arena.ts';
import { firstDifference, promotedPlays } from './promotedPlays.ts';
import { randomEditing } from './randomEdits.ts';
import { patches, programs } from './texts.ts';

const seed = Number(process.env.SEGUE_SEED ?? 20_261_127);
const RUNS = Number(process.env.SEGUE_RUNS ?? 12);

/** The same text with its first numbers that have a point made larger by a hundredth, one each. */
function editsOf(text: string, count: number): string[] {
  const numbers = [...text.matchAll(/(?<![\w.])\d+\.\d+(?![\w.])/g)].slice(0, count);
  return numbers.map(({ 0: digits, index }) => {
    const rest = text.slice(index + digits.length);
    return `${text.slice(0, index)}${(Number(digits) * 1.01).toFixed(6)}${rest}`;
  });
}

describe(`promotions at random frames (seed ${seed})`, () => {
  it('are not heard in patches of the gallery', { timeout: 600_000 }, async () => {
    for (const [n, { name, text }] of patches().entries()) {
      const plays = await promotedPlays([text, ...editsOf(text, 1)], seed + n);
      expect(firstDifference(plays), name).toBe(-1);
      expect(plays.promotions, `${name}: ${[...plays.reasons].join()}`).toBeGreaterThan(0);
    }
  });

  it('are not heard where tier 1 calls closures by way of the table and tier 2 does not', async () => {
    const text = 'const saws = [saw(), saw(0.4)]\nexport default () => 0.3 * (saws[0](110.1) + saws[1](111.2))';
    const plays = await promotedPlays([text, ...editsOf(text, 2)], seed);
    expect(firstDifference(plays)).toBe(-1);
    expect(plays.promotions, [...plays.reasons].join()).toBeGreaterThan(0);
  });

  it('are not heard in programs of the tests', { timeout: 600_000 }, async () => {
    const some = programs().filter((_, n) => (n + seed) % 8 === 0);
    let promotions = 0;
    for (const [n, { name, text }] of some.entries()) {
      const plays = await promotedPlays([text, ...editsOf(text, 2)], seed + n);
      expect(firstDifference(plays), name).toBe(-1);
      promotions += plays.promotions;
    }
    expect(promotions).toBeGreaterThan(some.length / 2);
  });

  it('are not heard in random patches with random edits', { timeout: 600_000 }, async () => {
    let [promotions, returns] = [0, 0];
    for (const [n, { texts }] of fc.sample(randomEditing, { numRuns: RUNS, seed }).entries()) {
      const plays = await promotedPlays(texts, seed + n, 2);
      expect(firstDifference(plays), texts.join('\n---\n')).toBe(-1);
      promotions += plays.promotions;
      returns += plays.returns;
    }
    expect(promotions).toBeGreaterThan(RUNS);
    // What was promoted before it was left comes back promoted.
    expect(returns).toBeGreaterThan(0);
  });
});

describe('a promoted generation', () => {
  const [left, right] = [new Float64Array(1000), new Float64Array(1000)];

  async function playerOf(text: string): Promise<Player> {
    const options = { sampleRate: 48_000, fadeFrames: 0, postsModules: true };
    const player = new Player(await createSession(options), { sampleRate: 48_000, raw: true });
    expect(player.offer(text).kind).toBe('committed');
    return player;
  }

  /** The last of so many samples. */
  function play(player: Player, frames: number): number {
    player.process(left, right, frames);
    return left[frames - 1]!;
  }

  const FIXED = 'let x = 1\nexport default () => x / 8';
  const COUNTING = 'let x = 1\nexport default () => (x += 1) / 8';

  it('is left by the next edit, which begins in tier 1 and is promoted by itself', async () => {
    const player = await playerOf(COUNTING);
    expect(play(player, 7)).toBe(1);
    player.promote();
    expect(player.tier).toBe(2);
    expect(play(player, 8)).toBe(2);
    player.offer(COUNTING.replace('8', '4'));
    expect(player.tier).toBe(1);
    expect(play(player, 4)).toBe(5);
    player.promote();
    expect([player.tier, play(player, 4)]).toEqual([2, 6]);
  });

  it('does not come back to code that has state for constant which an edit has changed', async () => {
    const player = await playerOf(FIXED);
    player.promote();
    expect([player.tier, play(player, 8)]).toEqual([2, 1 / 8]);
    player.offer(COUNTING);
    expect(play(player, 7)).toBe(1);
    player.undo();
    // For the text that does not count, x is what it was made by the one that does.
    expect([player.tier, play(player, 8)]).toEqual([1, 1]);
    player.promote();
    expect([player.tier, play(player, 8)]).toEqual([2, 1]);
  });

  it('takes over when what followed traps, in the tier that its state allows', async () => {
    const player = await playerOf(FIXED);
    player.promote();
    player.offer('let x = 1\nlet n = 0\nexport default () => { n++; while (n > 300) {}\nx += 1; return x / 8 }');
    expect(play(player, 200)).toBe(201 / 8);
    player.promote();
    expect([player.tier, play(player, 100)]).toEqual([2, 301 / 8]);
    expect(play(player, 128)).toBe(301 / 8);
    expect(player.traps.map(({ fallback }) => fallback)).toEqual([1]);
    expect(player.tier).toBe(1);
    player.promote();
    expect([player.tier, play(player, 8)]).toEqual([2, 301 / 8]);
  });

  it('is still in tier 2 where the state that comes back is what it reckons with', async () => {
    const player = await playerOf(COUNTING);
    player.promote();
    player.offer('let x = 1\nlet n = 0\nexport default () => { n++; while (n > 300) {}\nx += 1; return x / 4 }');
    expect(play(player, 300)).toBe(301 / 4);
    play(player, 128);
    // The step between both is taken away over 10 ms.
    expect(play(player, 512)).toBe((301 + 640) / 8);
    expect(player.traps).toHaveLength(1);
    expect(player.tier).toBe(2);
  });

  it('is not believed to hold pointers that it never makes: what was carried over is looked at', async () => {
    const objects = 'const a = { hz: 1 }, b = { hz: 2 }, c = { hz: 4 }\nlet n = 0\nlet now = a\n';
    // All three may be there by their types; only one who knows the sample rate knows which are not.
    const toC = `${objects}export default () => { n++; if (n === 10) now = c; if (sampleRate < 1) now = b; return now.hz }`;
    const neverC = `${objects}export default () => {
  n++; if (n === 2000) now = now === a ? b : a; if (sampleRate < 1) now = c; return now.hz * 8 + c.hz }`;
    const player = await playerOf(toC);
    expect(play(player, 20)).toBe(4);
    player.promote();
    player.offer(neverC);
    expect(play(player, 20)).toBe(36);
    player.promote();
    // The first try was made for a and b.
    expect(player.tier).toBe(1);
    player.promote();
    expect(player.tier === 2 || player.tierReason !== null).toBe(true);
    expect(play(player, 20)).toBe(36);
    play(player, 1000);
    play(player, 940);
    expect(play(player, 20)).toBe(12);
  });

  it('tells how much work a block was, as any code does', () => {
    const text = `let sum = 0
export default () => {
  const turns = currentFrame < 128 ? 10 : 1000
  for (let n = 0; n < turns; n++) sum += Math.sin(sum + n)
  return sum
}`;
    const { second } = twoTiers(text, readLibrary());
    const workOf = (): number => {
      second!.render(left, right, 128);
      const { buffer, byteOffset } = second!.arena();
      const header = new DataView(buffer, byteOffset);
      return header.getInt32(HEADER.FUEL_PER_BLOCK, true) - header.getInt32(HEADER.FUEL, true);
    };
    const [little, much] = [workOf(), workOf()];
    // A turn is no less than an instruction.
    expect(little).toBeGreaterThan(128 * 10);
    expect(much / little).toBeGreaterThan(50);
    expect(much / little).toBeLessThan(101);
  });

  it('leaves nothing behind, over two hundred edits that are all promoted', { timeout: 600_000 }, async () => {
    const options = { sampleRate: 48_000, fadeFrames: 64, postsModules: true };
    const session = await createSession(options);
    const player = new Player(session, { sampleRate: 48_000, raw: true });
    let promotions = 0;
    const usageAfter = (first: number, last: number) => {
      for (let n = first; n <= last; n++) {
        player.offer(`let x = ${n % 7}\nconst by = ${n}\nexport default () => (x = (x + by) % 1000) / 1000`);
        if (n % 9 === 0) player.undo();
        play(player, 256);
        player.promote();
        if (player.tier === 2) promotions++;
        play(player, 64);
      }
      return { ...session.memory(), promotions: session.promotions.count };
    };
    const afterTwenty = usageAfter(1, 21);
    expect(usageAfter(22, 210)).toEqual(afterTwenty);
    expect(promotions).toBe(210);
  });
});
